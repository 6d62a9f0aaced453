/** What is in the tables of a DuckDB file, whatever the order of their rows. */
import { existsSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

/**
 * @param {string} path of the file, or of the one that a failed build left beside it
 * @param {readonly string[]} names `schema.table`
 * @returns {Promise<Map<string, string>>} number and hash of the rows by name; tables that are not there have none
 */
export async function tablesOf(path, names) {
  const found = new Map();
  if (!existsSync(path)) return found;
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  for (const name of names) {
    const quoted = name
      .split('.')
      .map((part) => `"${part.replaceAll('"', '""')}"`)
      .join('.');
    try {
      const reader = await connection.runAndReadAll(
        `select count(*), bit_xor(md5_number(rows::text)) from ${quoted} as rows`,
      );
      const [count, hash] = reader.getRows()[0] ?? [];
      found.set(name, `${count} rows (${String(hash).slice(0, 8)})`);
    } catch (error) {
      if (!/does not exist/.test(String(error))) throw error;
    }
  }
  connection.closeSync();
  instance.closeSync();
  return found;
}
