/** What is inside of a list, struct or map, read from the text of its type. */
import type { ColumnKind } from './answer.js';

/** A type as far as it matters for writing its values. */
export type InnerType =
  | { readonly is: 'value'; readonly kind: ColumnKind }
  | { readonly is: 'list'; readonly of: InnerType }
  | { readonly is: 'struct'; readonly fields: ReadonlyMap<string, InnerType> }
  /** Its values are `{tag, value}`. */
  | { readonly is: 'union'; readonly members: ReadonlyMap<string, InnerType> };

const kinds: Readonly<Record<string, ColumnKind>> = {
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
  DECIMAL: 'decimal',
  FLOAT: 'float',
  DOUBLE: 'float',
  BOOLEAN: 'boolean',
  VARCHAR: 'text',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
  TIMESTAMP_S: 'timestamp',
  TIMESTAMP_MS: 'timestamp',
  TIMESTAMP_NS: 'timestamp',
  'TIMESTAMP WITH TIME ZONE': 'timestamptz',
};

const unknown: InnerType = { is: 'value', kind: 'other' };

/**
 * Reads `STRUCT(a BIGINT, "b c" DECIMAL(18,2)[])`. What it does not know is a value of
 * kind `other`, which is written as the database gives it.
 */
export function innerType(text: string): InnerType {
  const type = text.trim();
  const list = /^(.*)\[\d*\]$/s.exec(type);
  if (list !== null) return { is: 'list', of: innerType(list[1] ?? '') };
  const call = /^(\w+)\((.*)\)$/s.exec(type);
  if (call === null) return { is: 'value', kind: kinds[type.toUpperCase()] ?? 'other' };
  const [, name = '', inside = ''] = call;
  switch (name.toUpperCase()) {
    case 'STRUCT':
      return struct(parts(inside).map(field));
    case 'UNION':
      return { is: 'union', members: new Map(parts(inside).map(field)) };
    case 'MAP': {
      const [key = '', value = ''] = parts(inside);
      // The engine gives a map as a list of its entries.
      return {
        is: 'list',
        of: struct([
          ['key', innerType(key)],
          ['value', innerType(value)],
        ]),
      };
    }
    case 'DECIMAL':
      return { is: 'value', kind: 'decimal' };
    default:
      return unknown;
  }
}

function struct(fields: readonly (readonly [string, InnerType])[]): InnerType {
  return { is: 'struct', fields: new Map(fields) };
}

function field(text: string): readonly [string, InnerType] {
  const match = /^\s*(?:"((?:[^"]|"")*)"|(\S+))\s+(.*)$/s.exec(text);
  if (match === null) return ['', unknown];
  const [, quoted, bare = '', type = ''] = match;
  return [quoted?.replaceAll('""', '"') ?? bare, innerType(type)];
}

/** Splits at the commas that are in no parentheses and no quotes. */
function parts(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let quote = '';
  let start = 0;
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i] ?? '';
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === ',' && depth === 0) {
      found.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return [...found, text.slice(start)];
}
