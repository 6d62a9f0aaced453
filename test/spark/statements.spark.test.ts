import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DatabaseError } from '../../src/engine/database-error.js';
import type { Connection } from '../../src/engine/engine.js';
import type { DatabricksEngine } from '../../src/engine/databricks/index.js';
import { catalog, standIn, token, type StandIn } from './support.js';

let place: StandIn;
let engine: DatabricksEngine;
let connection: Connection;
const schema = { database: catalog, schema: 'statements' };
const table = (identifier: string) => ({ ...schema, identifier });
const name = (identifier: string) => engine.dialect.renderRelation(table(identifier));

beforeAll(async () => {
  place = await standIn();
  engine = await place.open();
  connection = await engine.connect();
  await connection.run(`DROP SCHEMA IF EXISTS ${engine.dialect.renderSchema(schema)} CASCADE`);
  await connection.createSchema(schema);
});
afterEach(() => {
  expect(place.gateway.recording.errors).toEqual([]);
});
afterAll(() => place.close());

describe('a session', () => {
  it('is in UTC and in ANSI mode, and belongs to the catalog', async () => {
    const { rows } = await connection.query('SELECT current_timezone(), current_catalog()');
    expect(rows).toEqual([['UTC', catalog]]);
    await expect(connection.query("SELECT CAST('x' AS INT)")).rejects.toMatchObject({
      kind: 'conversion',
    });
    expect(place.gateway.recording.sessions[0]).toMatchObject({
      ANSI_MODE: 'true',
      TIMEZONE: 'UTC',
    });
  });

  it('serves the next connection when the one that had it is released', async () => {
    const other = await place.open();
    const before = place.gateway.recording.count('OpenSession');
    for (let i = 0; i < 3; i += 1) {
      const one = await other.connect();
      await one.query('SELECT 1');
      await one.release();
    }
    expect(place.gateway.recording.count('OpenSession') - before).toBe(1);
  });

  it('serves nobody else when a statement changed it', async () => {
    const other = await place.open();
    const one = await other.connect();
    await one.run('SET spark.sql.session.timeZone = America/New_York');
    await one.release();
    const next = await other.connect();
    expect((await next.query('SELECT current_timezone()')).rows).toEqual([['UTC']]);
  });

  it('is closed when it was idle for long enough', async () => {
    const other = await place.open({ idleMs: 50 });
    const one = await other.connect();
    await one.query('SELECT 1');
    const before = place.gateway.recording.count('CloseSession');
    await one.release();
    await expect.poll(() => place.gateway.recording.count('CloseSession') - before).toBe(1);
  });

  it('is one for each connection, and all are closed with the engine', async () => {
    const other = await place.open();
    const recording = place.gateway.recording;
    const [opened, closed] = [recording.count('OpenSession'), recording.count('CloseSession')];
    const connections = await Promise.all([1, 2, 3].map(() => other.connect()));
    await Promise.all(connections.map((one) => one.query('SELECT 1')));
    expect(recording.count('OpenSession') - opened).toBe(3);
    await other.close();
    expect(recording.count('CloseSession') - closed).toBe(3);
  });
});

describe('parameters', () => {
  it('are bound by position, each in its own type', async () => {
    const { columns, rows } = await connection.query(
      'SELECT ? AS a, ? AS b, ? AS c, ? AS d, ? AS e',
      [7, 9007199254740993n, "it's \\ ; -- ?", true, 1.5],
    );
    expect(columns.map(({ type }) => type)).toEqual([
      'INT',
      'BIGINT',
      'STRING',
      'BOOLEAN',
      'DOUBLE',
    ]);
    expect(rows).toEqual([[7, '9007199254740993', "it's \\ ; -- ?", true, 1.5]]);
  });

  it('are bound by name and by number, also twice', async () => {
    expect((await connection.query('SELECT $b, :a, $b', { a: 1, b: null })).rows).toEqual([
      [null, 1, null],
    ]);
    expect((await connection.query("SELECT $2, $1, '$1 ? :a'", ['x', 'y'])).rows).toEqual([
      ['y', 'x', '$1 ? :a'],
    ]);
  });

  it('never change the statement, whatever is in them', async () => {
    const evil = "'); DROP TABLE x; --\\";
    expect((await connection.query('SELECT ?', [evil])).rows).toEqual([[evil]]);
  });

  it('are as many as the statement has', async () => {
    await expect(connection.query('SELECT ?', [1, 2])).rejects.toThrow(
      'The statement has 1 parameters, but 2 were given.',
    );
  });
});

describe('statements', () => {
  it('run one after the other, and parameters go to the last', async () => {
    const { rows } = await connection.query(
      `-- a table; with a comment
       CREATE OR REPLACE TABLE ${name('many')} (a INT, b STRING) USING DELTA;
       INSERT INTO ${name('many')} VALUES (1, 'x;y'), (2, NULL);;
       SELECT * FROM ${name('many')} WHERE a >= ? ORDER BY a`,
      [1],
    );
    expect(rows).toEqual([
      [1, 'x;y'],
      [2, null],
    ]);
  });

  it('carry the tags of the run and of the node', async () => {
    const tagged = await (await place.open({ tags: { run: 'r:1' } })).connect();
    tagged.tag?.({ node: 'model.shop.a' });
    await tagged.query('SELECT 41 + 1');
    const sent = place.gateway.recording.statements.find(({ sql }) => sql === 'SELECT 41 + 1');
    expect(sent?.tags).toBe('run:r\\:1,node:model.shop.a');
  });

  it('that take long are waited for, also without a result in the first answer', async () => {
    place.gateway.settings.directResultsMs = 0;
    try {
      const { rows } = await connection.query('SELECT count(*) FROM range(1000)');
      expect(rows).toEqual([['1000']]);
      const { batches } = await connection.stream('SELECT id FROM range(15000)');
      let count = 0;
      for await (const batch of batches) count += batch.length;
      expect(count).toBe(15_000);
    } finally {
      place.gateway.settings.directResultsMs = 5000;
    }
  });

  it('are described without being run', async () => {
    const columns = await connection.describe(
      "SELECT 1L AS a, CAST(1 AS DECIMAL(38,2)) AS b, array(named_struct('Xy', 1)) AS c, NULL AS d",
    );
    expect(columns.map(({ name: column, type, kind }) => [column, type, kind])).toEqual([
      ['a', 'BIGINT', 'integer'],
      ['b', 'DECIMAL(38,2)', 'decimal'],
      ['c', 'ARRAY<STRUCT<Xy:INT>>', 'nested'],
      ['d', 'VOID', 'other'],
    ]);
  });
});

describe('metadata', () => {
  it('tells tables and views apart, and columns in their order', async () => {
    await connection.run(
      `CREATE OR REPLACE TABLE ${name('Orders_x')} (\`b-c\` INT, a DECIMAL(10,2)) USING DELTA PARTITIONED BY (a)`,
    );
    await connection.run(`CREATE OR REPLACE VIEW ${name('seen')} AS SELECT 1 AS one`);
    const relations = await connection.listRelations(schema);
    expect(relations).toContainEqual({ name: 'seen', type: 'view' });
    expect(relations).toContainEqual({ name: 'orders_x', type: 'table' });
    expect(await connection.relationType(table('seen'))).toBe('view');
    expect(await connection.relationType(table('none'))).toBeNull();
    expect(await connection.columnsOf(table('Orders_x'))).toEqual([
      { name: 'b-c', type: 'INT', kind: 'integer' },
      { name: 'a', type: 'DECIMAL(10,2)', kind: 'decimal' },
    ]);
    expect(await connection.columnsOf(table('none'))).toEqual([]);
    expect(await connection.listRelations({ ...schema, schema: 'nowhere' })).toEqual([]);
  });

  it('renames and drops whichever it is', async () => {
    await connection.run(`CREATE TABLE ${name('old')} USING DELTA AS SELECT 1 AS a`);
    await connection.rename(table('old'), 'new');
    expect(await connection.relationType(table('new'))).toBe('table');
    for (const one of ['new', 'seen', 'never']) await connection.dropRelation(table(one));
    expect(await connection.relationType(table('new'))).toBeNull();
    expect(await connection.relationType(table('seen'))).toBeNull();
  });

  it('appends rows as they are', async () => {
    await connection.run(
      `CREATE OR REPLACE TABLE ${name('seeds')} (id BIGINT, price DECIMAL(18,2), text STRING, ok BOOLEAN, day DATE) USING DELTA`,
    );
    const rows = Array.from({ length: 2500 }, (_, i) => [
      BigInt(i),
      `${i}.10`,
      i === 0 ? "it's \\n \n ☃" : null,
      i % 2 === 0,
      '2024-02-29',
    ]);
    const before = place.gateway.recording.sent(/^INSERT/);
    expect(await connection.append(table('seeds'), [rows.slice(0, 10), rows.slice(10)])).toBe(2500);
    expect(place.gateway.recording.sent(/^INSERT/) - before).toBe(2);
    const { rows: read } = await connection.query(
      `SELECT count(*), sum(price), max(text), max(day) FROM ${name('seeds')}`,
    );
    expect(read).toEqual([['2500', '3124000.00', "it's \\n \n ☃", '2024-02-29']]);
  });
});

describe('errors', () => {
  const failing = async (sql: string): Promise<DatabaseError> => {
    const error: unknown = await connection.query(sql).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DatabaseError);
    return error as DatabaseError;
  };

  it.each([
    ['parser', 'SELECT * FRM WHERE (', /^\[PARSE_SYNTAX_ERROR\]/],
    ['binder', 'SELECT nme FROM (SELECT 1 AS name)', /^\[UNRESOLVED_COLUMN.WITH_SUGGESTION\]/],
    ['catalog', 'SELECT * FROM spark_catalog.statements.nothing', /^\[TABLE_OR_VIEW_NOT_FOUND\]/],
    ['catalog', 'SELECT * FROM spark_catalog.nowhere.nothing', /^\[TABLE_OR_VIEW_NOT_FOUND\]/],
    ['catalog', 'CREATE VIEW spark_catalog.nowhere.v AS SELECT 1', /^\[SCHEMA_NOT_FOUND\]/],
    ['catalog', 'SELECT no_such(1)', /^\[UNRESOLVED_ROUTINE\]/],
    ['conversion', "SELECT CAST('x' AS DATE)", /^\[CAST_INVALID_INPUT\]/],
    ['out-of-range', 'SELECT 9223372036854775807L + 1L', /^\[ARITHMETIC_OVERFLOW\]/],
    ['out-of-range', 'SELECT 1 / 0', /^\[DIVIDE_BY_ZERO\]/],
    [
      'binder',
      'SELECT a, count(*) FROM (SELECT 1 AS a, 2 AS b) GROUP BY b',
      /^\[MISSING_AGGREGATION\]/,
    ],
  ])('of kind %s: %s', async (kind, sql, message) => {
    const error = await failing(sql);
    expect(error.kind).toBe(kind);
    expect(error.message).toMatch(message);
    expect(error.message).not.toMatch(/SQLSTATE|org\.apache|\tat |== SQL|'Project/);
  });

  it('of constraints', async () => {
    await connection.run(
      `CREATE OR REPLACE TABLE ${name('strict')} (a INT NOT NULL, b INT) USING DELTA;
       ALTER TABLE ${name('strict')} ADD CONSTRAINT small CHECK (b < 10)`,
    );
    expect((await failing(`INSERT INTO ${name('strict')} VALUES (1, 10)`)).kind).toBe('constraint');
    expect((await failing(`INSERT INTO ${name('strict')} VALUES (NULL, 1)`)).kind).toBe(
      'constraint',
    );
  });

  it('name the line and column of the caller, and what was meant', async () => {
    const error = await failing('SELECT 1;\n\n  SELECT\n   nme FROM (SELECT 1 AS name)');
    expect(error.sqlLine).toBe(4);
    expect(error.sqlColumn).toBe(4);
    expect(error.suggestions).toEqual(['name']);
    const parsed = await failing('SELECT 1;\n SELECT * FORM x');
    expect(parsed.sqlLine).toBe(2);
  });

  it("keep Java's stack for --debug", async () => {
    const error = await failing('SELECT nme FROM (SELECT 1 AS name)');
    expect((error.cause as Error).stack).toMatch(/\tat org\.apache\.spark/);
    expect(`${(error.cause as Error).stack}`).not.toContain(token);
  });
});
