import { expect, test } from 'vitest';
import { visible, visibleLine } from '../../src/format/visible.js';

test.each([
  ['plain, naïve, 日本語, 👩‍👩‍👧 ❤️', 'plain, naïve, 日本語, 👩‍👩‍👧 ❤️'],
  ['two\nlines\tand a tab', 'two\nlines\tand a tab'],
  ['\u001b[2J', '\\x1b[2J'],
  ['\u009b31m', '\\x9b31m'],
  ['\u0000\u0007\u007f', '\\x00\\x07\\x7f'],
  ['over\rwritten', 'over\\rwritten'],
  ['\u202egnp.exe', '\\u202egnp.exe'],
  ['a\u061cb\u2066c\u2069', 'a\\u061cb\\u2066c\\u2069'],
  ['a\u2028b\u2029c', 'a\\u2028b\\u2029c'],
  ['\ufeffid\u200b', '\\ufeffid\\u200b'],
  ['half \ud83d of one', 'half \\ud83d of one'],
])('%j is shown as %s', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('on one line, line ends and tabs are shown too', () => {
  expect(visibleLine('two\r\nlines\tand a tab')).toBe('two\\r\\nlines\\tand a tab');
});
