import { chmod, mkdir, mkdtemp } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkFolder, loadCsv, loadSources, SourceFaultsError } from '../../src/sources/index.js';
import { columnsOf, openShop } from './shop.js';

const shop = openShop();

const tables = [
  { name: 'customers', columns: columnsOf('id BIGINT, name TEXT'), relation: 'customers' },
  {
    name: 'orders',
    columns: columnsOf('id BIGINT, total DECIMAL(18,2)'),
    relation: '"main"."orders"',
  },
];

/** A new folder inside the shop's, so that no test sees another's files. */
async function folder(files: Readonly<Record<string, string>>): Promise<string> {
  const dir = await mkdtemp(join(shop.dir, 'sources[1] k=v '));
  for (const [name, content] of Object.entries(files)) {
    await shop.write(join(dir.slice(shop.dir.length), name), content);
  }
  return dir;
}

async function faultsOf(dir: string): Promise<SourceFaultsError> {
  const error: unknown = await loadSources(shop.db, { dir, tables }).catch((e: unknown) => e);
  if (!(error instanceof SourceFaultsError)) throw error;
  return error;
}

async function tableCount(): Promise<unknown> {
  return (await shop.db.rows('select table_name from information_schema.tables')).length;
}

describe('A folder that is right', () => {
  test('Load CSV and Parquet side by side, with the declared types', async () => {
    const dir = await folder({ 'customers.csv': 'name,id\nAna,1\nBob,2\n' });
    await shop.db.run(
      `copy (select 12.5::double as total, 7::integer as id) to '${join(dir, 'orders.parquet')}'`,
    );
    expect(await loadSources(shop.db, { dir, tables })).toEqual([
      { name: 'customers', file: 'customers.csv', rows: 2 },
      { name: 'orders', file: 'orders.parquet', rows: 1 },
    ]);
    expect(await shop.table('customers')).toEqual([
      ['1', 'Ana'],
      ['2', 'Bob'],
    ]);
    expect(await shop.table('orders')).toEqual([['7', '12.50']]);
    const described = await shop.db.rows('describe orders');
    expect(described.map(([name, type]) => [name, type])).toEqual([
      ['id', 'BIGINT'],
      ['total', 'DECIMAL(18,2)'],
    ]);
  });

  test('Replace tables that are there, and create one from a header alone', async () => {
    const dir = await folder({ 'customers.csv': 'id,name\n', 'orders.csv': 'id,total\n1,2\n' });
    expect(await loadSources(shop.db, { dir, tables })).toMatchObject([{ rows: 0 }, { rows: 1 }]);
    expect(await shop.table('customers')).toEqual([]);
  });
});

describe('A folder that is wrong', () => {
  test('Count over all files in their order, show the first ten, leave no table', async () => {
    const lines = Array.from({ length: 8 }, (_, i) => `c${i},a\n`).join('');
    const dir = await folder({
      'customers.csv': `id,name\n${lines}`,
      'orders.csv': `id,total\n1,1.005\n2,2\nx,y\n3,1e2\n`,
    });
    const error = await faultsOf(dir);
    expect(error.count).toBe(12);
    expect(error.message.split('\n').slice(7)).toEqual([
      'customers.csv:9: column id: "c7" is not a BIGINT (an optional sign and digits)',
      'orders.csv:2: column total: "1.005" is not a DECIMAL(18,2) (an optional sign, digits, and optionally a point and at most 2 digits)',
      'orders.csv:4: column id: "x" is not a BIGINT (an optional sign and digits)',
      '… and 2 more errors',
    ]);
    expect(await tableCount()).toBe(0);
  });

  test('Leave no table when the last file is wrong', async () => {
    const dir = await folder({
      'customers.csv': 'id,name\n1,a\n',
      'orders.csv': 'id,total\n1,x\n',
    });
    expect((await faultsOf(dir)).count).toBe(1);
    expect(await tableCount()).toBe(0);
  });

  test('Go on to the other files after a missing one', async () => {
    const dir = await folder({ 'orders.csv': 'id,total\n1,x\n', 'Customers.csv': 'id,name\n' });
    expect((await faultsOf(dir)).faults).toMatchObject([
      {
        file: 'customers.csv',
        problem:
          'the file is missing, and so is customers.parquet (names are exact: there is Customers.csv)',
      },
      { file: 'orders.csv', line: 2 },
    ]);
  });

  test('Keep as many faults as are asked for', async () => {
    const dir = await folder({
      'customers.csv': 'id,name\nx,\ny,\nz,\n',
      'orders.csv': 'id,total\n',
    });
    const loading = loadSources(shop.db, { dir, tables, limit: 1 });
    await expect(loading).rejects.toThrow(/^customers.csv:2: .*\n… and 2 more errors$/);
  });

  test('Refuse a folder that does not exist, with what to do', async () => {
    await expect(loadSources(shop.db, { dir: '/nowhere', tables })).rejects.toMatchObject({
      code: 'source',
      exitCode: 2,
      message: 'The folder of source files /nowhere does not exist.',
      hint: 'Pass a folder that holds a CSV or Parquet file for each table.',
    });
  });

  test('Refuse a file in place of a folder', async () => {
    const path = await shop.write('customers.csv', 'id,name\n');
    await expect(checkFolder(path, [])).rejects.toThrow('is not a folder');
  });
});

describe('What a folder holds', () => {
  test('Find the file of each table and warn of the others', async () => {
    const dir = await folder({
      'customers.csv': '',
      'orders.parquet': '',
      'order_itms.csv': '',
      'notes.txt': '',
    });
    expect(await checkFolder(dir, ['customers', 'orders'])).toEqual({
      files: [
        {
          table: 'customers',
          file: 'customers.csv',
          path: join(dir, 'customers.csv'),
          format: 'csv',
        },
        {
          table: 'orders',
          file: 'orders.parquet',
          path: join(dir, 'orders.parquet'),
          format: 'parquet',
        },
      ],
      faults: [],
      warnings: [`order_itms.csv in ${dir} is ignored: no source table has its name.`],
    });
  });

  test('Refuse two files for one table, and a folder that has the name of a file', async () => {
    const dir = await folder({ 'customers.csv': '', 'customers.parquet': '' });
    await mkdir(join(dir, 'orders.csv'));
    expect((await checkFolder(dir, ['customers', 'orders'])).faults).toEqual([
      {
        table: 'customers',
        file: 'customers.csv',
        problem: 'customers.parquet exists too; keep one of the two',
      },
      { table: 'orders', file: 'orders.csv', problem: 'is not a file' },
    ]);
  });

  test('Refuse a file that may not be read', async () => {
    const dir = await folder({ 'customers.csv': '' });
    await chmod(dirname(dir), 0o755);
    await chmod(dir, 0o755);
    await chmod(join(dir, 'customers.csv'), 0);
    // Root may read everything, so it looks as somebody else.
    const isRoot = process.getuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    try {
      expect((await checkFolder(dir, ['customers'])).faults).toMatchObject([
        { problem: 'the file cannot be read (EACCES)' },
      ]);
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });
});

describe('A single file', () => {
  const columns = columnsOf('id BIGINT, name TEXT');

  test('Load a seed under the name that is given for messages', async () => {
    const path = await shop.write('seed.csv', 'id,name\n1,Ana\n');
    expect(await loadCsv(shop.db, { path, columns, relation: 'seed' })).toBe(1);
    const wrong = await shop.write('seed.csv', 'id,name\n1.0,Ana\n');
    const loading = loadCsv(shop.db, {
      path: wrong,
      columns,
      relation: 'seed',
      file: 'seeds/seed.csv',
    });
    await expect(loading).rejects.toThrow('seeds/seed.csv:2: column id: "1.0"');
    await expect(shop.table('seed')).rejects.toThrow('does not exist');
  });

  test('Say that the file is missing', async () => {
    const loading = loadCsv(shop.db, { path: '/nowhere/seed.csv', columns, relation: 'seed' });
    await expect(loading).rejects.toThrow('seed.csv: the file is missing');
  });

  test("Pass on a failure that is not the file's", async () => {
    const path = await shop.write('seed.csv', 'id,name\n1,Ana\n');
    const loading = loadCsv(shop.db, { path, columns, relation: 'nowhere.seed' });
    await expect(loading).rejects.toThrow(/Catalog Error/);
  });
});
