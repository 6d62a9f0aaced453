import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { columnsOf, written } from './written.js';

const customers = columnsOf({
  customer_id: 'integer',
  name: 'text',
  orders: 'integer',
  customer_lifetime_value: 'decimal',
  first_order: 'date',
});
const ada = ['10001', 'Ada Lovelace', '1200', '1234567.50', '2024-10-01'];
const bob = ['2', 'Bob', '-3', null, null];

test('a table has numbers on the right with thousands apart, and ids as they are', async () => {
  expect(await written('table', customers, [ada, bob])).toBe(
    [
      '┌─────────────┬──────────────┬────────┬─────────────────────────┬─────────────┐',
      '│ customer_id │ name         │ orders │ customer_lifetime_value │ first_order │',
      '├─────────────┼──────────────┼────────┼─────────────────────────┼─────────────┤',
      '│       10001 │ Ada Lovelace │  1,200 │            1,234,567.50 │ 2024-10-01  │',
      '│           2 │ Bob          │     -3 │                    NULL │ NULL        │',
      '└─────────────┴──────────────┴────────┴─────────────────────────┴─────────────┘',
      '2 rows',
      '',
    ].join('\n'),
  );
});

test('on a narrower terminal long names of columns are broken first', async () => {
  expect(await written('table', customers, [ada, bob], { width: 68 })).toBe(
    [
      '┌─────────────┬──────────────┬────────┬──────────────┬─────────────┐',
      '│ customer_id │ name         │ orders │    customer_ │ first_order │',
      '│             │              │        │    lifetime_ │             │',
      '│             │              │        │        value │             │',
      '├─────────────┼──────────────┼────────┼──────────────┼─────────────┤',
      '│       10001 │ Ada Lovelace │  1,200 │ 1,234,567.50 │ 2024-10-01  │',
      '│           2 │ Bob          │     -3 │         NULL │ NULL        │',
      '└─────────────┴──────────────┴────────┴──────────────┴─────────────┘',
      '2 rows',
      '',
    ].join('\n'),
  );
});

test('then texts are shortened, numbers never', async () => {
  const text = await written('table', customers, [ada, bob], { width: 63 });

  expect(text).toContain('│ Ada Lovel… │');
  expect(text).toContain('│ 1,234,567.50 │');
});

test('where columns do not fit side by side, each row is a list', async () => {
  expect(await written('table', customers, [bob], { width: 40 })).toBe(
    [
      'Row 1',
      '┌──────────────────┬──────┐',
      '│ customer_id      │ 2    │',
      '│ name             │ Bob  │',
      '│ orders           │ -3   │',
      '│ customer_lifeti… │ NULL │',
      '│ first_order      │ NULL │',
      '└──────────────────┴──────┘',
      '1 row',
      '',
    ].join('\n'),
  );
});

test.each([24, 40, 60, 79, 80, 100, 200])(
  'no line is wider than a terminal of %i',
  async (width) => {
    const columns = columnsOf({ id: 'integer', name: 'text', note: 'text', when: 'timestamp' });
    const rows = [
      [
        '1',
        'Ada 👩‍👩‍👧 Lovelace',
        '日本語のとても長い名前が続いていて終わらない',
        '2024-10-01 00:00:00',
      ],
      ['2', 'e\u0301'.repeat(200), '🛒'.repeat(99), null],
    ];

    const text = await written('table', columns, rows, { width });

    for (const line of text.split('\n')) expect(stringWidth(line), line).toBeLessThanOrEqual(width);
  },
);

test('wide characters keep the lines straight', async () => {
  const names = ['한글', '👍🏽 ok', 'plain', '❤️', '🇩🇪'];
  const text = await written(
    'table',
    columnsOf({ name: 'text' }),
    names.map((name) => [name]),
  );
  const lines = text.split('\n').filter((line) => line.includes('│'));

  expect(new Set(lines.map((line) => stringWidth(line))).size).toBe(1);
});

test('a very wide value is shortened even without a terminal', async () => {
  const text = await written('table', columnsOf({ note: 'text' }), [['x'.repeat(5000)]]);

  expect(text).toContain(`│ ${'x'.repeat(99)}… │`);
});

describe('Nothing in data commands the terminal:', () => {
  test.each([
    ['a\nb\tc\r', 'a\\nb\\tc\\r'],
    ['\u001b[2J\u001b]0;title\u0007', '\\x1b[2J\\x1b]0;title\\x07'],
    ['\u009b31m', '\\x9b31m'],
    ['abc\u202edcba', 'abc\\u202edcba'],
    ['a\u2028b\u200bc', 'a\\u2028b\\u200bc'],
    ['half \ud83d', 'half \\ud83d'],
  ])('%j', async (value, shown) => {
    const inCell = await written('table', columnsOf({ v: 'text' }), [[value]]);
    const inName = await written('table', columnsOf({ [value]: 'integer' }), [['1']]);

    expect(inCell).toContain(`│ ${shown} │`);
    expect(inName).toContain(` ${shown} `);
    // eslint-disable-next-line no-control-regex -- these must not be there
    expect(inCell + inName).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202e\u2028\u200b]/);
  });
});

test('colour is used only when it is asked for', async () => {
  const columns = columnsOf({ name: 'text' });

  expect(await written('table', columns, [[null]])).not.toContain('\u001b');
  expect(await written('table', columns, [[null]], { color: true })).toContain(
    '\u001b[2mNULL\u001b[22m',
  );
});

test('a cap on rows is told, and reading ends there', async () => {
  const columns = columnsOf({ n: 'integer' });
  const rows = [['1'], ['2'], ['3']];

  expect(await written('table', columns, rows, { rowCap: 2 })).toContain(
    'The first 2 rows; more rows exist. Use --limit to show more, or --format csv or json for all.\n',
  );
  expect(await written('table', columns, rows, { rowCap: 3 })).toContain('┘\n3 rows\n');
  expect(await written('json', columns, rows, { rowCap: 2 })).toContain('{"n": 3}');
});

test('a table without rows says so', async () => {
  expect(await written('table', customers, [])).toBe('No rows.\n');
  expect(await written('table', customers, [], { emptyText: 'No builds yet.' })).toBe(
    'No builds yet.\n',
  );
});
