/** `seed` on a warehouse: each seed becomes a Delta table under its own name, in one step. */
import type { BuildOutcome } from '../build-request.js';
import { connections, releaseAll } from '../connections.js';
import type { SeedNode } from '../../manifest/nodes.js';
import type { NodeResult } from '../../manifest/results.js';
import { runHooks, type Made } from '../materialize.js';
import { emptyResult } from '../node-result.js';
import { ensureSchema, type NodeRun } from '../node-run.js';
import { plan } from '../plan.js';
import type { WarehouseRequest } from './build-in-warehouse.js';
import { outcomeWithoutBuild } from './outcome-without-build.js';
import { type ReadSeed, SeedReader } from './seed-rows.js';
import { seedStatements } from './seed-statements.js';

export async function loadSeeds(request: WarehouseRequest): Promise<BuildOutcome> {
  const { engine, listener } = request;
  const planned = await plan({ ...request, prior: {}, files: null });
  const seeds = planned.run.filter((node): node is SeedNode => node.resourceType === 'seed');
  const runs = await connections(engine, request.compiler, Math.max(1, request.threads), (text) => {
    listener.warn(text);
  });
  const results = new Map<string, NodeResult>();
  listener.started(seeds.length);
  const reader = await SeedReader.open(engine.database);
  try {
    // All files are checked before the first table changes.
    const counts = await reader.loadSources(planned.sourceSeeds);
    const left = [...seeds];
    await Promise.all(
      runs.map(async (run, thread) => {
        for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
          if (request.signal.aborted) return;
          listener.nodeStarted(seed);
          const started = new Date();
          const counted = counts.get(seed.uniqueId);
          const loaded =
            counted === undefined
              ? await reader.load(seed, run)
              : { rows: counted, types: new Map<string, string>() };
          const { rows } = loaded;
          const relationName = await writeSeed(seed, loaded, reader, run);
          const completed = new Date();
          const result: NodeResult = {
            ...emptyResult(seed.uniqueId, 'success'),
            message: 'seed',
            rows,
            relationName,
            thread: `Thread-${thread + 1}`,
            executionTime: (completed.getTime() - started.getTime()) / 1000,
            timing: [{ name: 'execute', startedAt: started, completedAt: completed }],
          };
          results.set(seed.uniqueId, result);
          listener.nodeFinished(seed, result);
        }
      }),
    );
  } finally {
    await reader.close();
    await releaseAll(runs);
  }
  return outcomeWithoutBuild([...results.values()]);
}

/** A seed of a build, in the build's schema. */
export async function runSeedInWarehouse(seed: SeedNode, run: NodeRun): Promise<Made> {
  const reader = await SeedReader.open(seed.database);
  try {
    const loaded = await reader.load(seed, run);
    const relationName = await writeSeed(seed, loaded, reader, run);
    return { rows: loaded.rows, relationName, message: 'seed' };
  } finally {
    await reader.close();
  }
}

/** @returns its name in SQL */
async function writeSeed(
  seed: SeedNode,
  expected: ReadSeed,
  reader: SeedReader,
  run: NodeRun,
): Promise<string> {
  const relation = { database: seed.database, schema: seed.schema, identifier: seed.alias };
  const name = run.dialect.renderRelation(relation);
  await ensureSchema(run, seed);
  await runHooks(seed.config.preHook, seed, run);
  const { columns, batches } = await reader.rows(relation, expected.types);
  let written = 0;
  for await (const { sql, rows } of seedStatements(name, columns, batches, run.dialect)) {
    await run.connection.run(sql);
    written += rows;
  }
  if (written !== expected.rows) {
    throw new Error(`${seed.name}: ${written} of ${expected.rows} rows were written`);
  }
  await runHooks(seed.config.postHook, seed, run);
  return name;
}
