import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDuckDB, dialect, type DuckDBEngine } from '../../src/engine/duckdb/index.js';
import type { Connection } from '../../src/engine/engine.js';
import { quoteIdentifier } from '../../src/engine/quote.js';

let engine: DuckDBEngine;
let connection: Connection;
beforeAll(async () => {
  engine = await openDuckDB({ path: null, catalog: 'shop', threads: 1 });
  connection = await engine.connect();
});
afterAll(() => engine.close());

const hostile = [
  'orders"; DROP TABLE customers; --',
  '"',
  '""',
  "it's",
  'a.b',
  'select',
  'Größe 1',
  ' leading and trailing ',
  '`backtick`',
  '/* comment */',
  'line\nbreak',
  '\\',
  '$1',
  '?',
  '🛒',
];

describe('An identifier', () => {
  test('is quoted with its quotes doubled', () => {
    expect(quoteIdentifier('orders')).toBe('"orders"');
    expect(quoteIdentifier('a"b')).toBe('"a""b"');
    expect(quoteIdentifier('a"b`c', '`')).toBe('`a"b``c`');
  });

  test('cannot be empty nor hold a NUL character', () => {
    expect(() => quoteIdentifier('')).toThrow('cannot be empty');
    expect(() => quoteIdentifier('a\0b')).toThrow('NUL');
  });

  test.each(hostile)('%j names a table, and nothing else happens', async (name) => {
    const relation = { database: 'shop', schema: 'main', identifier: name };
    await connection.run(`CREATE TABLE ${dialect.renderRelation(relation)} AS SELECT 1 AS one`);

    expect(await connection.listRelations(relation)).toEqual([{ name, type: 'table' }]);
    await connection.dropRelation(relation);
    expect(await connection.listRelations(relation)).toEqual([]);
  });

  test('comes back from the database as it was, whatever it is', async () => {
    const names = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(names, async (name) => {
        fc.pre(!name.includes('\0'));
        const { columns } = await connection.query(`SELECT 1 AS ${dialect.quoteIdentifier(name)}`);
        expect(columns[0]?.name).toBe(name);
      }),
      { numRuns: 200 },
    );
  });
});

describe('A literal', () => {
  test('is quoted with its quotes doubled', () => {
    expect(dialect.quoteLiteral("it's")).toBe("'it''s'");
    expect(() => dialect.quoteLiteral('a\0')).toThrow('NUL');
  });

  test('comes back from the database as it was, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        fc.pre(!text.includes('\0'));
        const { rows } = await connection.query(`SELECT ${dialect.quoteLiteral(text)}`);
        expect(rows).toEqual([[text]]);
      }),
      { numRuns: 200 },
    );
  });
});

test('A relation is rendered in three parts, a schema in two', () => {
  const relation = { database: 'shop', schema: 'gold', identifier: 'sales"' };
  expect(dialect.renderRelation(relation)).toBe('"shop"."gold"."sales"""');
  expect(dialect.renderSchema(relation)).toBe('"shop"."gold"');
});

test('A parameter is a value, never SQL', async () => {
  const text = "'; DROP TABLE x; --";

  expect((await connection.query('SELECT $1, ?2', [text, 3])).rows).toEqual([[text, 3]]);
  expect((await connection.query('SELECT $a || $b', { a: text, b: '!' })).rows).toEqual([
    [`${text}!`],
  ]);
});
