import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/engine/engine.js';
import { standIn, type StandIn } from './support.js';

// Type in Databricks, expression, and the value in the forms that src/engine/engine.ts promises.
const cases: readonly (readonly [type: string, kind: string, sql: string, value: unknown])[] = [
  ['BOOLEAN', 'boolean', 'true', true],
  ['TINYINT', 'integer', '-128Y', -128],
  ['SMALLINT', 'integer', '32767S', 32767],
  ['INT', 'integer', '2147483647', 2147483647],
  ['BIGINT', 'integer', '9007199254740993L', '9007199254740993'],
  ['BIGINT', 'integer', '-9223372036854775808L', '-9223372036854775808'],
  ['BIGINT', 'integer', '7L', '7'],
  ['DECIMAL(18,2)', 'decimal', 'cast(9999999999999999.99 as decimal(18,2))', '9999999999999999.99'],
  ['DECIMAL(18,2)', 'decimal', 'cast(-0.05 as decimal(18,2))', '-0.05'],
  ['DECIMAL(18,2)', 'decimal', 'cast(1.1 as decimal(18,2))', '1.10'],
  ['DECIMAL(38,0)', 'decimal', `cast('${'9'.repeat(38)}' as decimal(38,0))`, '9'.repeat(38)],
  [
    'DECIMAL(38,38)',
    'decimal',
    `cast('-0.${'1'.repeat(38)}' as decimal(38,38))`,
    `-0.${'1'.repeat(38)}`,
  ],
  ['FLOAT', 'float', 'cast(0.1 as float)', 0.1],
  ['DOUBLE', 'float', '0.1D', 0.1],
  ['DOUBLE', 'float', "double('Infinity')", 'Infinity'],
  ['DOUBLE', 'float', "double('-Infinity')", '-Infinity'],
  ['DOUBLE', 'float', "double('NaN')", 'NaN'],
  ['STRING', 'text', "'Ünï ☃ \u{1F600} it\\'s'", "Ünï ☃ \u{1F600} it's"],
  ['STRING', 'text', "''", ''],
  ['DATE', 'date', "date'2024-02-29'", '2024-02-29'],
  ['DATE', 'date', "date'1900-01-01'", '1900-01-01'],
  ['DATE', 'date', "date'0001-01-01'", '0001-01-01'],
  ['TIMESTAMP', 'timestamp', "timestamp'2024-01-31 01:02:03.5'", '2024-01-31 01:02:03.5'],
  ['TIMESTAMP', 'timestamp', "timestamp'2024-01-31 00:00:00'", '2024-01-31 00:00:00'],
  ['TIMESTAMP', 'timestamp', "timestamp'2024-01-31 01:02:03.123456'", '2024-01-31 01:02:03.123456'],
  ['TIMESTAMP', 'timestamp', "timestamp'1969-12-31 23:59:59.000001'", '1969-12-31 23:59:59.000001'],
  ['TIMESTAMP', 'timestamp', "timestamp'2024-01-31 01:02:03+02:00'", '2024-01-30 23:02:03'],
  ['BINARY', 'binary', "unhex('00AB6127225c7e7f')", '\\x00\\xABa\\x27\\x22\\x5C~\\x7F'],
];

for (const results of ['arrow', 'columns'] as const) {
  describe(`values of a warehouse that answers with ${results}`, () => {
    let place: StandIn;
    let connection: Connection;
    beforeAll(async () => {
      place = await standIn({ results });
      connection = await (await place.open()).connect();
    });
    afterAll(async () => {
      expect(place.gateway.recording.errors).toEqual([]);
      await place.close();
    });

    it('are exact, and in the same forms as those of DuckDB', async () => {
      const list = cases.map(([, , sql], i) => `${sql} AS c${i}`).join(', ');
      const { columns, rows } = await connection.query(`SELECT ${list}`);
      expect(columns.map(({ type, kind }) => [type, kind])).toEqual(
        cases.map(([type, kind]) => [type, kind]),
      );
      expect(rows[0]).toEqual(cases.map(([, , , value]) => value));
    });

    it('are null where they are null, in every type and in any row', async () => {
      const list = cases.map(([, , sql], i) => `if(id % 9 = 4, ${sql}, null) AS c${i}`).join(', ');
      const { rows } = await connection.query(`SELECT ${list} FROM range(20) ORDER BY id`);
      rows.forEach((row, i) => {
        expect(row).toEqual(cases.map(([, , , value]) => (i % 9 === 4 ? value : null)));
      });
      expect(rows).toHaveLength(20);
    });

    it('keep two columns of the same name apart', async () => {
      const { columns, rows } = await connection.query('SELECT 1 AS a, 2 AS a');
      expect(columns.map(({ name }) => name)).toEqual(['a', 'a']);
      expect(rows).toEqual([[1, 2]]);
    });

    it('are nested as values of JSON, big numbers as texts', async () => {
      const { rows } = await connection.query(
        `SELECT array(1, 2, null), named_struct('a', 1, 'b', 'x 1.5', 'c', array(9007199254740993L))`,
      );
      expect(rows).toEqual([[[1, 2, null], { a: 1, b: 'x 1.5', c: ['9007199254740993'] }]]);
    });

    it('come in batches, in order, and more than one fetch of them', async () => {
      const stream = await connection.stream('SELECT id FROM range(25000) ORDER BY id');
      const sizes: number[] = [];
      let next = 0;
      for await (const rows of stream.batches) {
        sizes.push(rows.length);
        for (const [id] of rows) expect(id).toBe(String(next++));
      }
      expect(next).toBe(25_000);
      expect(sizes.length).toBeGreaterThan(1);
    });

    it('of no rows still have their columns', async () => {
      const { columns, rows } = await connection.query('SELECT 1 AS a, DATE(NULL) AS b LIMIT 0');
      expect(columns.map(({ name, type }) => `${name} ${type}`)).toEqual(['a INT', 'b DATE']);
      expect(rows).toEqual([]);
    });
  });
}
