import type { ResultSet } from '../../engine/engine.js';
import type { MetricName, SectionName } from '../../metrics/metric-names.js';
import type { Metric } from '../../metrics/metric.js';
import type { Values } from '../../metrics/parameters.js';

/** A question and what came back. */
export interface Answered<Name extends MetricName | SectionName = MetricName | SectionName> {
  readonly metric: Metric<Name>;
  readonly values: Values;
  readonly answer: ResultSet;
}
