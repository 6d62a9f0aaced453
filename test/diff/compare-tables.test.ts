/** Tables compared in the database: what differs, worked out by hand. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { compareTables } from '../../src/diff/compare-tables.js';
import type { TableChange } from '../../src/diff/table-change.js';
import { openDuckDB, type DuckDBEngine } from '../../src/engine/duckdb/index.js';
import type { Connection } from '../../src/engine/engine.js';

let engine: DuckDBEngine;
let connection: Connection;
beforeAll(async () => {
  engine = await openDuckDB({ path: null });
  connection = await engine.connect();
  await connection.run('CREATE SCHEMA before; CREATE SCHEMA after');
});
afterAll(() => engine.close());

/** Two queries that make the tables, compared by the first of `keys` that fits. */
async function diff(
  before: string,
  after: string,
  keys: readonly (readonly string[])[] = [],
  samples = 5,
): Promise<TableChange> {
  await connection.run(
    `CREATE OR REPLACE TABLE before.t AS ${before}; CREATE OR REPLACE TABLE after.t AS ${after}`,
  );
  const relation = (schema: string) => ({ database: 'memory', schema, identifier: 't' });
  return compareTables(
    { connection, dialect: engine.dialect, samples },
    { name: 't', from: relation('before'), to: relation('after'), keys },
  );
}

describe('By key', () => {
  test('rows are added, removed and changed, with the columns that differ', async () => {
    const change = await diff(
      "SELECT * FROM (VALUES (1, 'a', 1.10), (2, 'b', 2.00), (3, 'c', 3.00)) AS v(id, name, price)",
      "SELECT * FROM (VALUES (1, 'a', 1.11), (3, 'd', 3.01), (4, 'e', 4.00)) AS v(id, name, price)",
      [['id']],
    );
    expect(change).toMatchObject({
      status: 'changed',
      key: ['id'],
      note: null,
      rows: { from: 3, to: 3, added: 1, removed: 1, changed: 2 },
      changedColumns: [
        { name: 'name', rows: 1 },
        { name: 'price', rows: 2 },
      ],
      samples: {
        added: { rows: [[4, 'e', '4.00']] },
        removed: { rows: [[2, 'b', '2.00']] },
        changed: {
          rows: [
            [1, 'a', '1.10', 'a', '1.11'],
            [3, 'c', '3.00', 'd', '3.01'],
          ],
        },
      },
    });
  });

  test('NULL is a value like any other, in keys too', async () => {
    const change = await diff(
      'SELECT * FROM (VALUES (NULL, 1), (2, NULL), (3, NULL), (4, 4)) AS v(id, n)',
      'SELECT * FROM (VALUES (NULL, 1), (2, NULL), (3, 0), (4, NULL)) AS v(id, n)',
      [['id']],
    );
    expect(change.rows).toEqual({ from: 4, to: 4, added: 0, removed: 0, changed: 2 });
  });

  test('an empty text, a blank behind it and another case are differences', async () => {
    const change = await diff(
      "SELECT * FROM (VALUES (1, ''), (2, 'a'), (3, 'a')) AS v(id, t)",
      "SELECT * FROM (VALUES (1, NULL), (2, 'a '), (3, 'A')) AS v(id, t)",
      [['id']],
    );
    expect(change.rows.changed).toBe(3);
  });

  test('numbers are compared to the last digit', async () => {
    const big = (digit: number): string =>
      `SELECT 1 AS id, 1234567890123456789012345678901234567${digit}::DECIMAL(38,0) AS d, 9007199254740993 AS b, 0.1::DOUBLE AS f, 'nan'::DOUBLE AS n`;
    expect((await diff(big(1), big(2), [['id']])).changedColumns).toEqual([{ name: 'd', rows: 1 }]);
    expect((await diff(big(1), big(1), [['id']])).status).toBe('same');
    const close = await diff(
      'SELECT 1 AS id, 0.1::DOUBLE + 0.2::DOUBLE AS f',
      'SELECT 1 AS id, 0.3::DOUBLE AS f',
      [['id']],
    );
    expect(close.rows.changed).toBe(1);
  });

  test('the key may be of several columns', async () => {
    const change = await diff(
      "SELECT * FROM (VALUES (1, 'x', 1), (1, 'y', 2)) AS v(a, b, n)",
      "SELECT * FROM (VALUES (1, 'x', 1), (1, 'y', 3), (2, 'x', 1)) AS v(a, b, n)",
      [['a', 'b']],
    );
    expect(change.rows).toEqual({ from: 2, to: 3, added: 1, removed: 0, changed: 1 });
  });

  test('a key that is not unique in one of the builds is said, and whole rows are compared', async () => {
    const change = await diff(
      'SELECT * FROM (VALUES (1, 1), (1, 2)) AS v(id, n)',
      'SELECT * FROM (VALUES (1, 1), (2, 2)) AS v(id, n)',
      [['id']],
    );
    expect(change.key).toBeNull();
    expect(change.note).toBe('id is not unique, so whole rows are compared');
    expect(change.rows).toEqual({ from: 2, to: 2, added: 1, removed: 1, changed: 0 });
  });

  test('a key that one of the builds does not have yet gives way to the next one', async () => {
    const change = await diff('SELECT 1 AS old_id', 'SELECT 1 AS id, 1 AS old_id', [
      ['id'],
      ['OLD_ID'],
    ]);
    expect(change.key).toEqual(['old_id']);
    expect(change.rows.changed).toBe(0);
  });

  test('names of any kind are only names', async () => {
    const sql = (n: number): string =>
      `SELECT 1 AS "a""; drop table t", ${n} AS "sélect", true AS "in a"`;
    const change = await diff(sql(1), sql(2), [['a"; drop table t']]);
    expect(change.changedColumns).toEqual([{ name: 'sélect', rows: 1 }]);
  });
});

describe('Whole rows', () => {
  test('count as often as they are there', async () => {
    const change = await diff(
      "SELECT * FROM (VALUES ('a'), ('a'), ('b'), (NULL)) AS v(x)",
      "SELECT * FROM (VALUES ('a'), ('b'), ('b'), ('b'), (NULL)) AS v(x)",
    );
    expect(change.rows).toEqual({ from: 4, to: 5, added: 2, removed: 1, changed: 0 });
    expect(change.samples).toMatchObject({ added: { rows: [['b']] }, removed: { rows: [['a']] } });
  });

  test('are the same in another order', async () => {
    expect((await diff('FROM range(5000)', 'FROM range(5000) ORDER BY 1 DESC')).status).toBe(
      'same',
    );
  });

  test('of empty tables are the same', async () => {
    expect((await diff('SELECT 1 AS a LIMIT 0', 'SELECT 1 AS a LIMIT 0')).status).toBe('same');
  });
});

describe('Columns', () => {
  test('are added, removed and get another type', async () => {
    const change = await diff(
      'SELECT 1 AS id, 5 AS gone, 1.50::DECIMAL(18,2) AS price, 7 AS code',
      "SELECT 1 AS id, 1.5::DECIMAL(20,3) AS price, 'x' AS fresh, '7' AS code",
      [['id']],
    );
    expect(change.columns).toMatchObject({
      added: [{ name: 'fresh', type: 'VARCHAR' }],
      removed: [{ name: 'gone', type: 'INTEGER' }],
      changed: [
        { name: 'price', from: 'DECIMAL(18,2)', to: 'DECIMAL(20,3)' },
        { name: 'code', from: 'INTEGER', to: 'VARCHAR' },
      ],
    });
    expect(change.rows.changed).toBe(0);
    expect(change.status).toBe('changed');
  });

  test('that tell of the run are left out, but not the table that a row came from', async () => {
    const row = (at: string, source: string): string =>
      `SELECT 1 AS id, '${at}' AS _ingested_at, '${source}' AS _source_table`;
    expect((await diff(row('a', 's'), row('b', 's'), [['id']])).status).toBe('same');
    expect((await diff(row('a', 's'), row('a', 't'), [['id']])).changedColumns).toEqual([
      { name: '_source_table', rows: 1 },
    ]);
  });

  test('without one in common, nothing of the one is in the other', async () => {
    const change = await diff('SELECT 1 AS a', 'SELECT 1 AS b FROM range(2)');
    expect(change.rows).toEqual({ from: 1, to: 2, added: 2, removed: 1, changed: 0 });
  });
});

test('A limit of 0 shows no rows', async () => {
  const change = await diff('SELECT 1 AS a', 'SELECT 2 AS a', [['a']], 0);
  expect(change.rows).toMatchObject({ added: 1, removed: 1 });
  expect(change.samples.added.rows).toEqual([]);
});

test('What was changed by hand is what is found', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 15 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 15 }),
      fc.integer({ min: 1, max: 4 }),
      async (before, after, every) => {
        const rows = (ids: readonly number[], shift: number): string =>
          `SELECT i AS id, CASE WHEN i % ${every} = 0 THEN i + ${shift} ELSE i END AS n FROM (SELECT unnest([${ids.join()}]::INT[]) AS i)`;
        const common = before.filter((id) => after.includes(id));
        const change = await diff(rows(before, 0), rows(after, 100), [['id']]);
        expect(change.rows).toEqual({
          from: before.length,
          to: after.length,
          added: after.length - common.length,
          removed: before.length - common.length,
          changed: common.filter((id) => id % every === 0).length,
        });
      },
    ),
    { numRuns: 25 },
  );
});
