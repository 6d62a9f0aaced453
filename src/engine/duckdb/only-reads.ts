/** What a connection refuses whose statements may only read. DuckDB says itself what a statement is. */
import type { DuckDBPreparedStatement } from '@duckdb/node-api';
import { StatementType } from './driver.js';
import { DatabaseError } from '../database-error.js';
import type { Statement } from './split-statements.js';

// DESCRIBE, SHOW, SUMMARIZE, VALUES and the PRAGMAs that answer with rows are SELECT to DuckDB.
const reads: ReadonlySet<number> = new Set([StatementType.SELECT, StatementType.EXPLAIN]);

/** A second statement could end the transaction that keeps the first from writing. */
export function refuseSeveral(statements: readonly Statement[]): void {
  const second = statements[1];
  if (second === undefined) return;
  throw new DatabaseError(
    `There are ${statements.length} statements, and one can be run at a time`,
    { kind: 'invalid-input', line: lineOf(second), hint: 'Leave one of them.' },
  );
}

/** A statement begins behind the `;` of the one before; its first word may stand lines below. */
function lineOf({ sql, line }: Statement): number {
  const blank = /^\s*/.exec(sql)?.[0] ?? '';
  return line + blank.split('\n').length - 1;
}

export function refuseWrites(statement: DuckDBPreparedStatement): void {
  const type = statement.statementType;
  if (reads.has(type)) return;
  throw new DatabaseError(`Only queries can be run here, and this is a ${StatementType[type]}`, {
    kind: 'permission',
    hint: 'The published tables are read only: write a SELECT, FROM, DESCRIBE, SUMMARIZE or EXPLAIN.',
  });
}

/** PIVOT becomes the creation of a temporary type and a query; nothing else comes in several parts. */
export function refuseAllButTypes(part: DuckDBPreparedStatement): void {
  if (part.statementType !== StatementType.CREATE) refuseWrites(part);
}
