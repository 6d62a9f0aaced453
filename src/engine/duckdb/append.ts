import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api';
import type { Param, RelationName } from '../engine.js';
import { interrupted } from '../interrupted.js';

type Batches =
  AsyncIterable<readonly (readonly Param[])[]> | Iterable<readonly (readonly Param[])[]>;

/** Rows through DuckDB's appender, which converts each value to the type of its column. */
export async function append(
  connection: DuckDBConnection,
  relation: RelationName,
  batches: Batches,
  isCancelled: () => boolean,
): Promise<number> {
  const appender = await connection.createAppender(
    relation.identifier,
    relation.schema,
    relation.database,
  );
  let count = 0;
  try {
    for await (const rows of batches) {
      if (isCancelled()) throw interrupted();
      for (const row of rows) {
        for (const value of row) appendOne(appender, value);
        appender.endRow();
      }
      count += rows.length;
    }
    appender.flushSync();
  } catch (error) {
    // Closing flushes, and would fail again on the row that was refused; the first fault is the one to tell.
    try {
      appender.closeSync();
    } catch {
      // See above.
    }
    throw error;
  }
  appender.closeSync();
  return count;
}

function appendOne(appender: DuckDBAppender, value: Param): void {
  if (value === null) appender.appendNull();
  else if (typeof value === 'string') appender.appendVarchar(value);
  else if (typeof value === 'boolean') appender.appendBoolean(value);
  else if (typeof value === 'bigint') appender.appendHugeInt(value);
  else if (Number.isSafeInteger(value)) appender.appendBigInt(BigInt(value));
  else appender.appendDouble(value);
}
