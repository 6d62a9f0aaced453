import type { LastRun } from './last-run.js';
import type { SiteRun } from './page/site/site-data.js';

/** Times of nodes are counted from the start of the first of them. */
export function siteRun(run: LastRun): SiteRun {
  const starts = run.results.flatMap(({ startedAt }) => startedAt?.getTime() ?? []);
  const first = starts.reduce((least, time) => Math.min(least, time), Infinity);
  const since = (date: Date | null): number | null =>
    date === null ? null : date.getTime() - first;
  return {
    command: run.command,
    startedAt: starts.length === 0 ? null : new Date(first).toISOString(),
    endedAt: run.generatedAt.toISOString(),
    elapsed: run.elapsed,
    invocationId: run.invocationId,
    results: run.results.map((result) => ({
      id: result.id,
      status: result.status,
      thread: result.thread,
      start: since(result.startedAt),
      end: since(result.completedAt),
      seconds: result.seconds,
      message: result.message,
      failures: result.failures,
      rows: result.rows,
      reused: result.reused,
    })),
  };
}
