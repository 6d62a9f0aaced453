/** What every metric query answers, as JSON, from either engine. */
import type { Connection } from '../../src/engine/engine.js';
import {
  ask,
  askEvery,
  jsonAnswer,
  jsonRows,
  positionOf,
  type Tables,
} from '../../src/metrics/answer.js';
import type { Metric } from '../../src/metrics/metric.js';
import { queried } from '../../src/metrics/metrics.js';
import { checkParameters, type Values } from '../../src/metrics/parameters.js';

/** Of customers and of products, as texts: the details are asked for each of them. */
export interface Ids {
  readonly customers: readonly string[];
  readonly products: readonly string[];
}

/** The first ids and the last. */
export async function someIds(connection: Connection, schema: string): Promise<Ids> {
  const of = async (table: string, column: string): Promise<string[]> => {
    const one = async (choice: 'min' | 'max'): Promise<string> => {
      const { rows } = await connection.query(
        `SELECT ${choice}(${column}) FROM ${schema}.${table}`,
      );
      return rows[0]?.[0] as string;
    };
    return [await one('min'), await one('max')];
  };
  return {
    customers: await of('gold_customer_analytics', 'customer_id'),
    products: await of('gold_product_performance', 'product_id'),
  };
}

/** Answers by question: with the defaults, with each choice, for each id, and of the page behind the first row. */
export async function answersOf(
  connection: Connection,
  tables: Tables,
  ids: Ids,
): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const metric of queried) {
    if (metric.every !== undefined) {
      const { rows } = await askEvery(connection, tables, metric);
      // Behind the metric's columns stands the number itself, of whichever type.
      const width = metric.columns.length;
      answers[`${metric.name} of every ${metric.every}`] = JSON.stringify([
        jsonRows(metric, rows),
        rows.map((row) => row.slice(width).map(Number)),
      ]);
    }
    for (const values of valuesOf(metric, ids)) {
      const { rows } = await ask(connection, tables, metric, values);
      const question = `${metric.name} ${JSON.stringify(values)}`;
      answers[question] = JSON.stringify(jsonAnswer(metric, rows));
      const [first] = rows;
      if (metric.order === undefined || first === undefined) continue;
      const after = positionOf(metric, first);
      const page = await ask(connection, tables, metric, values, after);
      answers[`${question}, page 2`] = JSON.stringify(jsonAnswer(metric, page.rows));
    }
  }
  return answers;
}

function valuesOf({ name, parameters }: Metric, ids: Ids): readonly Values[] {
  const choices = Object.entries(parameters).flatMap(([key, parameter]) => {
    if (parameter.kind === 'choice') return parameter.choices.map((choice) => ({ [key]: choice }));
    if (parameter.kind !== 'id') return [];
    return (name.startsWith('products') ? ids.products : ids.customers).map((id) => ({
      [key]: id,
    }));
  });
  return (choices.length === 0 ? [{}] : choices).map((given) => {
    const { values, faults } = checkParameters(parameters, given, 'terminal');
    if (faults.length > 0) throw new Error(`${name}: ${JSON.stringify(faults)}`);
    return values;
  });
}
