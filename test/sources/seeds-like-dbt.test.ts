/** Seeds as real dbt loads them: fixtures/seeds/expected.py makes what is expected, `npm run test:dbt` checks it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadSeed, type LoadedSeed } from '../../src/sources/index.js';
import { openShop } from './shop.js';

interface Case {
  readonly text: string;
  readonly delimiter?: string;
  readonly column_types?: Readonly<Record<string, string>>;
}

interface Table {
  readonly columns: readonly (readonly [string, string])[];
  readonly rows: readonly (readonly (string | null)[])[];
}

const read = (file: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/seeds', file), 'utf8'));
const cases = read('cases.json') as Record<string, Case>;
const expected = read('expected.json') as Record<string, Table | 'refused'>;

const shop = openShop();

async function load(given: Case): Promise<LoadedSeed> {
  return loadSeed(shop.db, {
    path: await shop.write('seed.csv', given.text),
    file: 'seeds/seed.csv',
    name: 'seed',
    relation: 'loaded',
    delimiter: given.delimiter ?? ',',
    columnTypes: new Map(Object.entries(given.column_types ?? {})),
    unknownTypes: 'refuse',
  });
}

async function table(): Promise<Table> {
  const described = await shop.db.rows('describe loaded');
  const columns = described.map(([name, type]) => [String(name), String(type)] as const);
  await shop.db.run("set timezone = 'UTC'");
  const rows = (await shop.db.rows(
    `select columns(*)::varchar from loaded order by rowid`,
  )) as Table['rows'];
  return { columns, rows };
}

/** What dbt refuses and this program need not: whole numbers of more than 32 bits, names with quotes. */
const wider: Readonly<Record<string, Table>> = {
  epoch_ms: {
    columns: [
      ['k', 'INTEGER'],
      ['v', 'BIGINT'],
    ],
    rows: [
      ['0', '1577836800000'],
      ['1', '1577923200000'],
    ],
  },
  header_quotes: {
    columns: [
      ['a "b"', 'INTEGER'],
      ['c', 'INTEGER'],
    ],
    rows: [['1', '2']],
  },
};

/** Behind an empty first line dbt passes over the header and calls the columns a, b, c. */
const refused = new Set(['blank_first']);

test.each(Object.keys(cases))('%s', async (name) => {
  const right = wider[name] ?? expected[name];
  const given = cases[name]!;
  if (right === 'refused' || refused.has(name)) {
    await expect(load(given)).rejects.toThrow(/seed/);
    await expect(shop.db.rows('from loaded')).rejects.toThrow(/does not exist/);
  } else {
    await load(given);
    expect(await table()).toEqual(right);
  }
});

const column = (...values: string[]): Case => ({ text: `v\n${values.join('\n')}\n` });

test.each<[string, Case, string]>([
  ['beyond 32 bits', column('2147483648', '1'), 'BIGINT'],
  ['beyond 32 bits below zero', column('-2147483649', '1'), 'BIGINT'],
  ['at the edge of 64 bits', column('9223372036854775807', '-9223372036854775808'), 'BIGINT'],
  ['beyond 64 bits', column('9223372036854775808', '1'), 'HUGEINT'],
  ['beyond 64 bits below zero', column('-9223372036854775809', '1'), 'HUGEINT'],
  ['of 20 digits', column('10000000000000000001', '10000000000000000002'), 'HUGEINT'],
  ['of 30 digits', column('100000000000000000000000000001', '1'), 'HUGEINT'],
  ['of 38 digits', column('9'.repeat(38), `-${'9'.repeat(38)}`), 'HUGEINT'],
  ['of 39 digits', column('1'.repeat(39), '1'.repeat(38) + '2'), 'VARCHAR'],
  ['of 60 digits', column('1'.repeat(60), '1'.repeat(59) + '2'), 'VARCHAR'],
])('Whole numbers %s are never rounded', async (_name, given, type) => {
  const { warnings } = await load(given);
  expect(await table()).toEqual({
    columns: [['v', type]],
    rows: given.text
      .split('\n')
      .slice(1, -1)
      .map((value) => [value]),
  });
  expect(warnings).toEqual([]);
});

test.each<[string, Case, string]>([
  [
    'numbers that a double does not keep',
    column('12345678901234567.89', '1.5'),
    'column v: 1 value has more digits than a double holds and is rounded; set a wider type, or varchar, in column_types.',
  ],
  [
    'fractions in a column of whole numbers',
    { ...column('5.6', '1', '2.0'), column_types: { v: 'bigint' } },
    'column v: 1 value has more digits than bigint holds and is rounded; set a wider type, or varchar, in column_types.',
  ],
  [
    'digits beyond those of a decimal',
    { ...column('1.005', '2.344', '3.10'), column_types: { v: 'numeric(10, 2)' } },
    'column v: 2 values have more digits than numeric(10, 2) holds and are rounded; set a wider type, or varchar, in column_types.',
  ],
  [
    'a type for a column that is not there',
    { ...column('1'), column_types: { V: 'varchar' } },
    'column_types names the column V, which the file does not have (names are exact: v).',
  ],
  [
    'two columns of one name',
    { text: 'a,a\n1,2\n' },
    'two columns have the name a; its name is now a_2.',
  ],
  [
    'a quote that is never closed',
    { text: 'a,b\n1,"x\n2,y\n' },
    'the file has 1 record, but the table has 2 rows. DuckDB reads the quotes differently. Quote each value that contains a quote, and double that quote.',
  ],
  [
    'a column without a name',
    { text: 'a,,c\n1,2,3\n' },
    'column 2 has no name; its name is now b.',
  ],
])('A warning tells of %s', async (_name, given, warning) => {
  const { warnings } = await load(given);
  expect(warnings).toEqual([`seeds/seed.csv: ${warning}`]);
});

test.each<[string, Case, string]>([
  [
    'a value that is not of the type',
    { text: 'a,b\n1,x\n2,y\n3,z\n', column_types: { b: 'date' } },
    'seeds/seed.csv:2: column b: "x" is not a value of the type DATE (column_types can set another type)',
  ],
  [
    'a record with too few fields',
    { text: 'a,b\n1,2\n3\n' },
    'seeds/seed.csv:3: the record has 1 field, the header has 2',
  ],
  [
    'a record with too many fields',
    { text: 'a,b\n1,2\n3,4,5\n' },
    'seeds/seed.csv:3: the record has 3 fields, the header has 2',
  ],
  [
    'a type that DuckDB does not have',
    { text: 'a,b\n1,2\n', column_types: { a: 'varchar(3)', b: 'varchr(3)' } },
    'The seed seed gives its column b the type varchr(3), which DuckDB does not have',
  ],
  [
    'a delimiter of two characters',
    { text: 'a||b\n1||2\n', delimiter: '||' },
    'The seed seed has the delimiter "||". A delimiter must be one character, and neither a quote nor a line break',
  ],
  ['a file without a header', { text: '' }, 'seeds/seed.csv:1: the file has no header'],
])('An error names the place of %s', async (_name, given, message) => {
  await expect(load(given)).rejects.toThrow(message);
});

test('Records that DuckDB alone splits are read whole', async () => {
  // By itself it takes the apostrophe for the quote, and gives 32 rows.
  const { rows } = await load({ text: `a,b\n${'1,x\n'.repeat(30)}"b,'b'\n",\n` });
  expect(rows).toBe(31);
  expect((await table()).rows[30]).toEqual(["b,'b'\n", null]);
});

test('Bytes that are not UTF-8 are told', async () => {
  const path = await shop.write('bytes.csv', Buffer.from([0x61, 0x0a, 0xe9, 0x0a]));
  const seed = { path, file: 'bytes.csv', name: 's', relation: 'loaded', delimiter: ',' };
  await expect(
    loadSeed(shop.db, { ...seed, columnTypes: new Map(), unknownTypes: 'refuse' }),
  ).rejects.toThrow('bytes.csv: is not UTF-8');
});

test('A path with the signs of a pattern is a path, and a large value is read', async () => {
  const text = `a,b\n1,${'x'.repeat(5_000_000)}\n2,y\n`;
  const path = await shop.write('seed[1]*?.csv', text);
  const seed = { path, file: 'seed.csv', name: 's', relation: 'loaded', delimiter: ',' };
  const loaded = await loadSeed(shop.db, {
    ...seed,
    columnTypes: new Map(),
    unknownTypes: 'refuse',
  });
  expect(loaded.rows).toBe(2);
});
