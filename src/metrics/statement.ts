/** A metric as one statement of an engine, with its values. */
import type { EngineName, Param, SchemaName } from '../engine/engine.js';
import { engineNamed } from '../engine/engines.js';
import type { CompiledQueries } from './compile.js';
import type { Metric } from './metric.js';
import type { Values } from './parameters.js';

interface Statement {
  readonly sql: string;
  /** In the order in which the engine takes them. */
  readonly params: readonly Param[];
  /** Their names, in the same order. */
  readonly names: readonly string[];
}

const compiled: Readonly<
  Record<EngineName, () => Promise<{ readonly compiled: CompiledQueries }>>
> = {
  duckdb: () => import('./compiled/duckdb.js'),
  databricks: () => import('./compiled/databricks.js'),
};

/** Every query of an engine, with `{table}` in place of each published table. */
export async function engineQueries(engine: EngineName): Promise<CompiledQueries> {
  return (await compiled[engine]()).compiled;
}

/**
 * @param schema where the published tables lie
 * @param after the values of `metric.order` of the row behind which the list goes on: see `positionOf`;
 *   `every` for the rows of all values of `metric.every`
 */
export async function statementOf(
  metric: Metric,
  engine: EngineName,
  schema: SchemaName,
  values: Values,
  after?: Values | 'every',
): Promise<Statement> {
  const templates = await engineQueries(engine);
  const { name: query } = metric;
  const template =
    after === undefined
      ? templates[query]
      : templates[after === 'every' ? (`${query}, every` as const) : (`${query}, after` as const)];
  if (template === undefined) throw new TypeError(`${metric.name} has no such query.`);
  const { dialect } = engineNamed(engine);
  const sql = template.sql.trim().replaceAll(/\{(\w+)\}/g, (_, table: string) =>
    // The names of a profile may hold anything, `$&` too: hence no replacement text.
    dialect.renderRelation({ ...schema, identifier: table }),
  );
  const params = template.parameters.map((name) => {
    const value =
      name.startsWith('after.') && typeof after === 'object' ? after[name.slice(6)] : values[name];
    if (value === undefined) throw new TypeError(`${metric.name} needs a value of ${name}.`);
    return value;
  });
  return { sql, params, names: template.parameters };
}
