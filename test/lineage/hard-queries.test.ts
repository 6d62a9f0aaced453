/**
 * Queries that are hard to follow. The sources of each column were written by hand
 * (fixtures/lineage/hard-queries.json); where they are not known, the fixture
 * says of which and why, so that a fault that goes away is noticed like one that comes.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Connection } from '../../src/engine/engine.js';
import { openDuckDB, type DuckDBEngine } from '../../src/engine/duckdb/index.js';
import { quoteIdentifier } from '../../src/engine/quote.js';
import { parserOn, type Parser } from '../../src/lineage/columns/parser.js';
import { traceQuery } from '../../src/lineage/columns/trace-query.js';
import { root } from '../helpers/shop.js';

interface HardQuery {
  readonly title: string;
  readonly sql: string;
  /** Sources of each column, between spaces. */
  readonly columns: Readonly<Record<string, string>>;
  /** Columns that are not known, as null: an answer that is wrong would be worse. */
  readonly unknown?: Readonly<Record<string, null>>;
  readonly why?: string;
}

function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(join(root, 'fixtures/lineage', name), 'utf8')) as T;
}

const queries = fixture<HardQuery[]>('hard-queries.json');
const tables = Object.entries(
  fixture<Record<string, Record<string, string>>>('hard-tables.json'),
).map(([name, columns]) => ({
  name,
  columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
}));

let engine: DuckDBEngine;
let connection: Connection;
let parser: Parser;

beforeAll(async () => {
  engine = await openDuckDB({ path: null, threads: 1 });
  connection = await engine.connect();
  for (const { name, columns } of tables) {
    const list = columns.map((column) => `${quoteIdentifier(column.name)} ${column.type}`);
    await connection.run(`create table ${name} (${list.join(', ')})`);
  }
  parser = parserOn(connection, 'duckdb');
});

afterAll(() => engine.close());

async function sourcesOf(sql: string): Promise<Record<string, string | null>> {
  const outputs = (await connection.describe(sql)).map(({ name }) => name);
  const { columns } = await traceQuery(parser, sql, tables, outputs);
  return Object.fromEntries(
    columns.map(({ name, sources }) => [
      name.toLowerCase(),
      sources?.map(({ table, column }) => `${table}.${column}`).join(' ') ?? null,
    ]),
  );
}

function lowerKeys<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key.toLowerCase(), value]),
  );
}

test('There are forty of them and more, and each is there once', () => {
  expect(queries.length).toBeGreaterThanOrEqual(40);
  expect(new Set(queries.map(({ title }) => title)).size).toBe(queries.length);
  expect(new Set(queries.map(({ sql }) => sql)).size).toBe(queries.length);
});

const right = queries.filter(({ unknown }) => unknown === undefined);
const faulty = queries.filter(({ unknown }) => unknown !== undefined);

test.each(right)('Right: $title', async ({ sql, columns }) => {
  expect(await sourcesOf(sql)).toEqual(lowerKeys(columns));
});

test.each(faulty)('Not known, never wrong: $title', async ({ sql, columns, unknown }) => {
  expect(await sourcesOf(sql)).toEqual({ ...lowerKeys(columns), ...lowerKeys(unknown ?? {}) });
});

test.each(faulty)('The docs tell that this is not known: $title', ({ title, why }) => {
  const page = readFileSync(join(root, 'docs/lineage.md'), 'utf8');
  expect(page).toContain(title);
  expect(page.replace(/\s+/g, ' ')).toContain(why);
});

test('A query that can not be read leaves every column unknown and says so', async () => {
  const { columns, gap } = await traceQuery(parser, 'select from where', tables, ['a']);
  expect(columns).toEqual([{ name: 'a', sources: null }]);
  expect(gap).toBe('the parser cannot read its SQL');
});

test('A query that is too deep for the parser is not known, and the next one is', async () => {
  const deep = `select ${'('.repeat(20_000)}id${')'.repeat(20_000)} as a from orders`;
  expect((await traceQuery(parser, deep, tables, ['a'])).gap).not.toBeNull();
  const { columns, gap } = await traceQuery(parser, 'select id as a from orders', tables, ['a']);
  expect(gap).toBeNull();
  expect(columns[0]?.sources).toEqual([{ table: 'orders', column: 'id', how: 'direct' }]);
});

test.each([
  ['a name as it is', 'select id as a from orders', 'direct'],
  [
    'a name through a CTE and a star',
    'with t as (select * from orders) select id as a from t',
    'direct',
  ],
  ['a cast', 'select cast(id as int) as a from orders', 'transformed'],
  ['a window', 'select sum(id) over () as a from orders', 'transformed'],
  ['an aggregate', 'select sum(id) as a from orders', 'aggregated'],
  [
    'an aggregate with a filter',
    'select count(*) filter (where id > 1) as a from orders',
    'aggregated',
  ],
  [
    'an aggregate that is computed with',
    'with t as (select max(id) as m from orders) select m + 1 as a from t',
    'aggregated',
  ],
  ['an aggregate of the engine alone', 'select arg_max(id, note) as a from orders', 'aggregated'],
  ['a subquery', 'select (select max(id) from orders) as a', 'aggregated'],
  [
    'direct in one branch of a union, computed in the other',
    'select id as a from orders union all select id + 1 from orders',
    'transformed',
  ],
])('How a value is used: %s', async (_, sql, how) => {
  const outputs = (await connection.describe(sql)).map(({ name }) => name);
  const { columns } = await traceQuery(parser, sql, tables, outputs);
  expect(columns[0]?.sources?.find(({ column }) => column === 'id')?.how).toBe(how);
});

test('Places in the text hold beyond ASCII', async () => {
  const sql =
    "select 'é𝒳' as é, list_transform(tags, name -> name || 'ß') as x, ID // 2 as \"Ü\" from customers";
  expect(await sourcesOf(sql)).toEqual({ é: '', x: 'customers.tags', ü: 'customers.id' });
});
