/** All rows of the models' tables, from either engine, in an order of their own. */
import type { Connection, Row, Value } from '../../src/engine/engine.js';

export const models = [
  ...['customers', 'order_items', 'orders', 'product_categories', 'products', 'reviews'].map(
    (name) => `bronze_${name}`,
  ),
  ...['customers', 'order_items', 'orders', 'products', 'rejected_rows', 'reviews'].map(
    (name) => `silver_${name}`,
  ),
  'gold_customer_analytics',
  'gold_operational_metrics',
  'gold_product_performance',
  'gold_sales_metrics',
];

/** Columns that differ from run to run are left out, as the contract says. */
export function comparedColumns(names: readonly string[]): string[] {
  return names.filter((name) => !name.startsWith('_') || name === '_source_table');
}

export async function rowsOf(
  connection: Connection,
  relation: string,
  columns: readonly string[],
  quote: (name: string) => string,
): Promise<Row[]> {
  const { rows } = await connection.query(
    `SELECT ${columns.map(quote).join(', ')} FROM ${relation}`,
  );
  const keyed = rows.map((row) => [JSON.stringify(row), row] as const);
  return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, row]) => row);
}

/** The first rows that only one side has, readable enough to find the macro that is wrong. */
export function differences(
  columns: readonly string[],
  ours: readonly Row[],
  theirs: readonly Row[],
): string[] {
  const only = (rows: readonly Row[], others: readonly Row[]): Row[] => {
    const count = new Map<string, number>();
    for (const row of others)
      count.set(JSON.stringify(row), (count.get(JSON.stringify(row)) ?? 0) + 1);
    return rows.filter((row) => {
      const left = count.get(JSON.stringify(row)) ?? 0;
      count.set(JSON.stringify(row), left - 1);
      return left <= 0;
    });
  };
  const show = (side: string) => (row: Row) =>
    `${side} ${columns.map((name, i) => `${name}=${JSON.stringify(row[i] as Value)}`).join(' ')}`;
  return [
    ...only(ours, theirs).slice(0, 3).map(show('only on DuckDB:')),
    ...only(theirs, ours).slice(0, 3).map(show('only on Spark: ')),
  ];
}
