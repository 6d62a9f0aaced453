/** sources.json in version 3 of dbt's schema: how fresh sources were when somebody looked. */
import type { FreshnessResult } from '../manifest/freshness.js';
import type { FreshnessPeriod } from '../manifest/nodes.js';
import { metadataJson, type ArtifactInfo } from './info.js';
import type { Json } from './plain.js';
import { timingJson } from './timing-json.js';

/** @param elapsedTime seconds that the command took */
export function sourcesJson(
  results: readonly FreshnessResult[],
  elapsedTime: number,
  info: ArtifactInfo,
): Json {
  return {
    metadata: metadataJson('sources/v3', info),
    results: results.map(resultJson),
    elapsed_time: elapsedTime,
  };
}

function resultJson(result: FreshnessResult): Json {
  const { uniqueId, status, maxLoadedAt, snapshottedAt, age, criteria } = result;
  if (maxLoadedAt === null || snapshottedAt === null || age === null)
    return { unique_id: uniqueId, error: result.error, status: 'runtime error' };
  return {
    unique_id: uniqueId,
    max_loaded_at: instantJson(maxLoadedAt, result.maxLoadedAtMicros),
    snapshotted_at: instantJson(snapshottedAt, result.snapshottedAtMicros),
    max_loaded_at_time_ago_in_s: age,
    status,
    criteria: {
      warn_after: periodJson(criteria.warnAfter),
      error_after: periodJson(criteria.errorAfter),
      filter: criteria.filter,
    },
    adapter_response: { _message: 'OK' },
    timing: timingJson(result.timing),
    thread_id: result.thread,
    execution_time: result.executionTime,
  };
}

function periodJson(period: FreshnessPeriod | null): Json {
  return { count: period?.count ?? null, period: period?.period ?? null };
}

/** As Python's isoformat writes it: microseconds only where there are some. */
function instantJson(at: Date, micros = 0): string {
  const fraction = at.getUTCMilliseconds() * 1000 + micros;
  const shown = fraction === 0 ? '' : `.${String(fraction).padStart(6, '0')}`;
  return `${at.toISOString().slice(0, 19)}${shown}+00:00`;
}
