/** Databricks SQL: put into DuckDB's words, then followed like any other. No database is asked. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDuckDB, type DuckDBEngine } from '../../src/engine/duckdb/index.js';
import { parserOn, type Parser } from '../../src/lineage/columns/parser.js';
import type { InputTable } from '../../src/lineage/columns/query.js';
import { traceQuery } from '../../src/lineage/columns/trace-query.js';

let engine: DuckDBEngine;
let parser: Parser;

beforeAll(async () => {
  engine = await openDuckDB({ path: null, threads: 1 });
  parser = parserOn(await engine.connect(), 'databricks');
});

afterAll(() => engine.close());

const tables: readonly InputTable[] = [
  ['t', 'id', 'a', 'b', 's', 'l'],
  ['u', 'id', 'a', 'c'],
].map(([name = '', ...columns]) => ({
  name,
  columns: columns.map((column) => ({ name: column, type: 'string' })),
}));

async function sourcesOf(sql: string, outputs: readonly string[]): Promise<(string | null)[]> {
  const { columns } = await traceQuery(parser, sql, tables, outputs);
  return columns.map(
    ({ sources }) => sources?.map((s) => `${s.table}.${s.column}`).join(' ') ?? null,
  );
}

test.each<[string, string, (string | null)[]]>([
  ['names in backticks, texts in double quotes', 'select `a` as x, "b" as y from `t`', ['t.a', '']],
  [
    'a column beside an alias of its name',
    'select b as a, concat(a, b) as x from t',
    ['t.a t.b', null],
  ],
  [
    'a star without a column',
    'with q as (select * except (a), a as x from t) select x, b as y from q',
    ['t.a', 't.b'],
  ],
  [
    'columns swapped',
    'with q as (select a as b, b as a from t) select a as x, b as y from q',
    ['t.b', 't.a'],
  ],
  ['a lateral view', 'select v.x, t.a as y from t lateral view explode(l) v as x', ['t.l', 't.a']],
  [
    'an anti join',
    'select t.a as x, t.b as y from t left anti join u on t.id = u.id',
    ['t.a', 't.b'],
  ],
  [
    'a full join with using',
    'select id as x, c as y from t full outer join u using (id)',
    ['t.id u.id', 'u.c'],
  ],
  ['rollup', 'select a as x, count(b) as y from t group by a with rollup', ['t.a', 't.b']],
  [
    'functions of Databricks alone',
    'select try_divide(a, b) as x, s:f.g as y from t',
    ['t.a t.b', 't.s'],
  ],
  [
    'a lambda',
    'select transform(l, a -> concat(a, b)) as x, filter(l, z -> z > a) as y from t',
    ['t.b t.l', 't.a t.l'],
  ],
  [
    'a field of a struct made of columns',
    'with q as (select struct(a, b as c) as s from t) select s as x, s.c as y from q',
    ['t.a t.b', 't.a t.b'],
  ],
  [
    'all columns as one value',
    'with q as (select a, b from t) select struct(*) as x, count(*) as y from q',
    ['t.a t.b', ''],
  ],
  ['values', "select x, y from values ('a', 1) as q(x, y)", ['', '']],
])('Followed: %s', async (_, sql, wanted) => {
  expect(await sourcesOf(sql, ['x', 'y'])).toEqual(wanted);
});

test.each<[string, string]>([
  ['a column that the YAML does not tell of', 'select z as x from t'],
  [
    'a name that is an alias or a column that the YAML does not tell of',
    'select a as k, concat(k, b) as x from t',
  ],
  [
    'a generator of several columns',
    "with q as (select stack(2, 'a', a, 'b', b) from t) select col0 as x from q",
  ],
  [
    'a union of stars, whose columns may be more',
    'with q as (select * from t union all select * from u) select a as x from q',
  ],
  ['what the translation does not know', 'select a as x from t distribute by a'],
  ['no SQL', 'select from where'],
])('Not known: %s', async (_, sql) => {
  expect(await sourcesOf(sql, ['x'])).toEqual([null]);
});

test('A star puts the columns of USING first', async () => {
  const sql = `with q as (select * from (select b, id from t) join (select c, id from u) using (id)
    union all select a as k1, b as k2, s as k3 from t) select id as x, b as y, c as z from q`;
  expect(await sourcesOf(sql, ['x', 'y', 'z'])).toEqual(['t.a t.id', 't.b', 't.s u.c']);
});
