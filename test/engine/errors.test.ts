import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDuckDB, type DuckDBEngine } from '../../src/engine/duckdb/index.js';
import { toDatabaseError } from '../../src/engine/duckdb/errors.js';
import type { Connection } from '../../src/engine/engine.js';

let engine: DuckDBEngine;
let connection: Connection;
beforeAll(async () => {
  engine = await openDuckDB({ path: null, catalog: 'shop', threads: 1, memoryLimit: '30MB' });
  connection = await engine.connect();
  await connection.run(
    "CREATE TABLE orders (id INTEGER NOT NULL UNIQUE CHECK (id > 0), status VARCHAR); INSERT INTO orders VALUES (1, 'new')",
  );
});
afterAll(() => engine.close());

describe('An error of the database says what it is and where:', () => {
  test.each<[string, string, string, number | undefined, number | undefined]>([
    ['SELEC 1', 'parser', 'Parser Error: syntax error at or near "SELEC"', 1, 1],
    [
      'SELECT 1\nFROM orders\nWHERE',
      'parser',
      'Parser Error: syntax error at end of input',
      undefined,
      undefined,
    ],
    [
      'SELECT id,\n  stat FROM orders',
      'binder',
      'Binder Error: Referenced column "stat" not found in FROM clause!\nCandidate bindings: "status"',
      2,
      3,
    ],
    [
      'SELECT * FROM order_',
      'catalog',
      'Catalog Error: Table with name order_ does not exist!\nDid you mean "orders"?',
      1,
      15,
    ],
    [
      "SELECT '日本語', nope FROM orders",
      'binder',
      'Binder Error: Referenced column "nope" not found in FROM clause!\nCandidate bindings: "id"',
      1,
      15,
    ],
    [
      "-- a; comment\nSELECT 1;\nSELECT ';';\n\n  SELECT status::INTEGER FROM orders",
      'conversion',
      "Conversion Error: Could not convert string 'new' to INT32 when casting from source column status",
      5,
      16,
    ],
    [
      "INSERT INTO orders VALUES (NULL, '')",
      'constraint',
      'Constraint Error: NOT NULL constraint failed: orders.id',
      undefined,
      undefined,
    ],
    [
      "INSERT INTO orders VALUES (1, '')",
      'constraint',
      'Constraint Error: Duplicate key "id: 1" violates unique constraint.',
      undefined,
      undefined,
    ],
    [
      "SELECT error('too bad')",
      'invalid-input',
      'Invalid Input Error: too bad',
      undefined,
      undefined,
    ],
    [
      'SELECT (SELECT range FROM range(3))',
      'invalid-input',
      'Invalid Input Error: More than one row returned by a subquery used as an expression - scalar subqueries can only return a single row.',
      undefined,
      undefined,
    ],
    [
      'SELECT 200::TINYINT',
      'conversion',
      "Conversion Error: Type INT32 with value 200 can't be cast because the value is out of range for the destination type INT8",
      1,
      11,
    ],
    [
      "FROM 's3://shop/orders.parquet'",
      'missing-extension',
      'Missing Extension Error: File s3://shop/orders.parquet requires the extension httpfs to be loaded',
      undefined,
      undefined,
    ],
  ])('%s', async (sql, kind, message, sqlLine, sqlColumn) => {
    await expect(connection.run(sql)).rejects.toMatchObject({
      code: 'database',
      exitCode: 2,
      kind,
      message,
      sqlLine,
      sqlColumn,
    });
  });

  test('on a long line, where DuckDB shows only a part of it', async () => {
    const before = Array.from({ length: 60 }, (_, i) => `${i}`).join(', ');

    await expect(
      connection.run(`SELECT ${before}, nope, ${before} FROM orders`),
    ).rejects.toMatchObject({
      sqlLine: 1,
      sqlColumn: 'SELECT '.length + before.length + ', '.length + 1,
    });
  });

  test('with the names it proposes', async () => {
    await expect(connection.run('SELECT stat FROM orders')).rejects.toMatchObject({
      suggestions: ['status'],
    });
    await expect(connection.run('FROM order_')).rejects.toMatchObject({ suggestions: ['orders'] });
    await expect(connection.run('SELECT mediann(1)')).rejects.toMatchObject({
      suggestions: ['median'],
    });
  });

  test('with the functions there are, one a line', async () => {
    await expect(connection.run('SELECT sum(status) FROM orders')).rejects.toMatchObject({
      kind: 'binder',
      message: expect.stringMatching(
        /argument types 'sum\(VARCHAR\)'\. You might need to add explicit type casts\.\nCandidate functions:\n\tsum\(/,
      ) as string,
      sqlColumn: 8,
    });
  });

  test('out of memory, without a page of advice', async () => {
    await expect(
      connection.run(
        "SET temp_directory = ''; CREATE TEMP TABLE t AS SELECT md5(range::VARCHAR) AS m FROM range(2000000) ORDER BY m",
      ),
    ).rejects.toMatchObject({
      kind: 'out-of-memory',
      message: expect.stringMatching(/^Out of Memory Error: [^\n]*$/) as string,
      hint: expect.stringContaining('memory_limit') as string,
    });
  });

  test('inside an aborted transaction', async () => {
    await connection.run('BEGIN');
    await connection.run("SELECT error('x')").catch(() => undefined);
    await expect(connection.run('SELECT 1')).rejects.toMatchObject({ kind: 'transaction' });
    await connection.run('ROLLBACK');
    expect((await connection.query('SELECT 1')).rows).toEqual([[1]]);
  });
});

describe('What files are refused for is told apart:', () => {
  // Texts of DuckDB 1.5 that need a machine in trouble, or another DuckDB, to be seen.
  test.each<[string, string, RegExp]>([
    [
      'IO Error: Could not write file "/d/a.duckdb": No space left on device',
      'disk-full',
      /^The disk is full/,
    ],
    [
      'TransactionContext Error: Failed to commit: Could not write file "/d/a.duckdb.wal": No space left on device',
      'disk-full',
      /^The disk is full/,
    ],
    [
      'IO Error: Cannot open file "/d/a.duckdb": Permission denied',
      'permission',
      /^Permission to write is missing/,
    ],
    [
      'IO Error: Cannot open file "/d/a.duckdb": Read-only file system',
      'permission',
      /^Permission to write is missing/,
    ],
    [
      'IO Error: Trying to read a database file with version number 99, but we can only read versions between 64 and 67.',
      'newer-storage',
      /^\/d\/a\.duckdb was written by a newer DuckDB than the one in this program/,
    ],
  ])('%s', (text, kind, message) => {
    const error = toDatabaseError(new Error(text), { path: '/d/a.duckdb' });

    expect(error).toMatchObject({ code: 'database', kind, exitCode: 2 });
    expect(error.message).toMatch(message);
    expect(error.hint).toBeDefined();
  });

  test('but words of a user are not mistaken for the disk', async () => {
    await expect(
      connection.run("SELECT error('Permission denied: No space left on device')"),
    ).rejects.toMatchObject({
      kind: 'invalid-input',
    });
  });
});

test('An error that quotes millions of empty lines is told at once, and shortly', () => {
  const lines = '\n'.repeat(3_000_000);
  const error = toDatabaseError(
    new Error(`Invalid Input Error: CSV Error on Line: 9\nLine: ${lines}x`),
  );
  expect(error.message).toBe('Invalid Input Error: CSV Error on Line: 9\nLine: \nx');
  const value = toDatabaseError(new Error(`Conversion Error: "${'\n x'.repeat(3_000_000)}"`));
  expect(value.message.length).toBeLessThan(20_000);
});
