/** Loads the seeds that stand for sources before anything else runs. */
import type { SeedNode } from '../../manifest/nodes.js';
import type { NodeResult } from '../../manifest/results.js';
import type { RunListener } from '../listener.js';
import { persistDocs, runHooks } from '../materialize.js';
import { emptyResult } from '../node-result.js';
import type { NodeRun } from '../node-run.js';
import { loadSourceSeeds, type SourceSeed } from './load-source-seeds.js';

/**
 * @param runs the threads' connections; a database that reads files loads all seeds on the first one
 * @throws TechstoreError `source` with the errors of all files; then no model may run
 */
export async function seedsFirst(
  pairs: readonly SourceSeed[],
  runs: readonly NodeRun[],
  listener: RunListener,
  results: Map<string, NodeResult>,
): Promise<void> {
  const [main] = runs;
  if (main === undefined || pairs.length === 0) return;
  const finished = (seed: SeedNode, result: NodeResult): void => {
    results.set(seed.uniqueId, result);
    listener.nodeFinished(seed, result);
  };
  if (main.capabilities.readsFiles) return together(pairs, main, listener, finished);
  const { insertSourceSeeds } = await import('./insert-seeds.js');
  const since = new Map<string, Date>();
  await insertSourceSeeds(pairs, runs, {
    started: (seed) => {
      since.set(seed.uniqueId, new Date());
      listener.nodeStarted(seed);
    },
    written: (seed, name, rows, thread) => {
      const times = { from: since.get(seed.uniqueId) ?? new Date(), to: new Date() };
      const result = resultOf(seed, name, rows, times, secondsOf(times));
      finished(seed, { ...result, thread: `Thread-${thread}` });
    },
  });
}

async function together(
  pairs: readonly SourceSeed[],
  run: NodeRun,
  listener: RunListener,
  finished: (seed: SeedNode, result: NodeResult) => void,
): Promise<void> {
  const from = new Date();
  for (const { seed } of pairs) {
    listener.nodeStarted(seed);
    await runHooks(seed.config.preHook, seed, run);
  }
  const rows = await loadSourceSeeds(pairs, run.connection, run.dialect);
  const times = { from, to: new Date() };
  for (const { seed } of pairs) {
    const name = run.dialect.renderRelation({
      database: seed.database,
      schema: seed.schema,
      identifier: seed.alias,
    });
    await persistDocs(seed, name, run);
    await runHooks(seed.config.postHook, seed, run);
    const count = rows.get(seed.uniqueId) ?? null;
    finished(seed, resultOf(seed, name, count, times, secondsOf(times) / pairs.length));
  }
}

interface Times {
  readonly from: Date;
  readonly to: Date;
}

function secondsOf({ from, to }: Times): number {
  return (to.getTime() - from.getTime()) / 1000;
}

function resultOf(
  seed: SeedNode,
  relationName: string,
  rows: number | null,
  { from, to }: Times,
  seconds: number,
): NodeResult {
  return {
    ...emptyResult(seed.uniqueId, 'success'),
    message: 'seed',
    rows,
    relationName,
    relationType: 'table',
    executionTime: seconds,
    timing: [{ name: 'execute', startedAt: from, completedAt: to }],
  };
}
