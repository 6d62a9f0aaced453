/** Files of a table: their values by the data contract, by another reader, in order. */
import { parse } from 'csv-parse/sync';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDuckDB, type DuckDBEngine } from '../../src/engine/duckdb/index.js';
import type { Connection } from '../../src/engine/engine.js';
import type { FileFormat } from '../../src/export/copy-sql.js';
import { writeFile } from '../../src/export/write-file.js';

const folder = mkdtempSync(join(tmpdir(), 'techstore-files-'));
const relation = { database: 'memory', schema: 'main', identifier: 't' };
let engine: DuckDBEngine;
let connection: Connection;

beforeAll(async () => {
  engine = await openDuckDB({ path: null });
  connection = await engine.connect();
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

async function written(query: string, format: FileFormat, forSpreadsheet = false): Promise<string> {
  await connection.run(`CREATE OR REPLACE TABLE t AS ${query}`);
  const path = join(folder, `t.${format}`);
  await writeFile(connection, engine.dialect, relation, path, { format, forSpreadsheet });
  return format === 'parquet' ? path : readFileSync(path, 'utf8');
}

const values = `SELECT * FROM (VALUES
  (1::BIGINT, 12345678901234567890123456789012345.67::DECIMAL(38,2), DATE '2024-10-01', TIMESTAMP '2024-10-01 00:00:00', true, 'plain'),
  (9007199254740993::BIGINT, -0.50::DECIMAL(38,2), NULL, TIMESTAMP '2024-10-01 01:02:03.5', false, '')
) AS v(id, amount, day, moment, yes, text)`;

test('CSV carries all digits, tells NULL from an empty text, and ends lines as RFC 4180 does', async () => {
  expect(await written(values, 'csv')).toBe(
    [
      'id,amount,day,moment,yes,text',
      '1,12345678901234567890123456789012345.67,2024-10-01,2024-10-01 00:00:00,true,plain',
      '9007199254740993,-0.50,,2024-10-01 01:02:03.5,false,""',
      '',
    ].join('\r\n'),
  );
});

test('NDJSON has numbers, a string for an integer past 2^53 - 1, and instants with a T', async () => {
  const [first, second] = (await written(values, 'ndjson')).trimEnd().split('\n');
  expect(first).toBe(
    '{"id":1,"amount":12345678901234567890123456789012345.67,"day":"2024-10-01","moment":"2024-10-01T00:00:00","yes":true,"text":"plain"}',
  );
  expect(second).toBe(
    '{"id":"9007199254740993","amount":-0.50,"day":null,"moment":"2024-10-01T01:02:03.5","yes":false,"text":""}',
  );
});

test('2^53 - 1 itself is still a number, on both sides of zero', async () => {
  const text = await written(
    'SELECT unnest([9007199254740991, 9007199254740992, -9007199254740991, -9007199254740992]) AS n',
    'ndjson',
  );
  expect(text.trimEnd().split('\n')).toEqual([
    '{"n":9007199254740991}',
    '{"n":"9007199254740992"}',
    '{"n":-9007199254740991}',
    '{"n":"-9007199254740992"}',
  ]);
});

test('An instant with a time zone is in UTC', async () => {
  const text = await written(
    "SELECT TIMESTAMPTZ '2024-10-01 02:00:00+02' AS at, TIMESTAMP 'infinity' AS never",
    'ndjson',
  );
  expect(JSON.parse(text)).toEqual({ at: '2024-10-01T00:00:00Z', never: 'infinity' });
});

// What a spreadsheet would run, and what it takes as a number.
const formulas = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\nx',
  ' =1',
  '＝1',
  '"=1"',
  "'=1",
  'a=1',
  'two\r\nlines',
  'a "quoted", one',
];
/** By hand: the first ten run in some spreadsheet, the last four in none. */
const guarded = formulas.map((text, i) => (i < formulas.length - 4 ? `'${text}` : text));

test.each([
  ['by the database', ''],
  ['row by row', ', [1] AS nested'],
])('CSV carries texts as they are, written %s', async (_, more) => {
  const text = await written(`${formulaRows()}${more}`, 'csv');
  const [head, ...rows] = parse(text);
  expect(head?.slice(0, 2)).toEqual(['=t', 'n']);
  expect(rows.map((row) => row[0])).toEqual(formulas);
});

test.each([
  ['by the database', ''],
  ['row by row', ', [1] AS nested'],
])(
  'CSV for a spreadsheet has no formula, and numbers stay numbers, written %s',
  async (_, more) => {
    const text = await written(`${formulaRows()}${more}`, 'csv', true);
    const [head, ...rows] = parse(text);
    expect(head?.slice(0, 2)).toEqual(["'=t", 'n']);
    expect(rows.map((row) => row[0])).toEqual(guarded);
    expect(rows[0]?.[1]).toBe('-5');
  },
);

test('Binary values are guarded for a spreadsheet too', async () => {
  expect(await written("SELECT '=1'::BLOB AS b, '-infinity'::DATE AS d", 'csv', true)).toBe(
    "b,d\r\n'=1,-infinity\r\n",
  );
});

test.each<FileFormat>(['csv', 'ndjson'])('What has no end is infinity in %s', async (format) => {
  const days =
    "SELECT '-infinity'::DATE AS d, 'infinity'::TIMESTAMP AS t, 'infinity'::TIMESTAMPTZ AS z";
  const byDatabase = await written(days, format);
  expect(byDatabase).toBe(
    format === 'csv'
      ? 'd,t,z\r\n-infinity,infinity,infinity\r\n'
      : '{"d":"-infinity","t":"infinity","z":"infinity"}\n',
  );
  const rowByRow = await written(`${days}, ['infinity'::DATE] AS l`, format);
  expect(rowByRow).toContain(
    format === 'csv' ? '-infinity,infinity,infinity,"[' : '"l": ["infinity"]',
  );
});

function formulaRows(): string {
  const list = formulas.map((text) => engine.dialect.quoteLiteral(text)).join(', ');
  return `SELECT unnest([${list}]) AS "=t", -5 AS n`;
}

test('Nested values and floating point numbers follow the same rules', async () => {
  const query =
    "SELECT [9007199254740993, 1] AS ids, {'at': TIMESTAMP '2024-10-01 00:00:00', 'x': 1.50::DECIMAL(18,2)} AS s, 0.1::DOUBLE AS f, 'nan'::DOUBLE AS n";
  expect(JSON.parse(await written(query, 'ndjson'))).toEqual({
    ids: ['9007199254740993', 1],
    s: { at: '2024-10-01T00:00:00', x: 1.5 },
    f: 0.1,
    n: 'NaN',
  });
});

test('Parquet keeps types and every digit, of integers of 128 bits too', async () => {
  const path = await written(
    `SELECT *, 170141183460469231731::HUGEINT AS huge FROM (${values})`,
    'parquet',
  );
  const { rows } = await connection.query(`SELECT * FROM read_parquet('${path}')`);
  expect(rows).toEqual([
    [
      '1',
      '12345678901234567890123456789012345.67',
      '2024-10-01',
      '2024-10-01 00:00:00',
      true,
      'plain',
      '170141183460469231731',
    ],
    [
      '9007199254740993',
      '-0.50',
      null,
      '2024-10-01 01:02:03.5',
      false,
      '',
      '170141183460469231731',
    ],
  ]);
  const types = await connection.describe(`SELECT * FROM read_parquet('${path}')`);
  expect(types.map(({ type }) => type)).toEqual([
    'BIGINT',
    'DECIMAL(38,2)',
    'DATE',
    'TIMESTAMP',
    'BOOLEAN',
    'VARCHAR',
    'DECIMAL(38,0)',
  ]);
});

test.each(['csv', 'ndjson', 'parquet'] as const)('No rows give a valid %s file', async (format) => {
  const text = await written('SELECT 1 AS id, 2 AS n LIMIT 0', format);
  if (format === 'csv') expect(text).toBe('id,n\r\n');
  if (format === 'ndjson') expect(text).toBe('');
  if (format === 'parquet')
    expect((await connection.query(`SELECT count(*) FROM read_parquet('${text}')`)).rows).toEqual([
      ['0'],
    ]);
});

test('Rows stand in the order of the table, however many there are', async () => {
  const text = await written('SELECT range AS n FROM range(300000)', 'csv');
  const lines = text.split('\r\n').slice(1, -1);
  expect(lines).toHaveLength(300_000);
  expect(lines.every((line, i) => line === String(i))).toBe(true);
});
