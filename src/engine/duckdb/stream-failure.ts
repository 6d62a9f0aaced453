import type { DuckDBConnection } from '@duckdb/node-api';
import { DatabaseError } from '../database-error.js';
import type { Params } from '../engine.js';
import { bind } from './bind.js';
import { StatementType } from './driver.js';
import { toDatabaseError } from './errors.js';
import { splitStatements } from './split-statements.js';

/**
 * Why a query failed among its later rows. The driver only says that it did, so the last
 * statement is run once more, without giving rows.
 */
export async function streamFailure(
  driver: DuckDBConnection,
  sql: string,
  params: Params | undefined,
): Promise<Error> {
  const unknown = new DatabaseError('The query failed after it had returned some rows', {
    kind: 'other',
  });
  const last = splitStatements(sql).at(-1)?.sql ?? '';
  try {
    const prepared = await driver.prepare(last);
    const { statementType } = prepared;
    prepared.destroySync();
    // What writes must not do it twice.
    if (statementType !== StatementType.SELECT) return unknown;
    const explain = await driver.prepare(`EXPLAIN ANALYZE ${last}`);
    try {
      if (params !== undefined) bind(explain, params);
      await explain.run();
    } finally {
      explain.destroySync();
    }
  } catch (error) {
    const known = toDatabaseError(error, {});
    // EXPLAIN takes less than what can run, and a transaction of the caller is the caller's.
    const ownFault = ['parser', 'transaction'];
    return known instanceof DatabaseError && ownFault.includes(known.kind) ? unknown : known;
  }
  return unknown;
}
