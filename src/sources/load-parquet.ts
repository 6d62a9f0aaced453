import { resolve } from 'node:path';
import type { TypedColumn } from './column-type.js';
import { quoteIdentifier, quotePath, type SourceDatabase } from './database.js';
import { failureKind } from './failure.js';
import type { FaultList, SourceFault } from './fault.js';
import { matchHeader } from './header.js';
import { castColumn, type ColumnCast } from './parquet-cast.js';

/** A Parquet file whose columns' types are parsed. */
export interface ParquetJob {
  readonly path: string;
  readonly file: string;
  readonly columns: readonly TypedColumn[];
  readonly relation: string;
}

/**
 * Loads a Parquet file, or adds its faults to the list. A column of another type
 * is cast if no value changes. Gives the number of rows.
 * @param onlyCheck true when another file has faults, so that nothing will be loaded
 */
export async function readParquet(
  db: SourceDatabase,
  job: ParquetJob,
  faults: FaultList,
  onlyCheck: boolean,
): Promise<number> {
  const { file, columns } = job;
  const from = (options: string): string =>
    `read_parquet(${quotePath(resolve(job.path))}, hive_partitioning=false${options})`;
  let creating = false;
  try {
    const described = await db.rows(`describe select * from ${from('')}`);
    const types = new Map(described.map(([name, type]) => [String(name), String(type)]));
    const header = matchHeader([...types.keys()], columns);
    for (const { column, problem } of header.problems) faults.add({ file, column, problem });
    const casts: (ColumnCast & { column: TypedColumn })[] = [];
    for (const column of columns) {
      const type = types.get(column.name);
      if (type === undefined) continue;
      const cast = castColumn(quoteIdentifier(column.name), type, column.type);
      if (cast === undefined) {
        faults.add({
          file,
          column: column.name,
          problem: `has the type ${type} in the file, which cannot be read as ${column.type.sql}`,
        });
      } else {
        casts.push({ ...cast, column });
      }
    }
    await findChangedValues(db, from(', file_row_number=true'), file, casts, faults);
    if (onlyCheck || faults.count > 0) return 0;
    creating = true;
    const selected = casts.map(
      ({ value, column }) => `${value} as ${quoteIdentifier(column.name)}`,
    );
    await db.run(
      `create or replace table ${job.relation} as select ${selected.join(', ')} from ${from('')}`,
    );
    const [row] = await db.rows(`select count(*)::varchar from ${job.relation}`);
    return Number(row?.[0]);
  } catch (error) {
    const kind = failureKind(error);
    const text = error instanceof Error ? error.message : String(error);
    // While the table is made, the file that can't be read or written may be another.
    const isOther = creating && kind === 'io' && !text.includes(resolve(job.path));
    if (notTheFile.has(kind) || isOther) throw error;
    const line = (text.split('\n')[0] ?? '').replaceAll(resolve(job.path), file);
    faults.add({ file, problem: `cannot be read as Parquet (${line})` });
    return 0;
  }
}

/** Failures of the database that say nothing of the file. */
const notTheFile: ReadonlySet<string> = new Set([
  'interrupted',
  'out-of-memory',
  'disk-full',
  'permission',
  'catalog',
  'binder',
  'parser',
  'transaction',
  'dependency',
  'fatal',
  'internal',
]);

/** Adds the values that a cast would change, in the order of the rows. */
async function findChangedValues(
  db: SourceDatabase,
  from: string,
  file: string,
  casts: readonly (ColumnCast & { column: TypedColumn })[],
  faults: FaultList,
): Promise<void> {
  const checked = casts.flatMap(({ changed, ...cast }) =>
    changed === undefined ? [] : [{ ...cast, changed }],
  );
  if (checked.length === 0) return;
  const counts = await db.rows(
    `select ${checked.map(({ changed }) => `(count(*) filter (where ${changed}))::varchar`).join(', ')} from ${from}`,
  );
  const found: { row: number; order: number; fault: SourceFault }[] = [];
  let count = 0;
  for (const [order, { column, changed, problem }] of checked.entries()) {
    const changes = Number(counts[0]?.[order]);
    count += changes;
    if (changes === 0) continue;
    const rows = await db.rows(
      `select (file_row_number + 1)::varchar, ${quoteIdentifier(column.name)}::varchar from ${from} where ${changed} order by file_row_number limit ${faults.limit}`,
    );
    for (const [number, value] of rows) {
      const row = Number(number);
      found.push({
        row,
        order,
        fault: { file, row, column: column.name, value: String(value), problem },
      });
    }
  }
  found.sort((a, b) => a.row - b.row || a.order - b.order);
  faults.addCounted(
    found.slice(0, faults.limit).map(({ fault }) => fault),
    count,
  );
}
