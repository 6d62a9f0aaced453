/** Values as JSON, exact where JSON's readers are. */
import type { CellValue, ColumnKind, RowColumn } from './answer.js';
import { innerType, type InnerType } from './nested-type.js';

const wholeNumber = /^-?\d+$/;
const plainNumber = /^-?\d+(\.\d+)?$/;

/**
 * Makes the JSON of one column's values. Decimals are numbers; an integer past
 * 2^53 - 1 is a string, because most readers of JSON would change it; instants
 * have a `T`. The same holds inside of lists and structs.
 */
export function jsonOf({ kind, type }: RowColumn): (value: CellValue) => string {
  if (kind !== 'nested') return (value) => scalar(value, kind);
  const inner = innerType(type);
  return (value) => nested(value, inner);
}

function nested(value: CellValue, type: InnerType): string {
  if (Array.isArray(value) && type.is === 'list') {
    return `[${(value as readonly CellValue[]).map((item) => nested(item, type.of)).join(',')}]`;
  }
  if (isObject(value) && type.is !== 'value') {
    const fields = Object.entries(value).map(([key, item]) => {
      const of = fieldType(type, key, value);
      return `${jsonText(key)}:${of === undefined ? jsonText(item) : nested(item, of)}`;
    });
    return `{${fields.join(',')}}`;
  }
  return scalar(value, type.is === 'value' ? type.kind : 'other');
}

function fieldType(
  type: InnerType,
  key: string,
  whole: { readonly [key: string]: CellValue },
): InnerType | undefined {
  if (type.is === 'struct') return type.fields.get(key);
  const { tag } = whole;
  return type.is === 'union' && key === 'value' && typeof tag === 'string'
    ? type.members.get(tag)
    : undefined;
}

function isObject(value: CellValue): value is { readonly [key: string]: CellValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function scalar(value: CellValue, kind: ColumnKind): string {
  if (typeof value === 'bigint') return integer(value.toString());
  if (typeof value !== 'string') return jsonText(value);
  switch (kind) {
    case 'integer':
      return wholeNumber.test(value) ? integer(value) : jsonText(value);
    case 'decimal':
      // All digits: a reader with exact decimals loses nothing, others keep 15.
      return plainNumber.test(value) ? value : jsonText(value);
    case 'timestamp':
    case 'timestamptz':
      return jsonText(isoTimestamp(value));
    default:
      return jsonText(value);
  }
}

function integer(digits: string): string {
  return Number.isSafeInteger(Number(digits)) ? digits : `"${digits}"`;
}

/** `2024-10-01 00:00:00+00` as `2024-10-01T00:00:00Z`; `infinity` stays what it is. */
function isoTimestamp(text: string): string {
  const match = /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)(\+00)?$/.exec(text);
  if (match === null) return text;
  return `${match[1]}T${match[2]}${match[3] === undefined ? '' : 'Z'}`;
}

/**
 * `JSON.stringify` that is safe to show: it also escapes the controls of the second
 * block, with which a terminal can be commanded, and marks that turn the direction.
 */
export function jsonText(value: CellValue): string {
  return stringify(value).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A function to replace values makes it several times slower, and a bigint is rare. */
function stringify(value: CellValue): string {
  try {
    return JSON.stringify(value);
  } catch {
    return JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === 'bigint' ? bigintValue(inner) : inner,
    );
  }
}

function bigintValue(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}
