/** A database in memory and a folder of its own for each test that asks for them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll } from 'vitest';
import { parseColumns } from '../../src/sources/column-type.js';
import { readExactCsv } from '../../src/sources/exact-csv.js';
import { FaultList, formatFault } from '../../src/sources/fault.js';
import {
  loadCsv,
  type SourceColumn,
  type SourceDatabase,
  SourceFaultsError,
} from '../../src/sources/index.js';

export interface Shop {
  readonly db: SourceDatabase;
  readonly dir: string;
  /** All statements that were run, for tests of which way was taken. */
  readonly statements: string[];
  /** Writes a file into the folder and gives its path. */
  write(name: string, content: string | Uint8Array): Promise<string>;
  /** A table's rows in the order of loading, every value as text. */
  table(relation: string): Promise<unknown[][]>;
}

/** Opens a shop before the tests of a file and closes it after them. */
export function openShop(): Shop {
  let instance: DuckDBInstance | undefined;
  const shop: { -readonly [K in keyof Shop]: Shop[K] } = {
    db: { run: () => Promise.reject(new Error('closed')), rows: () => Promise.resolve([]) },
    dir: '',
    statements: [],
    write: async (name, content) => {
      const path = join(shop.dir, name);
      await writeFile(path, content);
      return path;
    },
    table: async (relation) => {
      // In hex, because the driver loses a byte order mark at the start of a text.
      const rows = await shop.db.rows(
        `select hex(encode(columns(*)::varchar)) from ${relation} order by rowid`,
      );
      const text = (cell: unknown) =>
        typeof cell === 'string' ? Buffer.from(cell, 'hex').toString() : null;
      return rows.map((row) => row.map(text));
    },
  };
  beforeAll(async () => {
    shop.dir = await mkdtemp(join(tmpdir(), 'techstore-test-'));
    instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    shop.db = {
      run: async (sql) => {
        shop.statements.push(sql);
        await connection.run(sql);
      },
      rows: async (sql) => (await connection.runAndReadAll(sql)).getRowsJson(),
    };
  });
  afterAll(async () => {
    instance?.closeSync();
    await rm(shop.dir, { recursive: true, force: true });
  });
  return shop;
}

/** `id BIGINT, name TEXT` as columns. */
export function columnsOf(list: string): SourceColumn[] {
  return list.split(/, (?=\w+ )/).map((column) => {
    const [name = '', type = ''] = column.split(' ');
    return { name, type };
  });
}

/** What a file becomes: its rows, or its faults as they are shown and their count. */
export type Outcome =
  | { readonly rows: readonly (readonly unknown[])[] }
  | { readonly faults: readonly string[]; readonly count: number };

/** Reads with the exact reader alone. */
export async function readAlone(path: string, columns: readonly SourceColumn[]): Promise<Outcome> {
  const faults = new FaultList();
  const rows: (readonly (string | null)[])[] = [];
  const count = await readExactCsv({
    path,
    file: 'shop.csv',
    columns: parseColumns('shop', columns),
    faults,
    onRow: (row) => rows.push(row),
  });
  if (faults.count > 0) return { faults: faults.first.map(formatFault), count: faults.count };
  return count === rows.length ? { rows } : { faults: ['rows are lost'], count };
}

/** Reads as users do: whichever way is taken. */
export async function readLoaded(
  shop: Shop,
  path: string,
  columns: readonly SourceColumn[],
): Promise<Outcome> {
  try {
    await loadCsv(shop.db, { path, columns, relation: 'loaded', file: 'shop.csv' });
  } catch (error) {
    if (!(error instanceof SourceFaultsError)) throw error;
    return { faults: error.faults.map(formatFault), count: error.count };
  }
  return { rows: await shop.table('loaded') };
}
