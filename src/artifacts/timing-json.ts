import type { Timing } from '../manifest/results.js';
import type { Json } from './plain.js';

/** As dbt's artifacts have the steps of a result. */
export function timingJson(timing: readonly Timing[]): Json[] {
  return timing.map(({ name, startedAt, completedAt }) => ({
    name,
    started_at: startedAt.toISOString(),
    completed_at: completedAt.toISOString(),
  }));
}
