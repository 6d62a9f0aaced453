import { expect, test } from 'vitest';
import { columnsOf, written } from './written.js';

test('Markdown is a table with numbers on the right', async () => {
  const columns = columnsOf({ segment: 'text', revenue: 'decimal' });

  expect(
    await written('markdown', columns, [
      ['Champions', '1234567.50'],
      ['Lost', null],
    ]),
  ).toBe('| segment | revenue |\n| --- | ---: |\n| Champions | 1,234,567.50 |\n| Lost | NULL |\n');
});

test.each([
  ['a|b', 'a\\|b'],
  ['a\\|b', 'a\\\\\\|b'],
  ['two\r\nlines\nthree', 'two<br>lines<br>three'],
  ['<script>', '\\<script>'],
  ['[here](http://x)', '\\[here](http://x)'],
  ['**loud** and `code`', '\\*\\*loud\\*\\* and \\`code\\`'],
  ['gold_sales_metrics', 'gold_sales_metrics'],
  ['_so_', '\\_so\\_'],
  ['&lt;', '\\&lt;'],
  ['R&D', 'R&D'],
  ['\u001b[31m', '\\x1b\\[31m'],
])('the text %j is written as %s', async (text, cell) => {
  const columns = columnsOf({ t: 'text' });

  expect(await written('markdown', columns, [[text]])).toBe(`| t |\n| --- |\n| ${cell} |\n`);
});
