/** One table as one file. */
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { Connection, Dialect, RelationName } from '../engine/engine.js';
import { writeRows } from '../format/rows/write-rows.js';
import { copySql, type FileKind } from './copy-sql.js';

/**
 * One thread writes rows in their order as it reads them. Several would have to hold back
 * what comes too early, so that memory would grow with the table.
 */
const IN_ORDER = 'SET threads = 1; SET preserve_insertion_order = false';

/**
 * Writes all rows of a table or view, in their order; memory does not grow with their
 * number. From here on the engine uses one thread: open it for this alone.
 *
 * @param path of a file that nobody reads yet: after an error a part of it may be there
 * @returns how many rows were written
 */
export async function writeFile(
  connection: Connection,
  dialect: Dialect,
  relation: RelationName,
  path: string,
  kind: FileKind,
): Promise<number> {
  await connection.run(IN_ORDER);
  const columns = await connection.columnsOf(relation);
  const from = dialect.renderRelation(relation);
  const copy = copySql(from, columns, path, kind, dialect);
  if (copy !== null) return (await connection.run(copy)).rowsChanged ?? 0;
  return writeRowByRow(connection, `SELECT * FROM ${from}`, path, kind);
}

/** Writes the rows of a query in CSV or NDJSON by the rules of `format/rows`, on any engine. */
export async function writeRowByRow(
  connection: Connection,
  sql: string,
  path: string,
  { format, forSpreadsheet = false }: FileKind,
): Promise<number> {
  if (format === 'parquet') throw new TypeError('Parquet is always written by COPY.');
  const { columns, batches } = await connection.stream(sql);
  let count = 0;
  const counted = (async function* () {
    for await (const rows of batches) {
      count += rows.length;
      yield rows;
    }
  })();
  const file = createWriteStream(path);
  const written = finished(file);
  // Whichever fails first tells why; the other one is awaited all the same.
  written.catch(() => undefined);
  try {
    await writeRows(file, { columns, batches: counted }, format, {
      color: false,
      width: undefined,
      forSpreadsheet,
    });
    file.end();
  } catch (error) {
    file.destroy();
    throw error;
  }
  await written;
  return count;
}
