import { dialect } from '../engine/duckdb/dialect.js';

/**
 * What the source reader needs of a database connection: nothing but SQL text.
 * `src/engine` has the connection; this folder never imports a driver.
 */
export interface SourceDatabase {
  /** Runs one statement. Rejects with the database's own error. */
  run(sql: string): Promise<void>;
  /** Runs one query and gives all of its rows, each as an array of its cells. */
  rows(sql: string): Promise<readonly (readonly unknown[])[]>;
  /** Throws the error of an interrupt when the user asked to stop: called for each part of a file. */
  checkInterrupt?(): void;
}

/** The source reader is DuckDB's, whatever engine the tables are loaded into afterwards. */
export const { quoteIdentifier, quoteLiteral } = dialect;

/**
 * A path as the literal that DuckDB's file functions read. They take it for a
 * glob pattern, so a folder called `data[1]` needs its bracket escaped.
 */
export function quotePath(path: string): string {
  return quoteLiteral(path.replace(/[*?[]/g, (character) => `[${character}]`));
}

/** Drops what a load may have left. That it can't be dropped must not hide why the load failed. */
export async function dropTable(db: SourceDatabase, relation: string): Promise<void> {
  await db.run(`drop table if exists ${relation}`).catch(() => undefined);
}
