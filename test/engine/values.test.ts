import { DuckDBTimestampTZValue } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDuckDB, type DuckDBEngine } from '../../src/engine/duckdb/index.js';
import type { Connection } from '../../src/engine/engine.js';

let engine: DuckDBEngine;
let connection: Connection;
beforeAll(async () => {
  engine = await openDuckDB({ path: null, catalog: 'shop', threads: 1 });
  connection = await engine.connect();
});
afterAll(() => engine.close());

describe('A value is exact and safe to write as JSON:', () => {
  test.each<[string, string, string, unknown]>([
    ['true', 'BOOLEAN', 'boolean', true],
    ['NULL::INTEGER', 'INTEGER', 'integer', null],
    ['2147483647', 'INTEGER', 'integer', 2147483647],
    ['9007199254740993', 'BIGINT', 'integer', '9007199254740993'],
    ['count(*)', 'BIGINT', 'integer', '1'],
    ['sum(1)', 'HUGEINT', 'integer', '1'],
    ['1.10', 'DECIMAL(3,2)', 'decimal', '1.10'],
    ['-0.05::DECIMAL(38,2)', 'DECIMAL(38,2)', 'decimal', '-0.05'],
    [
      '99999999999999999999999999999999999.99',
      'DECIMAL(37,2)',
      'decimal',
      '99999999999999999999999999999999999.99',
    ],
    ['0.1::DOUBLE', 'DOUBLE', 'float', 0.1],
    ['0.1::FLOAT', 'FLOAT', 'float', 0.1],
    ['16777217::FLOAT', 'FLOAT', 'float', 16777216],
    ["'-inf'::DOUBLE", 'DOUBLE', 'float', '-Infinity'],
    ["'nan'::FLOAT", 'FLOAT', 'float', 'NaN'],
    ["'naïve 🛒'", 'VARCHAR', 'text', 'naïve 🛒'],
    ["DATE '2024-02-29'", 'DATE', 'date', '2024-02-29'],
    ["'infinity'::DATE", 'DATE', 'date', 'infinity'],
    ["'-infinity'::DATE", 'DATE', 'date', '-infinity'],
    ["'infinity'::TIMESTAMP", 'TIMESTAMP', 'timestamp', 'infinity'],
    ["'-infinity'::TIMESTAMP_S", 'TIMESTAMP_S', 'timestamp', '-infinity'],
    ["'infinity'::TIMESTAMP_MS", 'TIMESTAMP_MS', 'timestamp', 'infinity'],
    ["'-infinity'::TIMESTAMP_NS", 'TIMESTAMP_NS', 'timestamp', '-infinity'],
    ["'infinity'::TIMESTAMPTZ", 'TIMESTAMP WITH TIME ZONE', 'timestamptz', 'infinity'],
    ["['-infinity'::DATE]", 'DATE[]', 'nested', ['-infinity']],
    [
      "{'at': 'infinity'::TIMESTAMPTZ}",
      'STRUCT(at TIMESTAMP WITH TIME ZONE)',
      'nested',
      { at: 'infinity' },
    ],
    // The first and the last day that there are: those are days.
    ["DATE '5877642-06-25 (BC)'", 'DATE', 'date', '5877642-06-25 (BC)'],
    ["DATE '5881580-07-10'", 'DATE', 'date', '5881580-07-10'],
    ["TIME '01:02:03.5'", 'TIME', 'time', '01:02:03.5'],
    [
      "TIMESTAMP '2024-01-31 23:59:59.123456'",
      'TIMESTAMP',
      'timestamp',
      '2024-01-31 23:59:59.123456',
    ],
    [
      "TIMESTAMPTZ '2024-01-01 00:30:00+02'",
      'TIMESTAMP WITH TIME ZONE',
      'timestamptz',
      '2023-12-31 22:30:00+00',
    ],
    ["INTERVAL '1 month 2 days'", 'INTERVAL', 'interval', '1 month 2 days'],
    ['\'{"a": 1}\'::JSON', 'JSON', 'json', '{"a": 1}'],
    ["'\\x00a'::BLOB", 'BLOB', 'binary', '\\x00a'],
    ['[1, 2, NULL]', 'INTEGER[]', 'nested', [1, 2, null]],
    [
      "{'id': 9007199254740993, 'price': 1.50}",
      'STRUCT(id BIGINT, price DECIMAL(3,2))',
      'nested',
      { id: '9007199254740993', price: '1.50' },
    ],
    ["MAP {'a': 1}", 'MAP(VARCHAR, INTEGER)', 'nested', [{ key: 'a', value: 1 }]],
    ["'b'::ENUM('a', 'b')", "ENUM('a', 'b')", 'text', 'b'],
  ])('%s', async (sql, type, kind, value) => {
    const { columns, rows } = await connection.query(`SELECT ${sql} AS v FROM (SELECT 1)`);

    expect(columns.map((c) => [c.name, c.type.replaceAll('"', ''), c.kind])).toEqual([
      ['v', type, kind],
    ]);
    expect(rows).toEqual([[value]]);
    expect(JSON.parse(JSON.stringify(rows))).toEqual(rows);
  });

  test('an instant is in UTC whatever the time zone of the machine', async () => {
    const local = DuckDBTimestampTZValue.timezoneOffsetInMinutes;
    try {
      // What the driver takes from a machine in New York.
      DuckDBTimestampTZValue.timezoneOffsetInMinutes = -300;
      const { rows } = await connection.query(
        "SELECT TIMESTAMPTZ '2024-01-01 00:00:00+00', [TIMESTAMPTZ '2024-01-01 00:00:00+00']",
      );
      expect(rows).toEqual([['2024-01-01 00:00:00+00', ['2024-01-01 00:00:00+00']]]);
    } finally {
      DuckDBTimestampTZValue.timezoneOffsetInMinutes = local;
    }
  });
});

describe('A parameter keeps its type:', () => {
  test.each<[null | boolean | number | bigint | string, string, unknown]>([
    [5, 'INTEGER', 5],
    [5_000_000_000, 'BIGINT', '5000000000'],
    [0.5, 'DOUBLE', 0.5],
    [2n ** 62n, 'BIGINT', '4611686018427387904'],
    [2n ** 100n, 'HUGEINT', '1267650600228229401496703205376'],
    [true, 'BOOLEAN', true],
    ['5', 'VARCHAR', '5'],
    [null, '"NULL"', null],
  ])('%s', async (param, type, value) => {
    const { rows } = await connection.query('SELECT typeof($1), $1', [param]);

    expect(rows).toEqual([[type, value]]);
  });

  test('as many as there are, or an error', async () => {
    await expect(connection.query('SELECT $1', [1, 2])).rejects.toMatchObject({
      code: 'database',
      message: 'The statement has 1 parameters, but 2 were given.',
    });
  });

  test('LIMIT takes a whole number', async () => {
    expect((await connection.query('SELECT 1 FROM range(9) LIMIT ?', [2])).rows).toHaveLength(2);
  });
});
