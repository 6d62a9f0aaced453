/** What is in the tables of a DuckDB file, whatever the order of their rows. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/**
 * @param {string} path of the file; where a build failed there is only the one that it left in the folder beside it
 * @param {readonly string[]} names `schema.table`
 * @returns {Promise<Map<string, string>>} number and hash of the rows by name; tables that are not there have none
 */
export async function tablesOf(path, names) {
  const found = new Map();
  const file = existsSync(path) ? path : keptBeside(path);
  if (file === undefined) return found;
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  // Views name the database, whatever its file is called.
  const database = basename(path, '.duckdb');
  await connection.run(`attach '${file.replaceAll("'", "''")}' as "${database}" (read_only)`);
  await connection.run(`use "${database}"`);
  for (const name of names) {
    const quoted = name
      .split('.')
      .map((part) => `"${part.replaceAll('"', '""')}"`)
      .join('.');
    try {
      const reader = await connection.runAndReadAll(
        `select count(*), sum((md5_number(rows::text) % 1000000007)::bigint) from ${quoted} as rows`,
      );
      const [count, hash] = reader.getRows()[0] ?? [];
      found.set(name, `${count} rows (${String(hash)})`);
    } catch (error) {
      // A view that fails is as good as its message; what is not there has none.
      if (!/does not exist/.test(String(error))) found.set(name, String(error).split('\n')[0]);
    }
  }
  connection.closeSync();
  instance.closeSync();
  return found;
}

/** @param {string} path */
function keptBeside(path) {
  const folder = path.replace(/\.duckdb$/, '.builds');
  if (!existsSync(folder)) return undefined;
  const name = readdirSync(folder)
    .filter((file) => /^\d.*\.duckdb$/.test(file))
    .sort()
    .at(-1);
  return name === undefined ? undefined : join(folder, name);
}
