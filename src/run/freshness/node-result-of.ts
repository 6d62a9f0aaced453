/** What was found of a source, as the result of a node: for progress, skips and the summary of a build. */
import { ageText, limitText, newestOf } from '../../ground/freshness.js';
import type { FreshnessResult } from '../../manifest/freshness.js';
import type { NodeResult, NodeStatus } from '../../manifest/results.js';
import { emptyResult } from '../node-result.js';

const statuses: Record<FreshnessResult['status'], NodeStatus> = {
  pass: 'pass',
  warn: 'warn',
  error: 'error',
  'runtime error': 'error',
};

export function nodeResultOf(result: FreshnessResult): NodeResult {
  return {
    ...emptyResult(result.uniqueId, statuses[result.status]),
    message: result.error ?? staleness(result),
    timing: result.timing,
    executionTime: result.executionTime,
    thread: result.thread,
  };
}

/** `stale: its newest record is 3 days old (2025-06-27 12:00:00 UTC), and may be 1 day old`; null for one that passes. */
function staleness({
  status,
  maxLoadedAt,
  age,
  fromFile,
  criteria: { warnAfter, errorAfter },
}: FreshnessResult): string | null {
  const limit = status === 'error' ? errorAfter : status === 'warn' ? warnAfter : null;
  if (limit === null || maxLoadedAt === null || age === null) return null;
  const newest = newestOf(maxLoadedAt);
  if (newest === null) return 'stale: it has no record with a time';
  const at = newest.toISOString().slice(0, 19).replace('T', ' ');
  const what = fromFile === true ? 'file' : 'newest record';
  return `stale: its ${what} is ${ageText(age)} old (${at} UTC), and may be ${limitText(limit)} old`;
}
