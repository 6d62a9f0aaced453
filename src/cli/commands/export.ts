/** `export`: published tables as files. */
import { relative } from 'node:path';
import { openBuild, tablesOf, type OpenBuild } from '../../builds/index.js';
import type { Connection, RelationName } from '../../engine/engine.js';
import { TechstoreError } from '../../errors.js';
import { exportTables, type ExportedFile } from '../../export/export-tables.js';
import type { FileFormat, FileKind } from '../../export/copy-sql.js';
import { stageParquet } from '../../export/stage-parquet.js';
import { writeFile, writeRowByRow } from '../../export/write-file.js';
import { grouped } from '../../format/rows/cell-text.js';
import { visibleLine } from '../../format/visible.js';
import { tablesNamed } from '../tables-named.js';
import { interrupting } from '../interrupt.js';
import { openProfile } from '../load.js';
import type { ProjectOptions, SelectionOptions } from '../options.js';
import { did } from '../output.js';
import { selectedIds } from '../selected-ids.js';
import { tellOnStderr } from '../store-options.js';

export interface ExportOptions extends ProjectOptions, SelectionOptions {
  readonly to: string;
  readonly as: FileFormat;
  readonly forSpreadsheet?: boolean;
  readonly force?: boolean;
  readonly build?: string;
  readonly json?: boolean;
}

export async function exportFiles(names: readonly string[], options: ExportOptions): Promise<void> {
  const kind: FileKind = { format: options.as, forSpreadsheet: options.forSpreadsheet ?? false };
  if (options.forSpreadsheet === true && options.as !== 'csv')
    throw new TechstoreError('usage', '--for-spreadsheet applies to CSV only', {
      hint: `Add --as csv, or remove --for-spreadsheet: ${options.as} files contain no formulas.`,
    });
  const { profile } = openProfile(options);
  const opened = await openBuild(profile, options.build, tellOnStderr);
  const { engine } = opened;
  const end = interrupting(engine);
  try {
    const connection = await engine.connect();
    const all = await exportable(opened, connection);
    const chosen = await choose(all, names, options);
    await keepMemory(opened, connection, chosen);
    const files = await exportTables({
      write: writerOf(opened, connection, kind),
      tables: chosen.map((table) => ({ name: table.name, relation: opened.relationOf(table) })),
      folder: options.to,
      format: options.as,
      force: options.force ?? false,
    });
    did(`${files.length} file${files.length === 1 ? ' is' : 's are'} written to ${options.to}`);
    tell(files, options);
  } finally {
    end();
    await opened.close();
  }
}

interface Choice {
  /** Null for what a file holds that this program did not make. */
  readonly id: string | null;
  readonly name: string;
  readonly schema: string;
  readonly identifier: string;
  readonly isView: boolean;
}

async function exportable(
  { build, engine, schema }: OpenBuild,
  connection: Connection,
): Promise<readonly Choice[]> {
  const tables = build === null ? [] : tablesOf(build.record);
  if (tables.length > 0) return tables;
  const relations = await connection.listRelations({ database: engine.database, schema });
  return relations.map(({ name, type }) => ({
    id: null,
    name,
    schema,
    identifier: name,
    isView: type === 'view',
  }));
}

async function choose(
  all: readonly Choice[],
  names: readonly string[],
  options: ExportOptions,
): Promise<readonly Choice[]> {
  const ids = await selectedIds(options);
  // What only leaves something out leaves it out of what is written without it: the models.
  const onlyModels = options.select === undefined && options.selector === undefined;
  const chosen = all.filter(({ id }) => {
    if (ids === null) return names.length === 0 && (id === null || id.startsWith('model.'));
    return id !== null && ids.has(id) && (!onlyModels || id.startsWith('model.'));
  });
  const named = tablesNamed(all, names).filter((table) => !chosen.includes(table));
  if (chosen.length + named.length === 0)
    throw new TechstoreError('selection', 'This build has no table to export', {
      hint: 'techstore builds show lists its tables.',
    });
  return [...chosen, ...named];
}

type Write = (relation: RelationName, path: string) => Promise<number>;

/** DuckDB writes files itself; rows of a warehouse come here first. */
function writerOf({ engine }: OpenBuild, connection: Connection, kind: FileKind): Write {
  const { dialect } = engine;
  if (engine.capabilities.writesFiles)
    return (relation, path) => writeFile(connection, dialect, relation, path, kind);
  if (kind.format === 'parquet')
    return (relation, path) => stageParquet({ connection, dialect }, relation, path);
  return (relation, path) =>
    writeRowByRow(connection, `SELECT * FROM ${dialect.renderRelation(relation)}`, path, kind);
}

/** DuckDB's cache would grow with the table. A view may have to sort or group, for which more is needed. */
async function keepMemory(
  { engine }: OpenBuild,
  connection: Connection,
  tables: readonly Choice[],
): Promise<void> {
  if (engine.capabilities.writesFiles && tables.every(({ isView }) => !isView))
    await connection.run("SET memory_limit = '512MB'");
}

function tell(files: readonly ExportedFile[], options: ExportOptions): void {
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify(files, null, 2)}\n`);
    return;
  }
  if (options.quiet === true) return;
  const shown = files.map(({ file, rows, bytes }) => ({
    file: visibleLine(relative('.', file) || file),
    rows: `${grouped(String(rows))} row${rows === 1 ? '' : 's'}`,
    bytes: `${grouped(String(bytes))} bytes`,
  }));
  const width = (key: 'file' | 'rows' | 'bytes'): number =>
    Math.max(...shown.map((line) => line[key].length));
  for (const line of shown) {
    process.stdout.write(
      `${line.file.padEnd(width('file'))}  ${line.rows.padStart(width('rows'))}  ${line.bytes.padStart(width('bytes'))}\n`,
    );
  }
}
