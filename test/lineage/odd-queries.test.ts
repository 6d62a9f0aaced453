/** SQL that is long, deep, wide or strange: not known at worst, never a crash, and never a guess. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Connection } from '../../src/engine/engine.js';
import { openDuckDB, type DuckDBEngine } from '../../src/engine/duckdb/index.js';
import { quoteIdentifier } from '../../src/engine/quote.js';
import { parserOn, type Parser } from '../../src/lineage/columns/parser.js';
import type { InputTable } from '../../src/lineage/columns/query.js';
import { traceQuery } from '../../src/lineage/columns/trace-query.js';

let engine: DuckDBEngine;
let connection: Connection;
let parser: Parser;

beforeAll(async () => {
  engine = await openDuckDB({ path: null, threads: 1 });
  connection = await engine.connect();
  parser = parserOn(connection, 'duckdb');
});

afterAll(() => engine.close());

function table(name: string, columns: readonly string[]): InputTable {
  return { name, columns: columns.map((column) => ({ name: column, type: 'VARCHAR' })) };
}

/** For each output its sources between blanks, null where they are not known. */
async function sourcesOf(
  sql: string,
  tables: readonly InputTable[],
  outputs: readonly string[],
  by = parser,
): Promise<(string | null)[]> {
  const { columns } = await traceQuery(by, sql, tables, outputs);
  return columns.map(
    ({ sources }) => sources?.map((s) => `${s.table}.${s.column}`).join(' ') ?? null,
  );
}

const t = table('t', ['a', 'b']);
const u = table('u', ['a', 'c']);

/** The same text many times. */
const times = (text: string, n: number, between = ''): string => Array(n).fill(text).join(between);

test.each([
  ['parentheses', `select ${times('(', 50_000)}a${times(')', 50_000)} as x from t`],
  ['functions', `select ${times('lower(', 5_000)}a${times(')', 5_000)} as x from t`],
  ['subqueries', `select x from ${times('(select x from ', 5_000)}t${times(')', 5_000)}`],
  ['a sum of many', `select ${times('a', 20_000, ' || ')} as x from t`],
  ['10 MB of a list', `select a as x from t where b in (${times("'x'", 2_500_000, ',')})`],
  ['10 MB of nothing', `select a as x from t${' '.repeat(10_000_000)}`],
  ['no SQL', 'select from where'],
  ['two statements', 'select a as x from t; select b as x from t'],
  ['what changes data', 'delete from t'],
  ['a pivot whose columns the data decide', 'pivot t on a using count(b)'],
  ['nothing', ''],
  ['NUL', 'select a as x\0 from t'],
])('Not known, at once: %s', async (_, sql) => {
  expect(await sourcesOf(sql, [t], ['x'])).toEqual([null]);
  // The next query is read as ever.
  expect(await sourcesOf('select a as x from t', [t], ['x'])).toEqual(['t.a']);
});

test('A union of thousands of queries is followed, or not known', async () => {
  const sql = times('select a as x from t', 3_000, ' union all ');
  expect(['t.a', null]).toContain((await sourcesOf(sql, [t], ['x']))[0]);
});

test('A query is read once, however many columns it has', async () => {
  const names = Array.from({ length: 2_000 }, (_, i) => `c${i}`);
  let read = 0;
  const counting: Parser = { ...parser, parse: (sql) => ((read += 1), parser.parse(sql)) };
  const ctes = Array.from(
    { length: 20 },
    (_, i) => `q${i + 1} as (select * replace (c1 as c0, c0 as c1) from q${i})`,
  );
  const sql = `with q0 as (select ${names.map((n) => `coalesce(${n}, '') as ${n}`).join(', ')} from w),
    ${ctes.join(', ')} select * from q20`;
  const found = await sourcesOf(sql, [table('w', names)], names, counting);
  expect(read).toBe(1);
  expect(found).toEqual(names.map((name) => `w.${name}`));
});

const odd = [
  ...['constructor', '__proto__', 'hasOwnProperty', 'toString', 'length', 'rowid', 'select'],
  ...[
    'with "quotes"',
    "it's",
    'a.b',
    'line\nbreak',
    'É',
    'é',
    '表 🛒',
    '*',
    '#1',
    ' ',
    '<b>',
    '\\1',
  ],
];

test('Names of any letters, those of JavaScript too', async () => {
  const list = odd.map((name, i) => `${quoteIdentifier(name)} as x${i}`).join(', ');
  const wanted = odd.map((name) => `constructor.${name}`);
  const named = table('constructor', odd);
  const outputs = odd.map((_, i) => `x${i}`);
  expect(await sourcesOf(`select ${list} from constructor`, [named], outputs)).toEqual(wanted);
  const star = 'with "__proto__" as (select * from constructor) select * from "__proto__"';
  expect(await sourcesOf(star, [named], odd)).toEqual(wanted);
});

test('Names differ by the case of letters beyond ASCII, as in the database', async () => {
  const columns = ['É', 'é'];
  const sql = 'select "É" as x, "é" as y from t';
  expect(await sourcesOf(sql, [table('t', columns)], ['x', 'y'])).toEqual(['t.É', 't.é']);
});

test.each([
  [
    'a side of a union that is not known',
    'select a as x from t union all select s.name from duckdb_settings() as s',
  ],
  ['a table that is no input', 'select x from elsewhere'],
  ['the row number of a table', 'select rowid as x from t'],
  ['a name that two tables have', 'select a as x from t, u'],
  ['a column that nothing has', 'select z as x from t'],
  ['a name of an alias that comes later', 'select y as x, b as y from t'],
  ['a function whose arrow may be a lambda', 'select my_function(a, b -> b) as x from t'],
  [
    'what a full join after a right one brings together',
    'select a as x from t right join u using (a) full join (select a from t) as w using (a)',
  ],
  [
    'an alias that reads the query around it, which has its name too',
    "select s.y as x from t, lateral (select a as b, b || '' as y from (values ('z')) as q(z)) as s",
  ],
  ['a parameter in another case', 'select list_transform([b], lambda a: a || A) as x from t'],
  ['a query that a text holds', "select x from query('select a as x from t')"],
])('Not known, never a guess: %s', async (_, sql) => {
  const outputs = sql.includes('as y') ? ['x', 'y'] : ['x'];
  expect((await sourcesOf(sql, [t, u], outputs))[0]).toBeNull();
});

test('Where the database has other columns than are found, nothing is known', async () => {
  expect(await sourcesOf('select a, b from t', [t], ['a', 'c'])).toEqual([null, null]);
  expect(await sourcesOf('select a, b from t', [t], ['a'])).toEqual([null]);
});
