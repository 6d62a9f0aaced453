import { expect, test } from 'vitest';
import { FaultList, formatFault, SourceFaultsError } from '../../src/sources/fault.js';

const fault = { file: 'a.csv', line: 2, column: 'id', value: 'x', problem: 'is not a BIGINT' };

test('Name file, line, column and value', () => {
  expect(formatFault(fault)).toBe('a.csv:2: column id: "x" is not a BIGINT');
});

test('Name the row of a Parquet file', () => {
  const { file, column, value, problem } = fault;
  expect(formatFault({ file, row: 3, column, value, problem })).toBe(
    'a.csv: row 3: column id: "x" is not a BIGINT',
  );
});

test('Escape what would move the cursor, hide or turn text', () => {
  expect(formatFault({ ...fault, value: '\x1b[2J\n\t\r\x00\u202e\u200b\u2028é😀' })).toBe(
    'a.csv:2: column id: "\\x1B[2J\\n\\t\\r\\x00\\u{202E}\\u{200B}\\u{2028}é😀" is not a BIGINT',
  );
});

test('Shorten a long value without cutting a character', () => {
  expect(formatFault({ ...fault, value: '😀'.repeat(1_000_000) })).toBe(
    `a.csv:2: column id: "${'😀'.repeat(60)}…" is not a BIGINT`,
  );
});

test('Show the first faults and how many more there are', () => {
  const list = new FaultList(2);
  for (let line = 2; line < 37; line += 1) list.add({ ...fault, line });
  const error = new SourceFaultsError(list);
  expect(error.message.split('\n')).toEqual([
    'a.csv:2: column id: "x" is not a BIGINT',
    'a.csv:3: column id: "x" is not a BIGINT',
    '… and 33 more errors',
  ]);
  expect(error).toMatchObject({ code: 'source', exitCode: 2, count: 35 });
  expect(error.hint).toContain('Nothing was loaded');
  expect(error.faults).toHaveLength(2);
});

test('Say "1 more error" of one', () => {
  const list = new FaultList(1);
  list.addCounted([fault], 2);
  expect(new SourceFaultsError(list).message).toMatch(/… and 1 more error$/);
});
