import { TechstoreError } from '../errors.js';

/** A declared column: its name as in the file's header, its type as in SQL. */
export interface SourceColumn {
  readonly name: string;
  readonly type: string;
}

/** A declared type, parsed. `sql` is the name that DuckDB gets and that messages show. */
export type ColumnType =
  | {
      readonly kind: 'integer';
      readonly sql: string;
      readonly min: bigint;
      readonly max: bigint;
      /** The digits of `max`. */
      readonly maxDigits: string;
    }
  | {
      readonly kind: 'decimal';
      readonly sql: string;
      /** Digits at most before the point, leading zeros aside. */
      readonly integerDigits: number;
      readonly scale: number;
    }
  | { readonly kind: 'text' | 'date' | 'timestamp' | 'boolean' | 'double'; readonly sql: string };

/** A declared column with its type parsed. */
export interface TypedColumn {
  readonly name: string;
  readonly type: ColumnType;
}

function integer(sql: string, bits: bigint): ColumnType {
  const half = 2n ** (bits - 1n);
  const max = half - 1n;
  return { kind: 'integer', sql, min: -half, max, maxDigits: max.toString() };
}

/** Any text. */
export const TEXT: ColumnType = { kind: 'text', sql: 'VARCHAR' };
const INTEGER = integer('INTEGER', 32n);

const namedTypes: ReadonlyMap<string, ColumnType> = new Map([
  ['BIGINT', integer('BIGINT', 64n)],
  ['INTEGER', INTEGER],
  ['INT', INTEGER],
  ['SMALLINT', integer('SMALLINT', 16n)],
  ['VARCHAR', TEXT],
  ['TEXT', TEXT],
  ['STRING', TEXT],
  ['DATE', { kind: 'date', sql: 'DATE' }],
  ['TIMESTAMP', { kind: 'timestamp', sql: 'TIMESTAMP' }],
  ['BOOLEAN', { kind: 'boolean', sql: 'BOOLEAN' }],
  ['DOUBLE', { kind: 'double', sql: 'DOUBLE' }],
]);

/**
 * Parses a declared type, in any case: BIGINT, INTEGER or INT, SMALLINT,
 * DECIMAL(p) or DECIMAL(p,s), VARCHAR, TEXT or STRING, DATE, TIMESTAMP, BOOLEAN,
 * DOUBLE. Gives undefined for any other.
 */
export function parseColumnType(type: string): ColumnType | undefined {
  const name = type.trim().toUpperCase();
  const named = namedTypes.get(name);
  if (named !== undefined) return named;
  const decimal = /^DECIMAL\s*\(\s*(\d{1,2})\s*(?:,\s*(\d{1,2})\s*)?\)$/.exec(name);
  if (decimal === null) return undefined;
  const precision = Number(decimal[1]);
  const scale = Number(decimal[2] ?? '0');
  if (precision < 1 || precision > 38 || scale > precision) return undefined;
  return {
    kind: 'decimal',
    sql: `DECIMAL(${precision},${scale})`,
    integerDigits: precision - scale,
    scale,
  };
}

/**
 * The columns with their types parsed.
 * @throws TechstoreError `source` when a type is not among those that source
 * files may have, or when two columns have one name.
 */
export function parseColumns(table: string, columns: readonly SourceColumn[]): TypedColumn[] {
  const names = new Set<string>();
  return columns.map(({ name, type }) => {
    const parsed = parseColumnType(type);
    if (parsed === undefined) {
      throw new TechstoreError(
        'source',
        `Table ${table}: column ${name} has the type ${type}, which source files do not support.`,
        {
          hint: 'Declare it as BIGINT, INTEGER, SMALLINT, DECIMAL(p,s), TEXT, DATE, TIMESTAMP, BOOLEAN or DOUBLE.',
        },
      );
    }
    const key = name.toLowerCase();
    if (names.has(key)) {
      throw new TechstoreError('source', `Table ${table} declares column ${name} twice.`);
    }
    names.add(key);
    return { name, type: parsed };
  });
}
