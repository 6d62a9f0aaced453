/** Loads the seeds that stand for sources before anything else runs. */
import type { NodeResult } from '../manifest/results.js';
import type { RunListener } from './listener.js';
import { loadSourceSeeds } from './load-files.js';
import { persistDocs, runHooks } from './materialize.js';
import { emptyResult } from './node-result.js';
import type { NodeRun } from './node-run.js';
import type { Plan } from './plan.js';

/** @throws TechstoreError `source` with the faults of all files: then no model may run */
export async function seedsFirst(
  planned: Plan,
  run: NodeRun,
  listener: RunListener,
  results: Map<string, NodeResult>,
): Promise<void> {
  if (planned.sourceSeeds.length === 0) return;
  const started = new Date();
  for (const { seed } of planned.sourceSeeds) {
    listener.nodeStarted(seed);
    await runHooks(seed.config.preHook, seed, run);
  }
  const rows = await loadSourceSeeds(planned.sourceSeeds, run.connection, run.dialect);
  const completed = new Date();
  const seconds = (completed.getTime() - started.getTime()) / 1000 / planned.sourceSeeds.length;
  for (const { seed } of planned.sourceSeeds) {
    const name = run.dialect.renderRelation({
      database: seed.database,
      schema: seed.schema,
      identifier: seed.alias,
    });
    await persistDocs(seed, name, run);
    await runHooks(seed.config.postHook, seed, run);
    const result: NodeResult = {
      ...emptyResult(seed.uniqueId, 'success'),
      message: 'seed',
      rows: rows.get(seed.uniqueId) ?? null,
      relationName: name,
      executionTime: seconds,
      timing: [{ name: 'execute', startedAt: started, completedAt: completed }],
    };
    results.set(seed.uniqueId, result);
    listener.nodeFinished(seed, result);
  }
}
