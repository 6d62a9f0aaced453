import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDuckDB, type DuckDBEngine } from '../../src/engine/duckdb/index.js';
import type { Connection } from '../../src/engine/engine.js';

let engine: DuckDBEngine;
let connection: Connection;
beforeEach(async () => {
  engine = await openDuckDB({ path: null, catalog: 'shop', threads: 2 });
  connection = await engine.connect();
});
afterEach(() => engine.close());

const schema = { database: 'shop', schema: 'silver' };
const orders = { ...schema, identifier: 'orders' };

describe('run', () => {
  test.each<[string, number | null]>([
    ['CREATE TABLE t (i INTEGER)', null],
    ['CREATE TABLE t AS SELECT range AS i FROM range(7)', 7],
    ['CREATE TABLE t (i INTEGER); INSERT INTO t VALUES (1), (2)', 2],
    ['CREATE TABLE t AS SELECT 1 AS i; UPDATE t SET i = 2', 1],
    ['CREATE TABLE t AS SELECT 1 AS i; DELETE FROM t; ', 1],
    ['CREATE TABLE t AS SELECT 1 AS i; BEGIN; DROP TABLE t; COMMIT', null],
    ['CREATE VIEW v AS SELECT 1 AS one', null],
    ['SELECT 1', null],
    ['', null],
    [' ; -- nothing here\n; /* nor here */', null],
  ])('%s', async (sql, rowsChanged) => {
    expect(await connection.run(sql)).toEqual({ rowsChanged });
  });

  test('runs every statement, and gives the parameters to the last', async () => {
    await connection.run(
      'CREATE TABLE t (i INTEGER); INSERT INTO t VALUES (1); INSERT INTO t VALUES ($1)',
      [2],
    );

    expect((await connection.query('SELECT i FROM t ORDER BY i')).rows).toEqual([[1], [2]]);
  });

  test('runs nothing of a text that does not parse to its end', async () => {
    await expect(connection.run('CREATE TABLE t (i INTEGER); SELEC 1')).rejects.toMatchObject({
      kind: 'parser',
      sqlLine: 1,
      sqlColumn: 29,
    });
    expect(await connection.listRelations({ database: 'shop', schema: 'main' })).toEqual([]);
  });
});

describe('query', () => {
  test('answers with the last of several statements', async () => {
    const answer = await connection.query(
      'CREATE TABLE t AS SELECT 5 AS i; SELECT i, i + 1 AS j FROM t;',
    );

    expect(answer.columns.map((c) => c.name)).toEqual(['i', 'j']);
    expect(answer.rows).toEqual([[5, 6]]);
  });

  test('keeps two columns of one name apart', async () => {
    const answer = await connection.query('SELECT 1 AS a, 2 AS a');

    expect(answer.columns.map((c) => c.name)).toEqual(['a', 'a']);
    expect(answer.rows).toEqual([[1, 2]]);
  });

  test('runs a PIVOT, which is two statements to DuckDB', async () => {
    await connection.run("CREATE TABLE t AS SELECT * FROM (VALUES ('a', 1), ('b', 2)) v(k, n)");

    expect((await connection.query('PIVOT t ON k USING sum(n)')).rows).toEqual([['1', '2']]);
  });

  test('tells the columns of no rows', async () => {
    const answer = await connection.query('SELECT 1 AS one WHERE false');

    expect(answer.columns).toEqual([{ name: 'one', type: 'INTEGER', kind: 'integer' }]);
    expect(answer.rows).toEqual([]);
  });

  test('keeps statements of one connection in one transaction', async () => {
    const other = await engine.connect();
    await connection.run('CREATE TABLE t (i INTEGER); BEGIN; INSERT INTO t VALUES (1)');

    expect((await other.query('SELECT count(*) FROM t')).rows).toEqual([['0']]);
    await connection.run('ROLLBACK');
    expect((await connection.query('SELECT count(*) FROM t')).rows).toEqual([['0']]);
  });
});

describe('stream', () => {
  test('gives rows in batches, in order', async () => {
    const { columns, batches } = await connection.stream(
      'SELECT range AS i FROM range($1)',
      [5000],
    );
    const sizes: number[] = [];
    let last: unknown;
    for await (const batch of batches) {
      sizes.push(batch.length);
      last = batch.at(-1)?.[0];
    }

    expect(columns.map((c) => c.name)).toEqual(['i']);
    expect(sizes).toEqual([2048, 2048, 904]);
    expect(last).toBe('4999');
  });

  test('can be left early, and the connection works on', async () => {
    const { batches } = await connection.stream('SELECT * FROM range(1000000000)');
    for await (const batch of batches) {
      expect(batch).toHaveLength(2048);
      break;
    }

    expect((await connection.query('SELECT 1')).rows).toEqual([[1]]);
  });

  // The later one is far beyond what the driver reads ahead.
  test.each([90_000, 1_500_000])('fails on the row that fails: %i', async (row) => {
    const sql = `SELECT CASE WHEN range = $row THEN error('at ' || range) ELSE range END FROM range(2000000)`;
    const read = async () => {
      const { batches } = await connection.stream(sql, { row });
      let rows = 0;
      for await (const batch of batches) rows += batch.length;
      return rows;
    };

    await expect(read()).rejects.toMatchObject({
      code: 'database',
      message: `Invalid Input Error: at ${row}`,
    });
    expect((await connection.query('SELECT 1')).rows).toEqual([[1]]);
  });

  test('that is cancelled between two batches does not end as if it were whole', async () => {
    for (const wait of [0, 1, 5, 20]) {
      const own = await openDuckDB({ path: null });
      const { batches } = await (await own.connect()).stream('SELECT * FROM range(1000000000)');
      const read = async () => {
        let rows = 0;
        for await (const batch of batches) {
          if (rows === 0) setTimeout(() => own.interruptAll(), wait);
          rows += batch.length;
          await new Promise((done) => setImmediate(done));
        }
        return rows;
      };
      await expect(read(), `after ${wait} ms`).rejects.toMatchObject({ code: 'interrupted' });
      await own.close();
    }
  });
});

describe('describe', () => {
  test('tells columns and types without running the query', async () => {
    await connection.run('CREATE SEQUENCE s');
    const columns = await connection.describe(
      "SELECT nextval('s') AS n, '{}'::JSON AS j, 1.5 AS d, [1] AS l -- a comment at the end",
    );

    expect(columns).toEqual([
      { name: 'n', type: 'BIGINT', kind: 'integer' },
      { name: 'j', type: 'JSON', kind: 'json' },
      { name: 'd', type: 'DECIMAL(2,1)', kind: 'decimal' },
      { name: 'l', type: 'INTEGER[]', kind: 'nested' },
    ]);
    expect((await connection.query("SELECT nextval('s')")).rows).toEqual([['1']]);
  });

  test.each([
    'WITH x AS (SELECT 1 AS a) SELECT a FROM x',
    '(SELECT 1 AS a);',
    'VALUES (1)',
    'FROM range(1)',
  ])('%s', async (sql) => {
    expect(await connection.describe(sql)).toHaveLength(1);
  });

  test('places an error in the SQL of the caller', async () => {
    await expect(connection.describe('SELECT 1,\n       nope')).rejects.toMatchObject({
      kind: 'binder',
      sqlLine: 2,
      sqlColumn: 8,
    });
  });

  test('refuses more than one statement', async () => {
    await expect(connection.describe('SELECT 1; SELECT 2')).rejects.toThrow('Only one statement');
  });
});

describe('Relations', () => {
  beforeEach(async () => {
    await connection.createSchema(schema);
    await connection.createSchema(schema);
    await connection.run('CREATE TABLE silver.orders (id INTEGER, price DECIMAL(10,2))');
    await connection.run('CREATE VIEW silver.recent AS SELECT id FROM silver.orders');
  });

  test('are listed with their type', async () => {
    expect(await connection.listRelations(schema)).toEqual([
      { name: 'orders', type: 'table' },
      { name: 'recent', type: 'view' },
    ]);
    expect(await connection.listRelations({ ...schema, schema: 'nowhere' })).toEqual([]);
  });

  test('have columns, tables and views alike', async () => {
    expect(await connection.columnsOf(orders)).toEqual([
      { name: 'id', type: 'INTEGER', kind: 'integer' },
      { name: 'price', type: 'DECIMAL(10,2)', kind: 'decimal' },
    ]);
    expect(await connection.columnsOf({ ...schema, identifier: 'RECENT' })).toHaveLength(1);
    expect(await connection.columnsOf({ ...schema, identifier: 'nothing' })).toEqual([]);
  });

  test('have a type, or do not exist', async () => {
    expect(await connection.relationType(orders)).toBe('table');
    expect(await connection.relationType({ ...schema, identifier: 'recent' })).toBe('view');
    expect(
      await connection.relationType({ ...schema, database: 'other', identifier: 'orders' }),
    ).toBeNull();
  });

  test('are dropped and renamed, whichever they are', async () => {
    await connection.rename({ ...schema, identifier: 'recent' }, 'la"test');
    await connection.dropRelation(orders);
    await connection.dropRelation(orders);

    expect(await connection.listRelations(schema)).toEqual([{ name: 'la"test', type: 'view' }]);
  });

  test('that are missing can not be renamed', async () => {
    await expect(
      connection.rename({ ...schema, identifier: 'nothing' }, 'x'),
    ).rejects.toMatchObject({ kind: 'catalog' });
  });
});

describe('append', () => {
  beforeEach(() =>
    connection.run(
      'CREATE SCHEMA silver; CREATE TABLE silver.orders (id BIGINT, price DECIMAL(10,2), day DATE)',
    ),
  );

  test('adds rows and converts values as a cast would', async () => {
    const batches = [
      [[1, '1.10', '2024-01-31']],
      [
        [2n, null, null],
        ['3', 2.5, '2024-02-29'],
      ],
    ];

    expect(await connection.append(orders, batches)).toBe(3);
    expect((await connection.query('FROM silver.orders')).rows).toEqual([
      ['1', '1.10', '2024-01-31'],
      ['2', null, null],
      ['3', '2.50', '2024-02-29'],
    ]);
  });

  test('fails on a value that does not convert', async () => {
    await expect(connection.append(orders, [[[1, 'cheap', null]]])).rejects.toMatchObject({
      code: 'database',
      message: expect.stringContaining('cheap') as string,
    });
    expect((await connection.query('SELECT count(*) FROM silver.orders')).rows).toEqual([['0']]);
  });

  test('fails on a relation that is not there', async () => {
    await expect(connection.append({ ...orders, identifier: 'nothing' }, [])).rejects.toMatchObject(
      { code: 'database' },
    );
  });
});

describe('Interrupts', () => {
  const heavy =
    'SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range % 7 = 1';

  test.each([0, 1, 50])('end a query %i ms after it began; the connection works on', async (ms) => {
    const running = connection.query(heavy);
    if (ms === 0) connection.interrupt();
    else setTimeout(() => connection.interrupt(), ms);

    await expect(running).rejects.toMatchObject({ code: 'interrupted', exitCode: 130 });
    expect((await connection.query('SELECT 1')).rows).toEqual([[1]]);
  });

  test('do nothing to a connection that is idle', async () => {
    connection.interrupt();

    expect((await connection.query('SELECT 1')).rows).toEqual([[1]]);
  });

  test('of the engine end all connections for good, and new ones work', async () => {
    const other = await engine.connect();
    const running = [connection.query(heavy), other.query(heavy)].map((p) =>
      p.catch((e: unknown) => e),
    );
    setTimeout(() => engine.interruptAll(), 20);

    expect(await Promise.all(running)).toMatchObject([
      { code: 'interrupted' },
      { code: 'interrupted' },
    ]);
    await expect(other.query('SELECT 1')).rejects.toMatchObject({ code: 'interrupted' });
    const fresh = await engine.connect();
    expect((await fresh.query('SELECT 1')).rows).toEqual([[1]]);
  });

  test('come with closing the engine', async () => {
    const running = connection.query(heavy).catch((e: unknown) => e);
    await engine.close();

    expect(await running).toMatchObject({ code: 'interrupted' });
  });
});
