/** The COPY statement that writes a table by the rules of `format/rows`, where DuckDB can keep them by itself. */
import type { ColumnInfo, Dialect } from '../engine/engine.js';
import { formulaStart, guarded } from '../format/rows/spreadsheet-guard.js';

/** What `export --as` takes. */
export const fileFormats = ['parquet', 'csv', 'ndjson'] as const;
export type FileFormat = (typeof fileFormats)[number];

/** What a file is like. */
export interface FileKind {
  readonly format: FileFormat;
  /** CSV in which no text runs as a formula; of no meaning for the other formats. Default false. */
  readonly forSpreadsheet?: boolean;
}

/** Types that DuckDB writes with the same characters as `format/rows` does. */
const sameText =
  /^(BOOLEAN|U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL\(.*\)|VARCHAR|UUID|DATE|TIME|TIMESTAMP( WITH TIME ZONE)?)$/;

/** Integers that may be past 2^53 - 1, which most readers of JSON would change. */
const wideInteger = /^(U?BIGINT|U?HUGEINT)$/;

const writeOptions: Readonly<Record<FileFormat, string>> = {
  parquet: "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE_BYTES '32MB'",
  csv: "FORMAT csv, HEADER true, NEW_LINE '\\r\\n'",
  ndjson: 'FORMAT json',
};

/**
 * Null where a column's values have to be written one by one (see `writeFile`): nested
 * values, floating point numbers and the like in CSV and NDJSON.
 *
 * @param relation rendered: `"techstore"."gold"."sales"`
 */
export function copySql(
  relation: string,
  columns: readonly ColumnInfo[],
  path: string,
  { format, forSpreadsheet = false }: FileKind,
  dialect: Dialect,
): string | null {
  if (format !== 'parquet' && !columns.every(({ type }) => sameText.test(type))) return null;
  const guards = format === 'csv' && forSpreadsheet;
  const list = columns
    .map((column) => (guards ? guardedColumn(column, dialect) : written(column, format, dialect)))
    .join(', ');
  // A file under a temporary name of the driver's own would stay behind unseen.
  return `COPY (SELECT ${list} FROM ${relation}) TO ${dialect.quoteLiteral(path)} (${writeOptions[format]}, USE_TMP_FILE false)`;
}

function written({ name, type }: ColumnInfo, format: FileFormat, dialect: Dialect): string {
  const column = dialect.quoteIdentifier(name);
  switch (format) {
    case 'parquet':
      return `${inParquet(column, type)} AS ${column}`;
    case 'csv':
      return column;
    case 'ndjson':
      return `${inJson(column, type)} AS ${column}`;
  }
}

/** Parquet has no integers of 128 bits: DuckDB would write them as DOUBLE and lose digits. */
function inParquet(column: string, type: string): string {
  return /^U?HUGEINT$/.test(type) ? `${column}::DECIMAL(38,0)` : column;
}

/** The rule of `format/rows/spreadsheet-guard`, for DuckDB to keep. */
function guardedColumn({ name, type }: ColumnInfo, dialect: Dialect): string {
  const column = dialect.quoteIdentifier(name);
  const title = dialect.quoteIdentifier(guarded(name));
  if (type !== 'VARCHAR') return `${column} AS ${title}`;
  const runs = `regexp_matches(${column}, ${dialect.quoteLiteral(formulaStart)})`;
  return `CASE WHEN ${runs} THEN '''' || ${column} ELSE ${column} END AS ${title}`;
}

function inJson(column: string, type: string): string {
  if (wideInteger.test(type)) {
    const limit = Number.MAX_SAFE_INTEGER;
    return `CASE WHEN ${column} BETWEEN -${limit} AND ${limit} THEN to_json(${column}) ELSE to_json(${column}::VARCHAR) END`;
  }
  // What is no plain instant (infinity, a year before our era) stays as it is.
  if (type === 'TIMESTAMP')
    return `regexp_replace(${column}::VARCHAR, '^(\\d{4,}-\\d\\d-\\d\\d) ([^ ]+)$', '\\1T\\2')`;
  if (type === 'TIMESTAMP WITH TIME ZONE')
    return `regexp_replace(${column}::VARCHAR, '^(\\d{4,}-\\d\\d-\\d\\d) ([^ ]+)\\+00$', '\\1T\\2Z')`;
  return column;
}
