import { describe, expect, test } from 'vitest';
import type { CellValue, ColumnKind } from '../../../src/format/rows/answer.js';
import { columnsOf, written } from './written.js';

const orders = columnsOf({ id: 'integer', total: 'decimal', paid_on: 'date' });

test('JSON is an array of objects, one a line', async () => {
  const text = await written('json', orders, [
    ['1', '19.90', '2024-10-01'],
    ['2', '-0.05', null],
  ]);

  expect(text).toBe(
    '[\n' +
      '  {"id": 1, "total": 19.90, "paid_on": "2024-10-01"},\n' +
      '  {"id": 2, "total": -0.05, "paid_on": null}\n' +
      ']\n',
  );
  expect(JSON.parse(text)).toEqual([
    { id: 1, total: 19.9, paid_on: '2024-10-01' },
    { id: 2, total: -0.05, paid_on: null },
  ]);
});

test('JSON without rows is an empty array', async () => {
  expect(await written('json', orders, [])).toBe('[]\n');
});

test('NDJSON is an object a line, and nothing without rows', async () => {
  expect(await written('ndjson', orders, [['1', '2.50', null]])).toBe(
    '{"id": 1, "total": 2.50, "paid_on": null}\n',
  );
  expect(await written('ndjson', orders, [])).toBe('');
});

describe('A value in JSON:', () => {
  test.each<[ColumnKind, CellValue, string]>([
    ['boolean', true, 'true'],
    ['integer', 7, '7'],
    ['integer', '9007199254740991', '9007199254740991'],
    ['integer', '9007199254740992', '"9007199254740992"'],
    ['integer', '-9007199254740991', '-9007199254740991'],
    ['integer', '-9007199254740992', '"-9007199254740992"'],
    [
      'integer',
      '170141183460469231731687303715884105727',
      '"170141183460469231731687303715884105727"',
    ],
    ['decimal', '1234567890123.45', '1234567890123.45'],
    ['decimal', '99999999999999999.99', '99999999999999999.99'],
    ['float', 0.1, '0.1'],
    ['float', 'NaN', '"NaN"'],
    ['float', '-Infinity', '"-Infinity"'],
    ['date', '2024-10-01', '"2024-10-01"'],
    ['timestamp', '2024-10-01 00:00:00', '"2024-10-01T00:00:00"'],
    ['timestamp', '2024-10-01 23:59:59.123456', '"2024-10-01T23:59:59.123456"'],
    ['timestamp', 'infinity', '"infinity"'],
    ['timestamptz', '2024-10-01 00:00:00+00', '"2024-10-01T00:00:00Z"'],
    ['text', '2024-10-01 00:00:00', '"2024-10-01 00:00:00"'],
    ['text', '007', '"007"'],
    ['text', 'a "b"\n\u001b[31m', '"a \\"b\\"\\n\\u001b[31m"'],
    ['nested', ['a', null, { b: [1] }], '["a",null,{"b":[1]}]'],
    ['text', null, 'null'],
  ])('%s %j is %s', async (kind, value, json) => {
    expect(await written('ndjson', columnsOf({ v: kind }), [[value]])).toBe(`{"v": ${json}}\n`);
  });
});

describe('Inside of a list, struct or map the same holds:', () => {
  test.each<[string, CellValue, string]>([
    ['BIGINT[]', ['4', null, '9007199254740992'], '[4,null,"9007199254740992"]'],
    ['DECIMAL(18,2)[2]', ['1.50', '-2.00'], '[1.50,-2.00]'],
    ['VARCHAR[]', ['4'], '["4"]'],
    ['BIGINT[][]', [['1'], []], '[[1],[]]'],
    [
      'STRUCT(id BIGINT, "the ""sum"", paid" DECIMAL(18,2), at TIMESTAMP)',
      { id: '7', 'the "sum", paid': '1.50', at: '2024-10-01 00:00:00' },
      '{"id":7,"the \\"sum\\", paid":1.50,"at":"2024-10-01T00:00:00"}',
    ],
    ['STRUCT(a STRUCT(b BIGINT)[])[]', [{ a: [{ b: '1' }] }], '[{"a":[{"b":1}]}]'],
    ['MAP(VARCHAR, DECIMAL(4,1))', [{ key: '1', value: '2.5' }], '[{"key":"1","value":2.5}]'],
    ["STRUCT(e ENUM('a, b', '(c'), n INTEGER)", { e: 'a, b', n: 1 }, '{"e":"a, b","n":1}'],
    ['UNION(num BIGINT, str VARCHAR)', { tag: 'num', value: '7' }, '{"tag":"num","value":7}'],
    ['UNION(num BIGINT, str VARCHAR)', { tag: 'str', value: '7' }, '{"tag":"str","value":"7"}'],
    ['ARRAY<BIGINT>', ['7'], '["7"]'],
  ])('%s %j is %s', async (type, value, json) => {
    const column = { name: 'v', kind: 'nested', type } as const;

    expect(await written('ndjson', [column], [[value]])).toBe(`{"v": ${json}}\n`);
  });
});

test('a BigInt is a number where JSON keeps it, and else a string', async () => {
  const columns = columnsOf({ n: 'integer', list: 'nested' });

  expect(await written('ndjson', columns, [[7n, [8n, 2n ** 53n]]])).toBe(
    '{"n": 7, "list": [8,"9007199254740992"]}\n',
  );
});

test('controls that JSON allows as they are do not reach a terminal', async () => {
  const name = 'Bob\u009b31m\u007f\u202e';
  const text = await written('ndjson', columnsOf({ name: 'text' }), [[name]]);

  expect(text).toBe('{"name": "Bob\\u009b31m\\u007f\\u202e"}\n');
  expect(JSON.parse(text)).toEqual({ name });
});

test('two columns of one name both keep their values', async () => {
  const columns = [...columnsOf({ n: 'integer', n_1: 'integer' }), ...columnsOf({ n: 'integer' })];

  expect(await written('ndjson', columns, [['1', '2', '3']])).toBe(
    '{"n": 1, "n_1": 2, "n_2": 3}\n',
  );
});

test('a column may have any name', async () => {
  const columns = columnsOf({ 'a "b"': 'text', 1: 'text' }).reverse();
  const odd = [...columns, { name: '__proto__', kind: 'text', type: 'VARCHAR' } as const];

  const text = await written('ndjson', odd, [['x', 'y', 'z']]);

  expect(text).toBe('{"a \\"b\\"": "x", "1": "y", "__proto__": "z"}\n');
});
