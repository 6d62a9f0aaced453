/** Asks metrics by name, in this process. */
import type { Connection, Row } from '../../src/engine/engine.js';
import { ask, type Tables } from '../../src/metrics/answer.js';
import type { Metric } from '../../src/metrics/metric.js';
import { queried } from '../../src/metrics/metrics.js';
import { checkParameters, type Values } from '../../src/metrics/parameters.js';

export function metricNamed(name: string): Metric {
  const metric = queried.find((one) => one.name === name);
  if (metric === undefined) throw new Error(`There is no metric ${name}.`);
  return metric;
}

export class Asking {
  readonly connection: Connection;
  readonly tables: Tables;

  constructor(connection: Connection, database: string) {
    this.connection = connection;
    this.tables = { engine: 'duckdb', database, schema: 'main' };
  }

  /** Missing parameters have their defaults. */
  async rows(
    name: string,
    given: Readonly<Record<string, unknown>> = {},
    after?: Values,
  ): Promise<readonly Row[]> {
    const metric = metricNamed(name);
    const { values, faults } = checkParameters(metric.parameters, given, 'terminal');
    if (faults.length > 0) throw new Error(JSON.stringify(faults));
    return (await ask(this.connection, this.tables, metric, values, after)).rows;
  }
}
