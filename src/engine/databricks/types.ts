/** Databricks' types: their spelling, and what kind of value they hold. */
import type { TColumnDesc } from '@databricks/sql/thrift/TCLIService_types.js';
import type { ColumnInfo, TypeKind } from '../engine.js';

// By the numbers of Thrift's TTypeId.
const NAMES: readonly string[] = [
  'BOOLEAN',
  'TINYINT',
  'SMALLINT',
  'INT',
  'BIGINT',
  'FLOAT',
  'DOUBLE',
  'STRING',
  'TIMESTAMP',
  'BINARY',
  'ARRAY',
  'MAP',
  'STRUCT',
  'UNION',
  'USER_DEFINED',
  'DECIMAL',
  'VOID',
  'DATE',
  'VARCHAR',
  'CHAR',
  'INTERVAL YEAR TO MONTH',
  'INTERVAL DAY TO SECOND',
];

const KINDS: Readonly<Record<string, TypeKind>> = {
  BOOLEAN: 'boolean',
  TINYINT: 'integer',
  SMALLINT: 'integer',
  INT: 'integer',
  BIGINT: 'integer',
  FLOAT: 'float',
  DOUBLE: 'float',
  DECIMAL: 'decimal',
  STRING: 'text',
  VARCHAR: 'text',
  CHAR: 'text',
  DATE: 'date',
  // Instants, but every session is in UTC: what is printed is what a DuckDB TIMESTAMP holds.
  TIMESTAMP: 'timestamp',
  TIMESTAMP_NTZ: 'timestamp',
  BINARY: 'binary',
  ARRAY: 'nested',
  MAP: 'nested',
  STRUCT: 'nested',
  VARIANT: 'json',
  INTERVAL: 'interval',
};

/** From a type's name as DESCRIBE prints it: `decimal(38,2)`, `array<struct<a:int>>`. */
export function columnOfType(name: string, type: string): ColumnInfo {
  const head = /^\w+/.exec(type)?.[0].toUpperCase() ?? '';
  return {
    name,
    type: type.includes('<') ? upperHead(type) : type.toUpperCase(),
    kind: KINDS[head] ?? 'other',
  };
}

/** Names of fields keep their case, names of types are written large. */
function upperHead(type: string): string {
  return type.replace(
    /(^|[<,:])(\w+)(?=[<>,()]|$)(?!\s*:)/g,
    (_, before: string, word: string) => before + word.toUpperCase(),
  );
}

/** A column of a result, as Thrift describes it. */
export function columnOfDesc(desc: TColumnDesc, sqlName: string | undefined): ColumnInfo {
  const entry = desc.typeDesc.types[0]?.primitiveEntry;
  const base = NAMES[entry?.type ?? 7] ?? 'STRING';
  const { qualifiers } = entry?.typeQualifiers ?? { qualifiers: {} };
  const number = (key: string): number | undefined => qualifiers[key]?.i32Value ?? undefined;
  const type =
    base === 'DECIMAL'
      ? `DECIMAL(${number('precision') ?? 10},${number('scale') ?? 0})`
      : (base === 'VARCHAR' || base === 'CHAR') && number('characterMaximumLength') !== undefined
        ? `${base}(${number('characterMaximumLength')})`
        : base;
  return columnOfType(desc.columnName, nested(base) && sqlName !== undefined ? sqlName : type);
}

function nested(base: string): boolean {
  return base === 'ARRAY' || base === 'MAP' || base === 'STRUCT';
}

const ALIASES: Readonly<Record<string, string>> = {
  BYTE: 'TINYINT',
  SHORT: 'SMALLINT',
  INTEGER: 'INT',
  LONG: 'BIGINT',
  REAL: 'FLOAT',
  DEC: 'DECIMAL',
  NUMERIC: 'DECIMAL',
};

/** A type as DESCRIBE would print it; undefined for what is no plain type. */
export function spelledType(type: string): string | undefined {
  const match = /^\s*(\w+)\s*(?:\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\))?\s*$/.exec(type);
  if (match === null) return undefined;
  const [, word = '', first, second] = match;
  const name = ALIASES[word.toUpperCase()] ?? word.toUpperCase();
  if (name === 'DECIMAL') return `DECIMAL(${first ?? 10},${second ?? 0})`;
  if (!Object.hasOwn(KINDS, name)) return undefined;
  return first === undefined ? name : `${name}(${first})`;
}
