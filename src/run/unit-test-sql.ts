/** Rows of a unit test as SQL, and the comparison of actual with expected rows. */
import { TechstoreError, type Place } from '../errors.js';
import type { Row as ResultRow } from '../engine/engine.js';
import { Float } from '../jinja/index.js';

export interface FixtureColumn {
  readonly name: string;
  readonly type: string;
}

export type FixtureRow = Readonly<Record<string, unknown>>;

interface Dialect {
  readonly quote: (identifier: string) => string;
  readonly literal: (text: string) => string;
}

/**
 * A query that returns the rows, with each column cast to its type. A column that a row omits is NULL.
 *
 * @param columns all columns of the input, in order; names are matched ignoring case
 * @throws TechstoreError for a key that is not a column, with the existing columns
 */
export function rowsQuery(
  rows: readonly FixtureRow[],
  columns: readonly FixtureColumn[],
  dialect: Dialect,
  what: string,
  place: Place,
): string {
  const names = new Map(columns.map((column) => [column.name.toLowerCase(), column]));
  for (const row of rows) {
    for (const key of Object.keys(row)) {
      if (names.has(key.toLowerCase())) continue;
      throw new TechstoreError('compilation', `${what} has no column '${key}'`, {
        place,
        hint: `Its columns are: ${columns.map((column) => column.name).join(', ')}.`,
      });
    }
  }
  const select = (row: FixtureRow | null): string => {
    const values = new Map(Object.entries(row ?? {}).map(([k, v]) => [k.toLowerCase(), v]));
    return columns
      .map(
        (column) =>
          `cast(${valueSql(values.get(column.name.toLowerCase()), dialect)} as ${column.type}) as ${dialect.quote(column.name)}`,
      )
      .join(', ');
  };
  if (rows.length === 0) return `select ${select(null)} where 1 = 0`;
  return rows.map((row) => `select ${select(row)}`).join('\nunion all\n');
}

function valueSql(value: unknown, dialect: Dialect): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint') {
    return String(value);
  }
  if (value instanceof Float) return String(value.value);
  if (typeof value === 'string') return dialect.literal(value);
  if (value instanceof Date) return dialect.literal(value.toISOString());
  return dialect.literal(JSON.stringify(value));
}

/** Actual and expected rows, distinguished by the column `side`. */
export function bothSidesQuery(
  actual: string,
  expected: string,
  columns: readonly string[],
  quote: (identifier: string) => string,
): string {
  const list = columns.map(quote).join(', ');
  return [
    `with unit_test_actual as (\n${actual}\n),`,
    `unit_test_expected as (\n${expected}\n)`,
    `select 'actual' as side, ${list} from unit_test_actual`,
    'union all',
    `select 'expected' as side, ${list} from unit_test_expected`,
  ].join('\n');
}

/**
 * The rows that only one side has, repeated as often as that side has more of them: `actual` for an
 * unexpected row, `expected` for a missing one.
 *
 * @param rows the result of `bothSidesQuery`
 */
export function differingRows(rows: readonly ResultRow[]): ResultRow[] {
  const of = (side: string): Map<string, ResultRow[]> => {
    const found = new Map<string, ResultRow[]>();
    for (const row of rows.filter((r) => r[0] === side)) {
      const key = JSON.stringify(row.slice(1));
      found.set(key, [...(found.get(key) ?? []), row]);
    }
    return found;
  };
  const [actual, expected] = [of('actual'), of('expected')];
  const more = (one: typeof actual, other: typeof actual): ResultRow[] =>
    [...one].flatMap(([key, same]) => same.slice(other.get(key)?.length ?? 0));
  return [...more(actual, expected), ...more(expected, actual)];
}
