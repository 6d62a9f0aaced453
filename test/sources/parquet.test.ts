import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TechstoreError } from '../../src/errors.js';
import { loadSources, SourceFaultsError } from '../../src/sources/index.js';
import { columnsOf, openShop } from './shop.js';

const shop = openShop();

/** Loads a Parquet file of what a query gives; the faults as they are shown, or the rows. */
async function load(query: string, columns: string): Promise<readonly unknown[]> {
  await shop.db.run(`copy (${query}) to '${join(shop.dir, 'items.parquet')}' (format parquet)`);
  return loadFile(columns);
}

async function loadFile(columns: string): Promise<readonly unknown[]> {
  const tables = [{ name: 'items', columns: columnsOf(columns), relation: 'items' }];
  try {
    await loadSources(shop.db, { dir: shop.dir, tables });
  } catch (error) {
    if (!(error instanceof SourceFaultsError)) throw error;
    return error.message.split('\n');
  }
  return shop.table('items');
}

describe('Columns of another type whose values do not change', () => {
  test.for([
    ['7::integer', 'BIGINT', '7'],
    ['7::hugeint', 'BIGINT', '7'],
    ['7::utinyint', 'SMALLINT', '7'],
    ['7.0::double', 'BIGINT', '7'],
    ['12.5::double', 'DECIMAL(18,2)', '12.50'],
    ['0.1::double', 'DECIMAL(18,2)', '0.10'],
    ['0.1::float', 'DECIMAL(18,2)', '0.10'],
    ['12.5000::decimal(18,4)', 'DECIMAL(18,2)', '12.50'],
    ['12::bigint', 'DECIMAL(18,2)', '12.00'],
    ['12::bigint', 'DOUBLE', '12.0'],
    ["'12.5'", 'DECIMAL(18,2)', '12.50'],
    ["'007'", 'BIGINT', '7'],
    ["'TRUE'", 'BOOLEAN', 'true'],
    ["'2024-01-02'", 'DATE', '2024-01-02'],
    ["'2024-01-02T10:00+02:00'", 'TIMESTAMP', '2024-01-02 08:00:00'],
    ["'2024-01-02'", 'TIMESTAMP', '2024-01-02 00:00:00'],
    ["date '2024-01-02'", 'TIMESTAMP', '2024-01-02 00:00:00'],
    ["timestamp '2024-01-02 00:00:00'", 'DATE', '2024-01-02'],
    ["timestamptz '2024-01-02 10:00:00+02'", 'TIMESTAMP', '2024-01-02 08:00:00'],
    ["timestamp_ms '2024-01-02 10:00:00.5'", 'TIMESTAMP', '2024-01-02 10:00:00.5'],
    ["timestamp_ns '2024-01-02 10:00:00.123456'", 'TIMESTAMP', '2024-01-02 10:00:00.123456'],
    ['7::bigint', 'TEXT', '7'],
    ["''", 'TEXT', ''],
    ["'\\xC3\\xA9'::blob", 'TEXT', 'é'],
    ['1', 'BOOLEAN', 'true'],
    ['true', 'BIGINT', '1'],
    ['null::integer', 'BIGINT', null],
    ['null::varchar', 'TIMESTAMP', null],
  ] as const)('Read %s as %s', async ([value, type, text]) => {
    expect(await load(`select ${value} as v`, `v ${type}`)).toEqual([[text]]);
  });

  test('Read a time with a zone as UTC, whatever the zone of the session', async () => {
    await shop.db.run("set timezone = 'America/New_York'").catch(() => undefined);
    const read = await load("select timestamptz '2024-01-02 10:00:00+00' as v", 'v TIMESTAMP');
    await shop.db.run('reset timezone').catch(() => undefined);
    expect(read).toEqual([['2024-01-02 10:00:00']]);
  });
});

describe('Values that would change', () => {
  test.for([
    ['5.6::double', 'BIGINT', '5.6" cannot be read as BIGINT without a change'],
    ['1.005::double', 'DECIMAL(18,2)', '1.005" cannot be read as DECIMAL(18,2) without a change'],
    [
      '1.005::decimal(18,3)',
      'DECIMAL(18,2)',
      '1.005" cannot be read as DECIMAL(18,2) without a change',
    ],
    ["'nan'::double", 'DECIMAL(18,2)', 'nan" cannot be read as DECIMAL(18,2) without a change'],
    ['40000::bigint', 'SMALLINT', '40000" cannot be read as SMALLINT without a change'],
    [
      '9007199254740993::bigint',
      'DOUBLE',
      '9007199254740993" cannot be read as DOUBLE without a change',
    ],
    [
      "timestamp '2024-01-02 10:00:00'",
      'DATE',
      '2024-01-02 10:00:00" cannot be read as DATE without a change',
    ],
    [
      "timestamp_ns '2024-01-02 10:00:00.123456789'",
      'TIMESTAMP',
      '2024-01-02 10:00:00.123456789" cannot be read as TIMESTAMP without a change',
    ],
    ["'\\xE9'::blob", 'TEXT', '\\xE9" is not text in UTF-8'],
    ['2', 'BOOLEAN', '2" cannot be read as BOOLEAN without a change'],
    ["'0x10'", 'BIGINT', '0x10" is not a BIGINT (an optional sign and digits)'],
    ["''", 'BIGINT', '" is not a BIGINT (an optional sign and digits)'],
    ["' 5'", 'BIGINT', ' 5" is not a BIGINT (an optional sign and digits)'],
    [
      "'9223372036854775808'",
      'BIGINT',
      '9223372036854775808" is not a BIGINT (an optional sign and digits)',
    ],
    ["'t'", 'BOOLEAN', 't" is not a BOOLEAN (true or false)'],
    ["'2023-02-29'", 'DATE', '2023-02-29" is not a DATE (YYYY-MM-DD)'],
    ["'0000-01-01'", 'DATE', '0000-01-01" is not a DATE (YYYY-MM-DD)'],
    ["'2023-02-29 10:00'", 'TIMESTAMP', '2023-02-29 10:00" is not a TIMESTAMP'],
    ["'0001-01-01T00:00+01:00'", 'TIMESTAMP', '0001-01-01T00:00+01:00" is not a TIMESTAMP'],
    ["'1e400'", 'DOUBLE', '1e400" is not a DOUBLE'],
  ] as const)('Refuse %s as %s', async ([value, type, message]) => {
    const [fault] = await load(`select ${value} as v`, `v ${type}`);
    expect(fault).toContain(`items.parquet: row 1: column v: "${message}`);
  });

  test('Name rows in their order, the first ten and the count', async () => {
    const query =
      'select i + 0.5 * (i % 2) as a, 1.0 + 0.001 * (i % 3) as b from range(1, 100001) t(i)';
    const lines = await load(query, 'a BIGINT, b DECIMAL(18,2)');
    expect(lines).toHaveLength(11);
    expect(lines.slice(0, 3)).toEqual([
      'items.parquet: row 1: column a: "1.5" cannot be read as BIGINT without a change',
      'items.parquet: row 1: column b: "1.001" cannot be read as DECIMAL(18,2) without a change',
      'items.parquet: row 2: column b: "1.002" cannot be read as DECIMAL(18,2) without a change',
    ]);
    expect(lines[10]).toBe('… and 116657 more errors');
  });
});

describe('Columns that are wrong as a whole', () => {
  test('Name missing and unknown columns', async () => {
    expect(await load('select 1 as id, 2 as extra', 'id BIGINT, name TEXT')).toEqual([
      'items.parquet: column extra: is not a column of the table',
      'items.parquet: column name: is missing',
    ]);
  });

  test.for([
    ['[1, 2]', 'TEXT', 'INTEGER[]'],
    ["'7'::blob", 'BIGINT', 'BLOB'],
    ['7', 'DATE', 'INTEGER'],
    ['true', 'DATE', 'BOOLEAN'],
    ["time '10:00:00'", 'TIMESTAMP', 'TIME'],
  ] as const)('Refuse %s as %s', async ([value, type, has]) => {
    const [fault] = await load(`select ${value} as v`, `v ${type}`);
    const sql = type === 'TEXT' ? 'VARCHAR' : type;
    expect(fault).toBe(
      `items.parquet: column v: has the type ${has} in the file, which cannot be read as ${sql}`,
    );
  });
});

describe('Files that are no Parquet', () => {
  test.for([
    ['empty', ''],
    ['text', 'id,name\n1,a\n'],
    ['only the first and last bytes of one', 'PAR1PAR1'],
    ['a footer of garbage', `PAR1${'x'.repeat(40)}\x20\0\0\0PAR1`],
  ])('Refuse a file that is %s', async ([, content = '']) => {
    await shop.write('items.parquet', content);
    const [fault] = await loadFile('id BIGINT');
    expect(fault).toMatch(/^items\.parquet: cannot be read as Parquet \(/);
    expect(fault).not.toContain(shop.dir);
  });

  test('Refuse a file whose data are damaged', async () => {
    await shop.db.run(
      `copy (select i::bigint as id, md5(i::varchar) as name from range(50000) t(i)) to '${join(shop.dir, 'items.parquet')}' (format parquet, compression zstd)`,
    );
    const { readFile } = await import('node:fs/promises');
    const bytes = await readFile(join(shop.dir, 'items.parquet'));
    bytes.fill(0xff, 1000, 200_000);
    await shop.write('items.parquet', bytes);
    const [fault] = await loadFile('id BIGINT, name TEXT');
    expect(fault).toMatch(/^items\.parquet: cannot be read as Parquet \(/);
  });

  test("Pass on a failure that is not the file's", async () => {
    await shop.db.run(`copy (select 1::bigint as id) to '${join(shop.dir, 'items.parquet')}'`);
    const tables = [{ name: 'items', columns: columnsOf('id BIGINT'), relation: 'nowhere.items' }];
    const loading = loadSources(shop.db, { dir: shop.dir, tables });
    await expect(loading).rejects.toThrow(/Catalog Error/);
    await expect(loading).rejects.not.toBeInstanceOf(TechstoreError);
  });
});
