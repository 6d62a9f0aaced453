/** Expected values are by the rules of GitHub Flavored Markdown: sections 4.10 (tables), 6.1, 6.9. */
import { describe, expect, it } from 'vitest';
import {
  markdownLine,
  markdownName,
  markdownTable,
  plainMarkdown,
} from '../../src/format/markdown.js';

describe('a name', () => {
  it.each([
    ['silver_orders', '`silver_orders`'],
    ['techstore.orders', '`techstore.orders`'],
    ['', '(no name)'],
    ['a|b', 'a&#124;b'],
    ['a\\|b', 'a&#92;&#124;b'],
    ['`x`', '&#96;x&#96;'],
    ['<script>alert(1)</script>', '&#60;script&#62;alert(1)&#60;/script&#62;'],
    ['![x](http://e.com)', '&#33;&#91;x&#93;(http&#58;//e.com)'],
    ['www.e.com x', 'www&#46;e.com x'],
    ['*bold* _it_ snake_case', '&#42;bold&#42; &#95;it&#95; snake_case'],
    ['# $x^2$ @me ~no~ &amp;', '&#35; &#36;x&#94;2&#36; &#64;me &#126;no&#126; &#38;amp;'],
    ['line\nbreak', 'line&#92;nbreak'],
    ['Zoë 🛒 表', 'Zoë 🛒 表'],
  ])('%s is shown as itself', (name, shown) => {
    expect(markdownName(name)).toBe(shown);
    expect(plainMarkdown(name)).not.toMatch(/[|<>`\n]/);
  });
});

describe('a description', () => {
  it.each([
    [
      'Orders with *emphasis*, `code` and [a link](x.md).',
      'Orders with *emphasis*, `code` and [a link](x.md).',
    ],
    ['two\n\nparagraphs\tand tabs ', 'two paragraphs and tabs'],
    ['a | b', 'a \\| b'],
    ['already \\| escaped', 'already \\| escaped'],
    ['a backslash \\\\| and a bar', 'a backslash \\\\\\| and a bar'],
    ['`a|b`', '`a\\|b`'],
    ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)>'],
    ['`a < b` and a < b', '`a < b` and a &lt; b'],
    ['``a ` <b>`` <b>', '``a ` <b>`` &lt;b>'],
    ['an ` open one <b>', 'an ` open one &lt;b>'],
    ['\u001b[31mred', '\\x1b[31mred'],
  ])('%s', (description, shown) => {
    expect(markdownLine(description)).toBe(shown);
  });
});

it('A table has a line for each row', () => {
  expect(markdownTable(['a', 'b'], [['1', '']])).toBe('| a | b |\n| --- | --- |\n| 1 |  |');
});
