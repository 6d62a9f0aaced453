/** Asks the metrics of a build. */
import { DatabaseError } from '../../engine/database-error.js';
import type { ResultSet } from '../../engine/engine.js';
import { ask, askEvery, positionOf } from '../../metrics/answer.js';
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
  lists: LongLists,
  { metric, size, cutHere = false }: PagedMetric,
  values: Values,
  after: Values | undefined,
): Promise<Page> {
  const count = Number(values[size]);
  const asked = (rows: number): Promise<ResultSet> =>
    build.read((connection) =>
      ask(connection, build.tables, metric, { ...values, [size]: rows }, after),
    );
  let result: ResultSet;
  if (cutHere) {
    result = await wholeOf(build, lists, metric, values);
  } else if (after === undefined) {
    // Every first page is the beginning of the longest one.
    const key = JSON.stringify([build.facts.id, metric.name, { ...values, [size]: null }]);
    result = await lists.get(key, () => asked(rangeOf(metric, size)[1] + 1));
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

/**
 * All rows of an answer. Where a metric can be asked for every value at once it is asked so,
 * once: to plan its query takes the database longer than all of the rows.
 */
export async function wholeOf(
  build: BuildReader,
  lists: LongLists,
  metric: Metric,
  values: Values,
): Promise<ResultSet> {
  const alone = (): Promise<ResultSet> =>
    build.read((connection) => ask(connection, build.tables, metric, values));
  if (metric.every === undefined) return alone();
  const key = JSON.stringify([build.facts.id, metric.name, 'every']);
  let all: ResultSet;
  try {
    all = await lists.get(key, () =>
      build.read((connection) => askEvery(connection, build.tables, metric)),
    );
  } catch (error) {
    // A total of a year may not fit its column where that of a day does.
    if (error instanceof DatabaseError) return alone();
    throw error;
  }
  const value = Number(values[metric.every]);
  const width = metric.columns.length;
  const [least] = rangeOf(metric, metric.every);
  const rows =
    metric.shape === 'list'
      ? all.rows.filter((row) => Number(row[width]) <= value).map((row) => row.slice(0, width))
      : all.rows.slice(value - least, value - least + 1);
  return { columns: all.columns.slice(0, width), rows };
}

function rangeOf({ parameters, name }: Metric, number: string): readonly [number, number] {
  const parameter = parameters[number];
  if (parameter?.kind === 'number') return parameter.range.api;
  throw new TypeError(`${name} has no number ${number}.`);
}

/** Rows behind a place in an order of one ascending date. */
function behind(metric: Metric, { rows }: ResultSet, after: Values): ResultSet['rows'] {
  const [key] = metric.order as readonly [SortKey];
  const place = metric.columns.findIndex(({ name }) => name === key.column);
  return rows.filter((row) => String(row[place] as string) > String(after[key.column]));
}
