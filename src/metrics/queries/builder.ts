/** What a metric's query is made with. */
import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { EngineSql } from '../dialect/engine-sql.js';
import type { ColumnType, Metric } from '../metric.js';
import type { PublishedTables } from '../tables.js';

/** Stands for a value that is bound when the query runs. */
export class Bound {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

export interface Builder {
  readonly db: Kysely<PublishedTables>;
  readonly engine: EngineSql;
  /** The list goes on behind a row, whose values of the order's columns are bound as `after.column`. */
  readonly after: boolean;
  /** The answers to all values of `metric.every`, in the form that `askEvery` says. */
  readonly every: boolean;
}

export interface Compilable {
  compile(): { readonly sql: string; readonly parameters: readonly unknown[] };
}

/**
 * The value of a parameter, bound. In an expression its type has to be said: a statement that
 * is kept prepared would otherwise be planned anew each time that it is asked.
 */
export function bound(name: string, as?: 'bigint' | 'int'): RawBuilder<number> {
  const value = sql<number>`${new Bound(name)}`;
  return as === undefined ? value : sql<number>`cast(${value} as ${sql.raw(as)})`;
}

const sqlTypes: Partial<Record<ColumnType, string>> = {
  id: 'bigint',
  count: 'bigint',
  money: 'decimal(18, 2)',
  timestamp: 'timestamp',
};

/**
 * The condition for the rows behind one, in the order of the metric: with the columns
 * a, b it is `a > x or (a = x and b > y)`.
 */
export function behind(metric: Metric): RawBuilder<boolean> {
  if (metric.order === undefined) throw new TypeError(`${metric.name} has no order to page by.`);
  return nested(
    metric.order.map(({ column, direction }) => {
      const type = metric.columns.find(({ name }) => name === column)?.type;
      const sqlType = type === undefined ? undefined : sqlTypes[type];
      if (sqlType === undefined)
        throw new TypeError(`${metric.name} cannot be paged by ${column}.`);
      const value = sql`cast(${new Bound(`after.${column}`)} as ${sql.raw(sqlType)})`;
      const sign = sql.raw(direction === 'asc' ? '>' : '<');
      return {
        beyond: sql<boolean>`${sql.ref(column)} ${sign} ${value}`,
        equal: sql<boolean>`${sql.ref(column)} = ${value}`,
      };
    }),
  );
}

interface KeyCondition {
  readonly beyond: RawBuilder<boolean>;
  readonly equal: RawBuilder<boolean>;
}

function nested([first, ...rest]: readonly KeyCondition[]): RawBuilder<boolean> {
  if (first === undefined) return sql<boolean>`false`;
  if (rest.length === 0) return first.beyond;
  return sql<boolean>`(${first.beyond} or (${first.equal} and ${nested(rest)}))`;
}
