/** DuckDB's values as the exact, JSON-safe ones of `../engine.ts`. */
import type { DuckDBLogicalType, DuckDBType, DuckDBValueConverter, Json } from '@duckdb/node-api';
import type { ColumnInfo, TypeKind } from '../engine.js';
import {
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTypeId,
  JsonDuckDBValueConverter,
} from './driver.js';

/**
 * The driver's JSON conversion, but for some values: it prints TIMESTAMPTZ in the time zone
 * of the process, FLOAT with the digits of a double, INTERVAL as parts, and what has no end
 * as a day far away, where DuckDB itself writes `infinity`.
 */
export const exactValue: DuckDBValueConverter<Json> = (value, type, converter) => {
  if (value === null) return null;
  if (typeof value === 'object' && 'isFinite' in value && !value.isFinite)
    return isBeforeAll(value) ? '-infinity' : 'infinity';
  if (value instanceof DuckDBTimestampTZValue) {
    return `${new DuckDBTimestampValue(value.micros).toString()}+00`;
  }
  if (type.typeId === DuckDBTypeId.FLOAT && typeof value === 'number' && Number.isFinite(value)) {
    return shortestFloat(value);
  }
  if (type.typeId === DuckDBTypeId.INTERVAL) return String(value);
  return JsonDuckDBValueConverter(value, type, converter);
};

/** Dates and instants hold one number: days, or a count of some part of seconds. */
function isBeforeAll(value: object): boolean {
  return Object.values(value).some((number: number | bigint) => number < 0);
}

/** The fewest digits that give the same 32-bit number: 0.1, not 0.10000000149011612. */
function shortestFloat(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return rounded;
  }
  return value;
}

export function columnInfo(name: string, type: DuckDBType, logical: DuckDBLogicalType): ColumnInfo {
  // JSON is text with another name; only the logical type tells.
  return columnOfType(name, logical.alias === 'JSON' ? 'JSON' : type.toString());
}

/** True for a type whose name says it in full: with no other types in it, and no name of its own. */
export function isPlainType(type: DuckDBType): boolean {
  return type.alias === undefined && !compound.has(type.typeId);
}

const compound: ReadonlySet<number> = new Set([
  DuckDBTypeId.ENUM,
  DuckDBTypeId.LIST,
  DuckDBTypeId.STRUCT,
  DuckDBTypeId.MAP,
  DuckDBTypeId.ARRAY,
  DuckDBTypeId.UNION,
]);

/** From the type's name as DESCRIBE and the catalog print it. */
export function columnOfType(name: string, type: string): ColumnInfo {
  return { name, type, kind: kindOf(type) };
}

const KINDS: Readonly<Record<string, TypeKind>> = {
  BOOLEAN: 'boolean',
  TINYINT: 'integer',
  SMALLINT: 'integer',
  INTEGER: 'integer',
  BIGINT: 'integer',
  HUGEINT: 'integer',
  UTINYINT: 'integer',
  USMALLINT: 'integer',
  UINTEGER: 'integer',
  UBIGINT: 'integer',
  UHUGEINT: 'integer',
  BIGNUM: 'integer',
  FLOAT: 'float',
  DOUBLE: 'float',
  VARCHAR: 'text',
  UUID: 'text',
  DATE: 'date',
  TIME: 'time',
  TIME_NS: 'time',
  'TIME WITH TIME ZONE': 'time',
  TIMESTAMP: 'timestamp',
  TIMESTAMP_S: 'timestamp',
  TIMESTAMP_MS: 'timestamp',
  TIMESTAMP_NS: 'timestamp',
  'TIMESTAMP WITH TIME ZONE': 'timestamptz',
  INTERVAL: 'interval',
  BLOB: 'binary',
  BIT: 'text',
  JSON: 'json',
};

function kindOf(type: string): TypeKind {
  const known = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (known !== undefined) return known;
  if (type.endsWith(']') || /^(STRUCT|MAP|UNION)\(/.test(type)) return 'nested';
  if (type.startsWith('DECIMAL(')) return 'decimal';
  if (type.startsWith('ENUM(')) return 'text';
  return 'other';
}
