import { expect, test } from 'vitest';
import { bothSidesQuery, differingRows } from '../../src/run/unit-test-sql.js';

const rows = (...texts: string[]): string[][] => texts.map((text) => text.split(' '));

test('Rows in another order are the same rows', () => {
  expect(differingRows(rows('actual 1 a', 'actual 2 b', 'expected 2 b', 'expected 1 a'))).toEqual(
    [],
  );
});

test('A row too often and one too seldom are told, each as often as it is', () => {
  expect(
    differingRows(
      rows(
        'actual 1',
        'actual 1',
        'actual 1',
        'actual 2',
        'expected 1',
        'expected 2',
        'expected 2',
      ),
    ),
  ).toEqual(rows('actual 1', 'actual 1', 'expected 2'));
});

test('NULL is a value of its own, equal to itself and not to the text null', () => {
  expect(
    differingRows([
      ['actual', null],
      ['expected', null],
    ]),
  ).toEqual([]);
  expect(
    differingRows([
      ['actual', null],
      ['expected', 'null'],
    ]),
  ).toHaveLength(2);
});

test('Values do not run into one another', () => {
  expect(
    differingRows([
      ['actual', 'a', 'b,c'],
      ['expected', 'a,b', 'c'],
    ]),
  ).toHaveLength(2);
});

test('The query gives both sides with the same columns', () => {
  expect(bothSidesQuery('select 1 as a', 'select 2 as a', ['a'], (name) => `"${name}"`)).toBe(
    `with unit_test_actual as (
select 1 as a
),
unit_test_expected as (
select 2 as a
)
select 'actual' as side, "a" from unit_test_actual
union all
select 'expected' as side, "a" from unit_test_expected`,
  );
});
