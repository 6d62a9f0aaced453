import { parseColumns, type SourceColumn } from './column-type.js';
import { dropTable, type SourceDatabase } from './database.js';
import { FaultList, SourceFaultsError } from './fault.js';
import { checkFolder } from './folder.js';
import { readCsv } from './load-csv.js';
import { readParquet } from './load-parquet.js';

/** A source table: its name is the name of its file, its columns are those of the file. */
export interface SourceTable {
  readonly name: string;
  readonly columns: readonly SourceColumn[];
  /** The table to create, as SQL names it, quoted: `"shop"."techstore"."customers"`. */
  readonly relation: string;
}

/** A folder of source files and the tables that it must hold. */
export interface SourceFolder {
  readonly dir: string;
  readonly tables: readonly SourceTable[];
  /** How many faults are kept and shown: 10 unless given. */
  readonly limit?: number;
}

/** A table that was loaded. */
export interface LoadedTable {
  readonly name: string;
  /** The file's name inside the folder. */
  readonly file: string;
  readonly rows: number;
}

/**
 * Reads a folder of `<table>.csv` and `<table>.parquet` files into tables, which are
 * created or replaced, in the order of the list. All files are checked to their
 * end: with a fault in any of them none of the tables is left.
 * @throws SourceFaultsError with the first faults over all files and their count;
 * TechstoreError `source` when the folder is not there or a declared type is not known.
 */
export async function loadSources(
  db: SourceDatabase,
  folder: SourceFolder,
): Promise<LoadedTable[]> {
  const jobs = folder.tables.map((table) => ({
    table,
    columns: parseColumns(table.name, table.columns),
  }));
  const check = await checkFolder(
    folder.dir,
    folder.tables.map(({ name }) => name),
  );
  const faults = new FaultList(folder.limit);
  const loaded: LoadedTable[] = [];
  // Known faults are worth knowing before a file is loaded in vain.
  const inVain = check.faults.length > 0;
  for (const { table, columns } of jobs) {
    for (const { table: name, ...fault } of check.faults) {
      if (name === table.name) faults.add(fault);
    }
    const source = check.files.find((file) => file.table === table.name);
    if (source === undefined) continue;
    const job = { ...source, columns, relation: table.relation };
    const onlyCheck = inVain || faults.count > 0;
    const read = source.format === 'csv' ? readCsv : readParquet;
    const rows = await read(db, job, faults, onlyCheck);
    loaded.push({ name: table.name, file: source.file, rows });
  }
  if (faults.count === 0) return loaded;
  for (const { relation } of folder.tables) await dropTable(db, relation);
  throw new SourceFaultsError(faults);
}
