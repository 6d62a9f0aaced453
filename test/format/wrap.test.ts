import { expect, test } from 'vitest';
import { wrapText } from '../../src/format/wrap.js';

const path = 'models/gold layer/what customers are worth.sql';

test('A text is broken between words; what it is broken into stands further in', () => {
  expect(wrapText('one two three four five six', 16)).toEqual(['one two three', '  four five six']);
  expect(wrapText('one two three four', undefined)).toEqual(['one two three four']);
});

test.each([
  [`compiled: target/compiled/shop/${path}:12`, 'compiled:', `target/compiled/shop/${path}:12`],
  [`  in ${path}:1:8`, '  in', `${path}:1:8`],
  [`ERROR worth_of_customers (${path}:1:8)`, 'ERROR worth_of_customers', `(${path}:1:8)`],
  [`called from the macro money (${path}:3)`, 'called from the macro money', `(${path}:3)`],
])('The path is whole in: %s', (line, head, place) => {
  const own = /^ */.exec(line)?.[0] ?? '';
  expect(wrapText(line, 40)).toEqual([head, `${own}  ${place}`]);
});

test('A message in which something else stands in parentheses is broken as ever', () => {
  expect(wrapText('No column id (there are: a, b) in what is read', 24)).toEqual([
    'No column id (there',
    '  are: a, b) in what is',
    '  read',
  ]);
});
