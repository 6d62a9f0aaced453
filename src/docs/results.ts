/** The last result of each node: of the last run where it is in it, else as the newest build remembers it. */
import type { SiteResult } from './page/site/site-data.js';
import type { SiteInput } from './site-input.js';

/** A build is written down a moment after its run_results.json, or before. */
const AT_ONCE = 60_000;

/** Whether a newer build was made, by whom the results were not written. */
export function isOutdated({ run, kept }: Pick<SiteInput, 'run' | 'kept'>): boolean {
  return run !== null && kept !== null && kept.at.getTime() - run.generatedAt.getTime() > AT_ONCE;
}

export function resultsOf({
  run,
  kept,
  samples,
}: Pick<SiteInput, 'run' | 'kept' | 'samples'>): ReadonlyMap<string, SiteResult> {
  const results = new Map<string, SiteResult>();
  for (const [id, state] of Object.entries(kept?.states ?? {})) {
    const { status, message, executionTime, failures, sample } = state;
    results.set(id, {
      status,
      message,
      seconds: executionTime,
      at: kept?.at.toISOString() ?? null,
      failures,
      reused: false,
      ...(samples === null || sample === null ? {} : { sample }),
    });
  }
  for (const result of run?.results ?? []) {
    const before = results.get(result.id);
    // Of a reused node the build knows what came of it when it ran.
    if (result.reused && before !== undefined) {
      results.set(result.id, { ...before, reused: true });
      continue;
    }
    results.set(result.id, {
      status: result.status,
      message: result.message,
      seconds: result.seconds,
      at: (result.completedAt ?? run?.generatedAt ?? null)?.toISOString() ?? null,
      failures: result.failures,
      reused: result.reused,
      ...(before?.sample === undefined ? {} : { sample: before.sample }),
    });
  }
  return results;
}
