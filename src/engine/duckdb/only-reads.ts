/** What a connection refuses whose statements may only read. DuckDB says itself what a statement is. */
import type { DuckDBPreparedStatement } from '@duckdb/node-api';
import { onlyQueries } from '../only-reads.js';
import { StatementType } from './driver.js';

// DESCRIBE, SHOW, SUMMARIZE, VALUES and the PRAGMAs that answer with rows are SELECT to DuckDB.
const reads: ReadonlySet<number> = new Set([StatementType.SELECT, StatementType.EXPLAIN]);

export function refuseWrites(statement: DuckDBPreparedStatement): void {
  const type = statement.statementType;
  if (reads.has(type)) return;
  throw onlyQueries(StatementType[type], 'SELECT, FROM, DESCRIBE, SUMMARIZE or EXPLAIN');
}

/** PIVOT becomes the creation of a temporary type and a query; nothing else comes in several parts. */
export function refuseAllButTypes(part: DuckDBPreparedStatement): void {
  if (part.statementType !== StatementType.CREATE) refuseWrites(part);
}
