import type { TypedColumn } from './column-type.js';
import { quoteIdentifier, quotePath } from './database.js';
import { utcTimestampSql } from './utc-sql.js';

/** How DuckDB is to read a CSV file that is known to be right. */
export interface CsvQuery {
  readonly path: string;
  /** For each field of the file, in order, the index of its declared column. */
  readonly fields: readonly number[];
  readonly lineEnd: '\n' | '\r\n';
  /** A quoted value holds a line end: DuckDB must then not guess where a part of the file begins. */
  readonly quotedLineEnds: boolean;
  /** Bytes of the longest record. */
  readonly longestRecord: number;
  /** For each field whether it is a timestamp with zones that DuckDB's own cast does not read. */
  readonly zoned: readonly boolean[];
}

/** Half of DuckDB's own limit: a file with longer records gets the limit raised. */
export const SHORT_RECORD = 1_000_000;

/** The text of `create or replace table … as select … from read_csv(…)`. */
export function csvQuery(
  relation: string,
  columns: readonly TypedColumn[],
  query: CsvQuery,
): string {
  const declared = (field: number): TypedColumn => columns[query.fields[field]!]!;
  // Names of our own: a header's name could be anything.
  const read = query.fields.map((_, field) => {
    const type = query.zoned[field] === true ? 'VARCHAR' : declared(field).type.sql;
    return `'f${field}': '${type}'`;
  });
  const selected = columns.map(({ name }, column) => {
    const field = query.fields.indexOf(column);
    const value = query.zoned[field] === true ? utcTimestampSql(`f${field}`) : `f${field}`;
    return `${value} as ${quoteIdentifier(name)}`;
  });
  const options = [
    `columns={${read.join(', ')}}`,
    `auto_detect=false`,
    `header=true`,
    `delim=','`,
    `quote='"'`,
    `escape='"'`,
    `comment=''`,
    // DuckDB 1.5 reads no row at all with new_line='\\r\\n'; it finds that line end by itself.
    ...(query.lineEnd === '\n' ? [`new_line='\\n'`] : []),
    `nullstr=''`,
    `allow_quoted_nulls=true`,
    `strict_mode=true`,
    `null_padding=false`,
    `ignore_errors=false`,
    `decimal_separator='.'`,
    `compression='none'`,
    `hive_partitioning=false`,
    ...(query.quotedLineEnds ? ['parallel=false'] : []),
    ...(query.longestRecord > SHORT_RECORD
      ? [
          `max_line_size=${query.longestRecord * 2}`,
          `buffer_size=${Math.max(query.longestRecord * 4, 32_000_000)}`,
        ]
      : []),
  ];
  return `create or replace table ${relation} as select ${selected.join(', ')} from read_csv(${quotePath(query.path)}, ${options.join(', ')})`;
}

/** The text of `create or replace table` for a table without rows. */
export function emptyTableQuery(relation: string, columns: readonly TypedColumn[]): string {
  const list = columns.map(({ name, type }) => `${quoteIdentifier(name)} ${type.sql}`);
  return `create or replace table ${relation} (${list.join(', ')})`;
}
