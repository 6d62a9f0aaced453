import type { ColumnType } from './column-type.js';
import { utcTimestampSql } from './utc-sql.js';
import { describeType } from './value-grammar.js';

/** How a column of a Parquet file becomes a column of a table. */
export interface ColumnCast {
  /** SQL of the value with the declared type. */
  readonly value: string;
  /** SQL that is true for a value that the cast changes or can't take; undefined when there is none. */
  readonly changed?: string;
  /** What such a value is told. */
  readonly problem: string;
}

/**
 * The cast of a column from its type in the file to its declared type. Undefined
 * when values of the one are never values of the other, such as a list and a number.
 */
export function castColumn(column: string, from: string, to: ColumnType): ColumnCast | undefined {
  const problem = `cannot be read as ${to.sql} without a change`;
  if (from === to.sql) return { value: column, problem };
  if (from === 'VARCHAR') return castText(column, to);
  if (from === 'BLOB') return castBytes(column, to);
  const family = familyOf(from);
  if (family === undefined || !casts[family].includes(to.kind)) return undefined;
  // In UTC whatever the session's zone is.
  const plain =
    from === 'TIMESTAMP WITH TIME ZONE' ? `make_timestamp(epoch_us(${column}))` : column;
  const plainType = from === 'TIMESTAMP WITH TIME ZONE' ? 'TIMESTAMP' : from;
  const value = `cast(${plain} as ${to.sql})`;
  if (to.kind === 'text') return { value, problem };
  const tried = `try_cast(${plain} as ${to.sql})`;
  const back = `try_cast(${tried} as ${plainType})`;
  return { value, changed: `${column} is not null and ${back} is distinct from ${plain}`, problem };
}

/** Bytes are text when they are UTF-8: older writers leave out the mark that says so. */
function castBytes(column: string, to: ColumnType): ColumnCast | undefined {
  if (to.kind !== 'text') return undefined;
  const changed = `${column} is not null and try(decode(${column})) is null`;
  return { value: `decode(${column})`, changed, problem: describeType(to) };
}

/** A text is read by the same grammar as in a CSV file, but an empty one is not NULL. */
function castText(column: string, to: ColumnType): ColumnCast {
  const value = to.kind === 'timestamp' ? utcTimestampSql(column) : `cast(${column} as ${to.sql})`;
  const tried = to.kind === 'timestamp' ? `try(${value})` : `try_cast(${column} as ${to.sql})`;
  const outside =
    to.kind === 'timestamp'
      ? `or year(${tried}) not between 1 and 9999`
      : to.kind === 'double'
        ? `or isinf(${tried})`
        : '';
  const changed = `${column} is not null and (not regexp_full_match(${column}, '${form(to)}') or ${tried} is null ${outside})`;
  return { value, changed, problem: describeType(to) };
}

function form(to: ColumnType): string {
  const date = '(000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-[0-9]{2}-[0-9]{2}';
  switch (to.kind) {
    case 'integer':
      return '[+-]?[0-9]+';
    case 'decimal':
      return to.scale === 0 ? '[+-]?[0-9]+' : `[+-]?[0-9]+([.][0-9]{1,${to.scale}})?`;
    case 'double':
      return '[+-]?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?';
    case 'boolean':
      return '(?i)true|false';
    case 'date':
      return date;
    case 'timestamp':
      return `${date}([ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-7]):?[0-5][0-9]|[+-]18:?00)?)?`;
    case 'text':
      return '.*';
  }
}

type Family = 'number' | 'boolean' | 'date' | 'timestamp' | 'text';

/** Which declared kinds the values of a family can be read as. */
const casts: Readonly<Record<Family, readonly ColumnType['kind'][]>> = {
  number: ['integer', 'decimal', 'double', 'boolean', 'text'],
  boolean: ['boolean', 'integer', 'text'],
  date: ['timestamp', 'text'],
  timestamp: ['date', 'timestamp', 'text'],
  text: ['text'],
};

function familyOf(type: string): Family | undefined {
  if (/^(?:U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL\(.*\))$/.test(type))
    return 'number';
  if (type === 'BOOLEAN') return 'boolean';
  if (type === 'DATE') return 'date';
  if (/^TIMESTAMP(?:_S|_MS|_NS| WITH TIME ZONE)?$/.test(type)) return 'timestamp';
  if (type === 'UUID' || type === 'JSON' || type.startsWith('ENUM(') || type === 'TIME')
    return 'text';
  return undefined;
}
