/** The files that views of a database read: what a reader of it may open, and nothing else. */
import { dirname, isAbsolute, resolve } from 'node:path';
import type { Connection } from '../engine.js';
import { dialect } from './dialect.js';

const text = /'((?:[^']|'')*)'/g;
const reads = /\b(?:read_\w+|parquet_\w+|glob|\w+_scan)\s*\(|\b(?:from|join)\s*\(?\s*'/i;

/**
 * @param root where relative paths start
 * @returns a statement that allows them; null where no view reads files
 */
export async function allowFilesOfViews(
  connection: Connection,
  root: string,
): Promise<string | null> {
  const { rows } = await connection.query(
    'SELECT sql FROM duckdb_views() WHERE NOT internal UNION ALL ' +
      "SELECT macro_definition FROM duckdb_functions() WHERE NOT internal AND function_type = 'table_macro'",
  );
  const paths = new Set<string>();
  const folders = new Set<string>();
  for (const [sql] of rows) {
    if (typeof sql !== 'string' || !reads.test(sql)) continue;
    for (const [, inner = ''] of sql.matchAll(text)) {
      const name = inner.replaceAll("''", "'");
      if (!/[./\\]/.test(name) || name.includes('\0')) continue;
      const fixed = name.replace(/[^/\\]*[*?[{].*$/s, '');
      // Of a folder with many files, those in it; the project's own folder is never opened as a whole.
      if (fixed === name)
        for (const form of [name, resolve(root, name)]) {
          paths.add(form);
          // DuckDB looks whether it is a folder before it looks in the search path.
          folders.add(`${form}/`);
        }
      else if (fixed !== '')
        for (const form of [fixed, resolve(root, fixed)])
          folders.add(isAbsolute(form) ? form : `${dirname(`${form}x`)}/`);
    }
  }
  const list = (names: ReadonlySet<string>): string =>
    `[${[...names].map(dialect.quoteLiteral).join(', ')}]`;
  const statements = [
    ...(paths.size > 0 ? [`SET allowed_paths = ${list(paths)}`] : []),
    ...(folders.size > 0 ? [`SET allowed_directories = ${list(folders)}`] : []),
  ];
  return statements.length === 0 ? null : statements.join('; ');
}
