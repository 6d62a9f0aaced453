/** Metrics as SQL text: loads Kysely, which `compiled-sql.ts` spares whoever only asks. */
import { builderFor } from './dialect/dialect.js';
import { engineSql } from './dialect/engine-sql.js';
import type { EngineName } from '../engine/engine.js';
import type { Metric } from './metric.js';
import type { QueryName, Variant, VariantName } from './metric-names.js';
import { Bound } from './queries/builder.js';
import { queries } from './queries/by-name.js';

export interface SqlTemplate {
  /** With `{table}` in place of each published table. */
  readonly sql: string;
  /** Names of the values, in the order in which the engine takes them. */
  readonly parameters: readonly string[];
}

/** Of one engine, variants among them. */
export type CompiledQueries = Readonly<
  Record<QueryName, SqlTemplate> & Partial<Record<VariantName, SqlTemplate>>
>;

/** The variants of its query that a metric has, and the name of each; without one it is the plain query. */
export function variantsOf({
  name,
  order,
  every,
}: Pick<Metric, 'name' | 'order' | 'every'>): ReadonlyMap<
  QueryName | VariantName,
  Variant | undefined
> {
  const variants = new Map<QueryName | VariantName, Variant | undefined>([[name, undefined]]);
  if (order !== undefined) variants.set(`${name}, after`, 'after');
  if (every !== undefined) variants.set(`${name}, every`, 'every');
  return variants;
}

/** @param variant `after`: the list goes on behind a row; `every`: see `Builder` */
export function compileMetric(
  metric: Pick<Metric, 'name'>,
  engine: EngineName,
  variant?: Variant,
): SqlTemplate {
  const built = queries[metric.name]({
    db: builderFor(engine),
    engine: engineSql[engine],
    after: variant === 'after',
    every: variant === 'every',
  });
  const { sql, parameters } = built.compile();
  return {
    sql,
    parameters: parameters.map((value) => {
      if (value instanceof Bound) return value.name;
      throw new TypeError(`${metric.name} binds a value that has no name: ${String(value)}.`);
    }),
  };
}
