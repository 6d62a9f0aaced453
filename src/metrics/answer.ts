/** Asks a metric, and gives its answer the shape of the contract. */
import type { Connection, ResultSet, Row, SchemaName, Value } from '../engine/engine.js';
import type { EngineName } from '../engine/engine.js';
import type { ColumnType, Metric } from './metric.js';
import type { Values } from './parameters.js';
import { statementOf } from './statement.js';

export type JsonValue = null | boolean | number | string;
export type JsonRow = Readonly<Record<string, JsonValue>>;

/** Where the published tables are. */
export interface Tables extends SchemaName {
  readonly engine: EngineName;
}

/**
 * The rows of a metric, exact, in the order of its columns.
 *
 * @param after goes on behind a row of an earlier answer: see `positionOf`
 * @throws DatabaseError kind `catalog` when a published table is missing
 */
export async function ask(
  connection: Pick<Connection, 'query'>,
  tables: Tables,
  metric: Metric,
  values: Values,
  after?: Values,
): Promise<ResultSet> {
  const { sql, params } = await statementOf(metric, tables.engine, tables, values, after);
  return connection.query(sql, params);
}

/**
 * The answers to every value of `metric.every` that the API takes, in one result. Of an object: its
 * row for each value, from the least to the most. Of a list: the rows of the most, each with one
 * column more, the least value whose answer has the row.
 *
 * @throws DatabaseError also when only one of them does not fit its columns
 */
export async function askEvery(
  connection: Pick<Connection, 'query'>,
  tables: Tables,
  metric: Metric,
): Promise<ResultSet> {
  const { sql } = await statementOf(metric, tables.engine, tables, {}, 'every');
  return connection.query(sql);
}

/** The values that name a row's place in the order of its list: `after` of the next page. */
export function positionOf(metric: Metric, row: Row): Values {
  return Object.fromEntries(
    (metric.order ?? []).map(({ column }) => {
      const value = row[metric.columns.findIndex(({ name }) => name === column)];
      if (typeof value !== 'string' && typeof value !== 'number') {
        throw new TypeError(`A row of ${metric.name} has no ${column}.`);
      }
      return [column, value];
    }),
  );
}

/** Rows as the contract writes them in JSON: numbers, dates as text, null as null. */
export function jsonRows(metric: Metric, rows: readonly Row[]): JsonRow[] {
  return rows.map((row) => {
    const json: Record<string, JsonValue> = {};
    // By hand and not from entries: rows of one form take less memory and time.
    for (const [i, { name, type }] of metric.columns.entries()) {
      json[name] = jsonValue(row[i] ?? null, type);
    }
    return json;
  });
}

/** A list as an array, an object as itself; null for an object that there is not. */
export function jsonAnswer(metric: Metric, rows: readonly Row[]): JsonRow[] | JsonRow | null {
  const json = jsonRows(metric, rows);
  return metric.shape === 'list' ? json : (json[0] ?? null);
}

function jsonValue(value: Value, type: ColumnType): JsonValue {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'object') throw new TypeError('A metric has no nested values.');
  switch (type) {
    case 'id':
    case 'count': {
      const number = Number(value);
      return Number.isSafeInteger(number) ? number : String(value);
    }
    case 'money':
    case 'percent':
    case 'amount':
      return Number(value);
    case 'timestamp':
      return String(value).replace(' ', 'T');
    default:
      return String(value);
  }
}
