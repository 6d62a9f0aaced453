/** DuckDB itself says how it names the database of a file, and which of them nobody can use. */
import { DuckDBInstance } from '@duckdb/node-api';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { catalogOfFile, whyNoCatalog } from '../src/catalog-of-file.js';

const dir = mkdtempSync(join(tmpdir(), 'techstore-names-'));
afterAll(() => rmSync(dir, { recursive: true }));

const statements = [
  'CREATE SCHEMA gold',
  'CREATE TABLE main.a AS SELECT 1 AS one',
  'CREATE VIEW gold.b AS SELECT one FROM main.a',
  'FROM gold.b',
];

/** Name of the file's database, and whether tables of its schema `main` can be made and read as everybody writes them. */
async function asDuckDB(path: string): Promise<{ name: string; isUsable: boolean } | null> {
  const instance = await DuckDBInstance.create(path).catch(() => null);
  if (instance === null) return null;
  const connection = await instance.connect();
  const answer = await connection.runAndReadAll('SELECT current_database()');
  let isUsable = true;
  try {
    for (const statement of statements) await connection.run(statement);
  } catch {
    isUsable = false;
  }
  connection.closeSync();
  instance.closeSync();
  return { name: answer.getRows()[0]?.[0] as string, isUsable };
}

test.each([
  ...['temp', 'TEMP', 'Temp', 'system', 'SYSTEM', 'System', 'main', 'MAIN', 'Main'],
  ...['memory', 'MEMORY', 'local', 'information_schema', 'pg_catalog', 'shop.eu', 'shop', '.shop'],
])('%s.duckdb', async (base) => {
  const path = join(dir, `${base}.duckdb`);
  const duckdb = await asDuckDB(path);

  if (duckdb !== null) expect(catalogOfFile(path)).toBe(duckdb.name);
  expect(whyNoCatalog(path) === null).toBe(duckdb?.isUsable ?? false);
});
