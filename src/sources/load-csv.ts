import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { CanonicalCsv } from './canonical-csv.js';
import { parseColumns, type SourceColumn, type TypedColumn } from './column-type.js';
import { type CsvQuery, csvQuery, emptyTableQuery, SHORT_RECORD } from './csv-query.js';
import { type CsvScan, scanCsv } from './csv-scan.js';
import { dropTable, type SourceDatabase } from './database.js';
import { readExactCsv } from './exact-csv.js';
import { findFaults } from './find-faults.js';
import { failureKind, fileProblem } from './failure.js';
import { FaultList, SourceFaultsError } from './fault.js';

/** A CSV file and the table that it becomes. */
export interface CsvTable {
  /** Path of the file. */
  readonly path: string;
  /** Columns of the table, in its order, with the types that the values must have. */
  readonly columns: readonly SourceColumn[];
  /** The table as SQL names it, quoted: `"shop"."raw"."countries"`. */
  readonly relation: string;
  /** Name of the file in faults; without it the last part of the path. */
  readonly file?: string;
  /** How many faults are kept and shown: 10 unless given. */
  readonly limit?: number;
}

/**
 * Reads one CSV file into a table, which is created or replaced. Gives the number of rows.
 * @throws SourceFaultsError when the file is not as docs/sources.md says; there is no table then.
 */
export async function loadCsv(db: SourceDatabase, table: CsvTable): Promise<number> {
  const file = table.file ?? basename(table.path);
  const faults = new FaultList(table.limit);
  const columns = parseColumns(file, table.columns);
  const rows = await readCsv(db, { ...table, file, columns }, faults, false);
  if (faults.count === 0) return rows;
  await dropTable(db, table.relation);
  throw new SourceFaultsError(faults);
}

/** A CSV file whose columns' types are parsed. */
export interface CsvJob {
  readonly path: string;
  readonly file: string;
  readonly columns: readonly TypedColumn[];
  readonly relation: string;
}

/**
 * Loads a CSV file, or adds its faults to the list. Gives the number of records. A
 * table that was created before a fault was found is left to the caller.
 * @param onlyCheck true when another file has faults, so that nothing will be loaded
 */
export async function readCsv(
  db: SourceDatabase,
  job: CsvJob,
  faults: FaultList,
  onlyCheck: boolean,
): Promise<number> {
  const path = resolve(job.path);
  const before = faults.count;
  const checkInterrupt = (): void => db.checkInterrupt?.();
  // DuckDB reads while the rest of the file is still being scanned.
  let early: { query: CsvQuery; rows: Promise<Attempt> } | undefined;
  let scan: CsvScan | undefined;
  try {
    scan = await scanCsv(
      path,
      job.columns,
      (first) => {
        if (onlyCheck) return;
        const query = plainQuery(path, first);
        early = { query, rows: attempt(db, job, query) };
      },
      { checkInterrupt },
    );
    if (scan === undefined) {
      const { file, columns } = job;
      const records = await findFaults({ path, file, columns, faults, checkInterrupt });
      if (onlyCheck || faults.count > before) return records;
    }
  } catch (error) {
    const problem = fileProblem(error);
    if (problem === undefined) throw error;
    faults.add({ file: job.file, problem });
    return 0;
  } finally {
    await early?.rows;
  }
  if (scan === undefined) return loadExactly(db, { ...job, path }, faults);
  const { rows } = scan.traits;
  if (onlyCheck) return rows;
  if (rows === 0) {
    await db.run(emptyTableQuery(job.relation, job.columns));
    return 0;
  }
  const query = plainQuery(path, scan);
  const first = early !== undefined && isSame(early.query, query) ? await early.rows : undefined;
  if (first?.error !== undefined) throw first.error;
  if (first?.rows === rows || (await load(db, job, query)) === rows) return rows;
  return loadExactly(db, { ...job, path }, faults);
}

/** What became of a statement, without a rejection that nobody may be waiting for yet. */
interface Attempt {
  readonly rows?: number | undefined;
  readonly error?: Error;
}

async function attempt(db: SourceDatabase, job: CsvJob, query: CsvQuery): Promise<Attempt> {
  try {
    return { rows: await load(db, job, query) };
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
}

function plainQuery(path: string, { fields, traits }: CsvScan): CsvQuery {
  return {
    path,
    fields,
    lineEnd: traits.carriageReturns ? '\r\n' : '\n',
    quotedLineEnds: traits.quotedLineEnds,
    longestRecord: Math.max(traits.longestRecord + traits.longestBlanks, SHORT_RECORD),
    zoned: traits.zoned,
  };
}

/** Whether a query made from the first part of a file is the one that the whole file needs. */
function isSame(one: CsvQuery, other: CsvQuery): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The rows of the table that DuckDB made, or undefined when it did not take the text. */
async function load(
  db: SourceDatabase,
  { relation, columns }: CsvJob,
  query: CsvQuery,
): Promise<number | undefined> {
  try {
    await db.run(csvQuery(relation, columns, query));
  } catch (error) {
    // Anything but these (no space, no such schema, interrupted) would come again.
    const kind = failureKind(error);
    if (kind === 'conversion' || kind === 'invalid-input') return undefined;
    throw error;
  }
  const [row] = await db.rows(`select count(*)::varchar from ${relation}`);
  return Number(row?.[0]);
}

/** Reads with the exact reader into a copy that DuckDB can't misread, and loads that. */
async function loadExactly(db: SourceDatabase, job: CsvJob, faults: FaultList): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'techstore-csv-'));
  try {
    const canonical = new CanonicalCsv(join(folder, 'canonical.csv'), job.columns);
    try {
      const rows = await readExactCsv({
        ...job,
        faults,
        checkInterrupt: () => db.checkInterrupt?.(),
        onRow: (row) => {
          canonical.row(row);
        },
      });
      // The file was found right before; it may have changed since.
      if (faults.count > 0) return rows;
      const loaded = await load(db, job, canonical.finish());
      if (loaded === rows) return rows;
      throw new Error(
        `${job.file} has ${rows} rows, but DuckDB read ${loaded ?? 'none'} of its copy.`,
      );
    } finally {
      canonical.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
