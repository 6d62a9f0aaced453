/** Asks the metrics of a build. */
import type { ResultSet } from '../../engine/engine.js';
import { ask, positionOf, type Tables } from '../../metrics/answer.js';
import type { Metric, SortKey } from '../../metrics/metric.js';
import type { Values } from '../../metrics/parameters.js';
import type { BuildReader } from '../store/build-reader.js';
import type { LongLists } from './long-lists.js';

/** A list of the API: a metric, and how it is cut into pages. */
export interface PagedMetric {
  readonly metric: Metric;
  /** The parameter that says how many rows a page has. */
  readonly size: string;
  /** True where the metric's own query gives all rows, and the page is cut out of them here. */
  readonly cutHere?: boolean;
}

export interface Page {
  readonly result: ResultSet;
  /** The place of the last row, where more rows follow. */
  readonly next: Values | null;
}

/** One page: the rows behind `after`, or from the beginning. */
export async function pageOf(
  build: BuildReader,
  tables: Tables,
  lists: LongLists,
  { metric, size, cutHere = false }: PagedMetric,
  values: Values,
  after: Values | undefined,
): Promise<Page> {
  const count = Number(values[size]);
  const asked = (rows: number): Promise<ResultSet> =>
    build.read((connection) => ask(connection, tables, metric, { ...values, [size]: rows }, after));
  let result: ResultSet;
  if (cutHere) {
    result = await build.read((connection) => ask(connection, tables, metric, values));
  } else if (after === undefined) {
    // Every first page is the beginning of the longest one.
    const key = JSON.stringify([build.file.id, metric.name, { ...values, [size]: null }]);
    result = await lists.get(key, () => asked(mostOf(metric, size) + 1));
  } else {
    // One row more than the page has tells whether another page follows.
    result = await asked(count + 1);
  }
  const rows = cutHere && after !== undefined ? behind(metric, result, after) : result.rows;
  const shown = rows.slice(0, count);
  const last = shown.at(-1);
  return {
    result: { columns: result.columns, rows: shown },
    next: rows.length > count && last !== undefined ? positionOf(metric, last) : null,
  };
}

function mostOf({ parameters, name }: Metric, size: string): number {
  const parameter = parameters[size];
  if (parameter?.kind === 'number') return parameter.range.api[1];
  throw new TypeError(`${name} has no pages by ${size}.`);
}

/** Rows behind a place in an order of one ascending date. */
function behind(metric: Metric, { rows }: ResultSet, after: Values): ResultSet['rows'] {
  const [key] = metric.order as readonly [SortKey];
  const place = metric.columns.findIndex(({ name }) => name === key.column);
  return rows.filter((row) => String(row[place] as string) > String(after[key.column]));
}
