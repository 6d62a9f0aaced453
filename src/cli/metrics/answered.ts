import type { ResultSet } from '../../engine/engine.js';
import type { Metric } from '../../metrics/metric.js';
import type { Values } from '../../metrics/parameters.js';

/** A question and what came back. */
export interface Answered {
  readonly metric: Metric;
  readonly values: Values;
  readonly answer: ResultSet;
}
