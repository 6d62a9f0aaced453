/** The files that SQL reads itself: `read_csv('…')`, `from 'orders.parquet'`. */
import { statSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import type { DuckDBEngine } from '../../engine/duckdb/index.js';
import type { Connection } from '../../engine/engine.js';

const readers =
  /\b(?:read_\w+|parquet_\w+|sniff_csv|glob|st_read\w*|\w+_scan|iceberg_\w+|delta_\w+)\s*\(/i;
const fromText = /\b(?:from|join)\s*'/i;
/** DuckDB writes an apostrophe in a text twice. */
const text = /'((?:[^']|'')*)'/g;
const remote = /^(?:[a-z][a-z0-9+.-]+):\/\//i;

/** True if the text may read files. */
export function readsFiles(sql: string): boolean {
  return readers.test(sql) || fromText.test(sql);
}

/** Looks up the files. Opens a DuckDB in memory for the first pattern; close it. */
export class FilesInSql {
  readonly #root: string;
  #engine: DuckDBEngine | null = null;
  #connection: Connection | null = null;

  /** @param root where relative paths start */
  constructor(root: string) {
    this.#root = root;
  }

  /**
   * Equal as long as the files that the SQL names are the same, by size and time of their last change.
   * Null where nobody knows which files it reads, or what they hold.
   */
  async marksOf(sql: string): Promise<readonly string[] | null> {
    if (!readsFiles(sql)) return [];
    const texts = [...sql.matchAll(text)].map(([, inner = '']) => inner.replaceAll("''", "'"));
    const marks: string[] = [];
    for (const name of texts) {
      if (remote.test(name)) return null;
      // What is no path is found nowhere, and is part of the SQL anyhow.
      for (const path of await this.#expand(name)) marks.push(markOf(path));
    }
    return marks.length === 0 ? null : marks;
  }

  async close(): Promise<void> {
    await this.#engine?.close();
    this.#engine = null;
    this.#connection = null;
  }

  async #expand(name: string): Promise<readonly string[]> {
    if (name === '' || name.includes('\0')) return [];
    const path = isAbsolute(name) ? name : resolve(this.#root, name);
    if (!/[*?[{]/.test(name)) return [path];
    const { openDuckDB } = await import('../../engine/duckdb/index.js');
    this.#engine ??= await openDuckDB({ path: null });
    this.#connection ??= await this.#engine.connect();
    try {
      const { rows } = await this.#connection.query('SELECT file FROM glob($1) ORDER BY file', [
        path,
      ]);
      return rows.map(([file]) => file as string);
    } catch {
      return [];
    }
  }
}

/** The path alone where nothing is there. */
function markOf(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (stat?.isFile() !== true) return path;
  return `${path} ${stat.size} ${stat.mtimeNs}`;
}
