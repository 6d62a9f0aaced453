import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TechstoreError } from '../errors.js';
import type { SourceFault } from './fault.js';

/** The file that holds a table. */
export interface SourceFile {
  readonly table: string;
  /** The file's name inside the folder. */
  readonly file: string;
  readonly path: string;
  readonly format: 'csv' | 'parquet';
}

/** What a folder has for each table that was asked for. */
export interface FolderCheck {
  /** In the order of the tables; a table with a fault is not among them. */
  readonly files: readonly SourceFile[];
  /** In the order of the tables: a missing file, two files for one table, a file that can't be read. */
  readonly faults: readonly (SourceFault & { readonly table: string })[];
  /** Sentences about files that no table asked for. They are not read. */
  readonly warnings: readonly string[];
}

/**
 * Looks for `<table>.csv` or `<table>.parquet` of each table, without reading them.
 * @throws TechstoreError `source` when the folder is not there or can't be listed.
 */
export async function checkFolder(dir: string, tables: readonly string[]): Promise<FolderCheck> {
  const names = new Set(await list(dir));
  const files: SourceFile[] = [];
  const faults: (SourceFault & { table: string })[] = [];
  for (const table of tables) {
    const found = await findTable(dir, table, names);
    if ('problem' in found) faults.push(found);
    else files.push(found);
  }
  const expected = new Set(tables.flatMap((table) => [`${table}.csv`, `${table}.parquet`]));
  const warnings = [...names]
    .filter((name) => /\.(?:csv|parquet)$/i.test(name) && !expected.has(name))
    .sort()
    .map((name) => `${name} in ${dir} is ignored: no source table has its name.`);
  return { files, faults, warnings };
}

async function list(dir: string): Promise<string[]> {
  try {
    return await readdir(dir);
  } catch (error) {
    const code = errorCode(error);
    const [what, hint] =
      code === 'ENOENT'
        ? ['does not exist', 'Pass a folder that holds a CSV or Parquet file for each table.']
        : code === 'ENOTDIR'
          ? ['is not a folder', 'Pass the folder that holds the files, not one of the files.']
          : [`cannot be read (${code})`, 'Give this user permission to list the folder.'];
    throw new TechstoreError('source', `The folder of source files ${dir} ${what}.`, {
      hint,
      cause: error,
    });
  }
}

async function findTable(
  dir: string,
  table: string,
  names: ReadonlySet<string>,
): Promise<SourceFile | (SourceFault & { table: string })> {
  const csv = `${table}.csv`;
  const parquet = `${table}.parquet`;
  if (names.has(csv) && names.has(parquet)) {
    return { table, file: csv, problem: `${parquet} exists too; keep one of the two` };
  }
  const file = names.has(csv) ? csv : parquet;
  if (!names.has(file)) {
    const other = [...names].find(
      (name) => name.toLowerCase() === csv.toLowerCase() || name.toLowerCase() === parquet,
    );
    const meant = other === undefined ? '' : ` (names are exact: there is ${other})`;
    return { table, file: csv, problem: `the file is missing, and so is ${parquet}${meant}` };
  }
  const path = join(dir, file);
  try {
    if (!(await stat(path)).isFile()) return { table, file, problem: 'is not a file' };
    // Opening it is the one answer that counts: rights can be more than access() knows of.
    await (await open(path)).close();
  } catch (error) {
    return { table, file, problem: `the file cannot be read (${errorCode(error)})` };
  }
  return { table, file, path, format: file === csv ? 'csv' : 'parquet' };
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
