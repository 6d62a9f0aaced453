/** The SQL parser: DuckDB's own, for Databricks behind a translation. It reads a query whole, once. */
import type { Connection } from '../../engine/engine.js';
import { list, nodeOf, type Syntax } from './syntax-tree.js';

/** Raise it when tracing changes: answers that were kept become stale. */
export const tracingVersion = 'scopes 1';

/** SQL that is longer is not read, nor is a tree that is: lineage must not fill the memory. */
const longestSql = 2_000_000;
const longestTree = 48_000_000;

export interface Parser {
  /** `duckdb` or `databricks` */
  readonly dialect: string;
  /** The syntax tree of a query, or null where it cannot be read. Never fails. */
  parse(sql: string): Promise<Syntax | null>;
}

/** @param connection of DuckDB, for whatever dialect */
export function parserOn(connection: Connection, dialect: string): Parser {
  return {
    dialect,
    parse: async (sql) => {
      if (sql.length > longestSql) return null;
      try {
        const readable = dialect === 'databricks' ? await translated(sql) : sql;
        return readable === null ? null : await parsed(connection, readable);
      } catch {
        return null;
      }
    },
  };
}

async function translated(sql: string): Promise<string | null> {
  // Its WebAssembly is 23 MB.
  const { inDuckDBsWords } = await import('./databricks-sql.js');
  return inDuckDBsWords(sql);
}

async function parsed(connection: Connection, sql: string): Promise<Syntax | null> {
  const { rows } = await connection.query(
    `select case when length(tree) <= ${longestTree} then tree end
    from (select json_serialize_sql($1::varchar) as tree)`,
    [sql],
  );
  const tree = rows[0]?.[0];
  if (typeof tree !== 'string') return null;
  const { error, statements } = JSON.parse(tree) as { error?: unknown; statements?: unknown };
  const [only, ...more] = list(statements);
  return error === true || more.length > 0 ? null : (nodeOf(only) ?? null);
}
