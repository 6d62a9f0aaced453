/** Rows of two tables compared by the database: no row is read into this program but the samples. */
import type { Connection, Dialect, RelationName } from '../engine/engine.js';
import { comparesExactly, type SharedColumn } from './compared-columns.js';

/** Everything that the statements are made of. */
export interface RowComparison {
  readonly connection: Connection;
  readonly dialect: Dialect;
  readonly from: RelationName;
  readonly to: RelationName;
  readonly shared: readonly SharedColumn[];
  /** Part of `shared`; empty to compare whole rows. */
  readonly key: readonly SharedColumn[];
}

export interface RowDifferences {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  /** Changed rows by column, for all that are compared and not in the key. */
  readonly byColumn: readonly { readonly name: string; readonly rows: number }[];
}

/** Values of a column whose type is another one are compared as the texts they print as. */
export function comparable(
  column: SharedColumn,
  side: 'from' | 'to',
  table: string,
  dialect: Dialect,
): string {
  const value = `${table}.${dialect.quoteIdentifier(column[side].name)}`;
  return comparesExactly(column) ? value : `CAST(${value} AS STRING)`;
}

/** `NULL` is a value like any other. */
export function isSame(column: SharedColumn, dialect: Dialect): string {
  return `${comparable(column, 'from', 'a', dialect)} IS NOT DISTINCT FROM ${comparable(column, 'to', 'b', dialect)}`;
}

/** The join by key of both tables as `a` and `b`; `techstore_in_a` and `techstore_in_b` are NULL where one has no such row. */
export function joinByKey(comparison: RowComparison, kind: 'FULL' | 'INNER'): string {
  const { dialect, from, to, key } = comparison;
  const side = (relation: RelationName, present: string): string =>
    `(SELECT *, true AS ${present} FROM ${dialect.renderRelation(relation)})`;
  return `${side(from, 'techstore_in_a')} AS a ${kind} JOIN ${side(to, 'techstore_in_b')} AS b ON ${key.map((c) => isSame(c, dialect)).join(' AND ')}`;
}

export function valuesOf(comparison: RowComparison): readonly SharedColumn[] {
  return comparison.shared.filter((column) => !comparison.key.includes(column));
}

/** True where no two rows of either table have the same key. */
export async function isUnique(comparison: RowComparison): Promise<boolean> {
  const { connection, dialect } = comparison;
  for (const side of ['from', 'to'] as const) {
    const key = comparison.key.map((column) => comparable(column, side, 't', dialect)).join(', ');
    const { rows } = await connection.query(
      `SELECT 1 FROM ${dialect.renderRelation(comparison[side])} AS t GROUP BY ${key} HAVING count(*) > 1 LIMIT 1`,
    );
    if (rows.length > 0) return false;
  }
  return true;
}

/** Rows matched by a key that is unique in both tables. */
export async function differencesByKey(comparison: RowComparison): Promise<RowDifferences> {
  const { connection, dialect } = comparison;
  const values = valuesOf(comparison);
  const both = 'techstore_in_a AND techstore_in_b';
  const differs = values.map((column) => `NOT (${isSame(column, dialect)})`);
  const any = differs.length === 0 ? 'false' : differs.join(' OR ');
  const counts = [
    'count(*) FILTER (WHERE techstore_in_a IS NULL)',
    'count(*) FILTER (WHERE techstore_in_b IS NULL)',
    `count(*) FILTER (WHERE ${both} AND (${any}))`,
    ...differs.map((differ) => `count(*) FILTER (WHERE ${both} AND ${differ})`),
  ];
  const { rows } = await connection.query(
    `SELECT ${counts.join(', ')} FROM ${joinByKey(comparison, 'FULL')}`,
  );
  const [added = 0, removed = 0, changed = 0, ...byColumn] = (rows[0] ?? []).map(Number);
  return {
    added,
    removed,
    changed,
    byColumn: values.map(({ name }, i) => ({ name, rows: byColumn[i] ?? 0 })),
  };
}

/**
 * How many times more often each whole row stands in the second table than in the first, as
 * `n`, for rows where that is not 0. Columns are `c0`, `c1`, …
 */
export function surplus({ dialect, from, to, shared }: RowComparison): string {
  const rows = (side: 'from' | 'to', relation: RelationName, n: number): string => {
    const values = shared.map((column, i) => `${comparable(column, side, 't', dialect)} AS c${i}`);
    return `SELECT ${[...values, `${n} AS n`].join(', ')} FROM ${dialect.renderRelation(relation)} AS t`;
  };
  const columns = shared.map((_, i) => `c${i}`).join(', ');
  return `(SELECT ${columns}, sum(n) AS n FROM (${rows('from', from, -1)} UNION ALL ${rows('to', to, 1)}) GROUP BY ${columns} HAVING sum(n) <> 0)`;
}

/** Whole rows, each as often as it stands there. */
export async function differencesOfWholeRows(comparison: RowComparison): Promise<RowDifferences> {
  const { rows } = await comparison.connection.query(
    `SELECT coalesce(sum(n) FILTER (WHERE n > 0), 0), coalesce(-sum(n) FILTER (WHERE n < 0), 0) FROM ${surplus(comparison)}`,
  );
  const [added = 0, removed = 0] = (rows[0] ?? []).map(Number);
  return { added, removed, changed: 0, byColumn: [] };
}
