/** Runs a plan in a schema of the build's own, and publishes it if everything passed. */
import { TechstoreError } from '../../errors.js';
import type { Engine } from '../../engine/engine.js';
import type { GraphNode } from '../../manifest/nodes.js';
import type { NodeResult } from '../../manifest/results.js';
import {
  keyOf,
  WarehouseStore,
  type BegunBuild,
  type FinishedBuild,
  type KeptSchema,
  type MadeBuild,
  type PublishedName,
  type WarehouseBuild,
} from '../../builds/index.js';
import { detailsOf, newStates } from '../build-record.js';
import type { BuildOutcome, BuildRequest } from '../build-request.js';
import { connections, releaseAll } from '../connections.js';
import { interrupted } from '../interrupted.js';
import type { NodeRun } from '../node-run.js';
import type { NodeStates } from '../node-state.js';
import { plan, type Plan } from '../plan.js';
import { inOrder, runBetweenHooks } from '../run-between-hooks.js';
import { rejectedRows } from '../rejected-rows.js';
import { runNodes } from '../run-nodes.js';
import { shrunkTables } from '../shrunk-tables.js';
import { TestBatches } from '../test-batches.js';
import type { Compiler } from '../../dbt/compile.js';
import { checkCatalog } from './check-catalog.js';
import { countRows } from './count-rows.js';
import { loadSeeds } from './load-seeds.js';
import { outcomeWithoutBuild } from './outcome-without-build.js';
import { mixture } from '../stale.js';
import { publishedPlaces, relocate, relocatedCompiler, relocateTo } from './relocate.js';

export interface WarehouseRequest extends Omit<BuildRequest, 'store' | 'files'> {
  readonly engine: Engine;
  /** Schema of the target, in which the table of builds is. */
  readonly schema: string;
}

export async function buildInWarehouse(request: WarehouseRequest): Promise<BuildOutcome> {
  const { engine, command } = request;
  if (request.resume) {
    throw new TechstoreError('unsupported', 'A build on Databricks can not be gone on with', {
      hint: `Run techstore ${command} again.`,
    });
  }
  const stop = (): void => engine.interruptAll();
  request.signal.addEventListener('abort', stop);
  try {
    if (request.signal.aborted) throw interrupted();
    switch (command) {
      case 'seed':
        return await loadSeeds(request);
      case 'test':
        return await testPublished(request);
      case 'build':
      case 'run':
        return await inOwnSchema(request);
    }
  } catch (error) {
    throw request.signal.aborted ? interrupted() : error;
  } finally {
    request.signal.removeEventListener('abort', stop);
  }
}

async function inOwnSchema(request: WarehouseRequest): Promise<BuildOutcome> {
  const { command, commandLine, wait } = request;
  const store = await storeOf(request);
  const begun = await store.begin({ command: commandLine, ...wait });
  for (const note of begun.notes) request.listener.note(note);
  let finished: FinishedBuild | undefined;
  try {
    const prior = statesOf(begun.published);
    const planned = await plan({ ...request, prior, files: null, sourcesExist: true });
    const mixed =
      command === 'build' ? mixture(request, planned, begun.published?.details?.asOf ?? null) : [];
    for (const warning of mixed) request.listener.warn(warning);
    const done = await runPlan(request, planned, begun, prior);
    const outcome = { ...done.outcome, warnings: [...mixed, ...done.outcome.warnings] };
    const made = madeOf(request, done, namesOf(planned.run, done));
    if (command === 'build' && outcome.ok) {
      finished = await store.finish(begun, made);
      const published = await store.publish(finished);
      return { ...outcome, publishedId: published.id };
    }
    await store.fail(begun, made);
    return { ...outcome, keptId: begun.build.id };
  } catch (error) {
    throw await undone(request, begun, finished, error);
  } finally {
    await store.release();
  }
}

function storeOf({ engine, schema }: WarehouseRequest): Promise<WarehouseStore> {
  return WarehouseStore.open(engine, { database: engine.database, schema });
}

function madeOf(
  request: WarehouseRequest,
  { states, outcome }: Done,
  names: readonly PublishedName[],
): MadeBuild {
  const tables = new Set(
    Object.values(states).flatMap(({ relation }) => (relation === null ? [] : placeOf(relation))),
  );
  return {
    details: { ...detailsOf(request, states, outcome.ok), lineage: request.lineage },
    names: names.filter((name) => tables.has(placeOf(name))),
    stays: (name) => tables.has(placeOf(name)),
    threads: Math.max(1, request.threads),
  };
}

function placeOf({ schema, identifier }: { schema: string; identifier: string }): string {
  return JSON.stringify([schema, identifier]).toLowerCase();
}

/**
 * Removes the traces of a build that did not come to its end, over a new connection: after an
 * interrupt every old one refuses. What can't be done now the next build does.
 *
 * @returns the error to throw
 */
async function undone(
  request: WarehouseRequest,
  { build }: BegunBuild,
  finished: FinishedBuild | undefined,
  error: unknown,
): Promise<unknown> {
  try {
    const store = await storeOf(request);
    try {
      if (finished !== undefined && !(await store.takeBack(finished)))
        return published(build.id, error);
      await store.abandon(build);
    } finally {
      await store.release();
    }
  } catch {
    if (finished !== undefined) return halfPublished(build.id, error);
  }
  return error;
}

/** Once a build is published, nothing may say that it is not. */
function published(id: string, cause: unknown): TechstoreError {
  return new TechstoreError('publish', `Build ${id} is published, but something went wrong then`, {
    hint: `${cause instanceof Error ? cause.message : String(cause)} The next build makes up for it.`,
    cause,
  });
}

function halfPublished(id: string, cause: unknown): TechstoreError {
  return new TechstoreError(
    'publish',
    `Build ${id} is whole and tested, but publishing it broke off`,
    {
      hint: `${cause instanceof Error ? cause.message : String(cause)} Some names may show it already and others the build before: the next techstore build publishes it before it begins.`,
      cause,
    },
  );
}

function statesOf(published: WarehouseBuild | null): NodeStates {
  return (published?.details?.nodes ?? {}) as unknown as NodeStates;
}

interface Done {
  readonly outcome: BuildOutcome;
  readonly states: NodeStates;
  readonly relocated: ReadonlyMap<string, GraphNode>;
}

async function runPlan(
  request: WarehouseRequest,
  planned: Plan,
  begun: BegunBuild,
  prior: NodeStates,
): Promise<Done> {
  const { engine, listener, manifest } = request;
  const moved = relocate(
    manifest,
    planned.run.map((node) => node.uniqueId),
    begun.build.schema,
    publishedPlaces(begun.published?.names ?? []),
  );
  const compiler = relocatedCompiler(request.compiler, moved);
  const nodes = planned.run.map((node) => moved.nodes.get(node.uniqueId) ?? node);
  const runs = await batching(nodes, compiler, request);
  const [main] = runs;
  if (main === undefined) throw new Error('no connection');
  const ours = new Set((begun.published?.names ?? []).map(keyOf));
  await checkCatalog(planned.run, manifest, main.connection, (name) => ours.has(keyOf(name)));
  // Made when the build began.
  const schema = { database: engine.database, schema: begun.build.schema };
  main.schemas.set(engine.dialect.renderSchema(schema), Promise.resolve());
  listener.started(planned.run.length);
  const results = new Map<string, NodeResult>();
  const ordered = await runBetweenHooks({
    request: { ...request, manifest: moved },
    planned: { ...planned, run: nodes },
    runs,
    prior,
    results,
    afterNodes: async ({ connection }) => {
      // What follows belongs to no node.
      connection.tag?.({});
      await countRows(nodes, results, main);
    },
  });
  const states = newStates(manifest, planned, prior, results, new Map());
  const rejected = ordered.some(({ status }) => status === 'error')
    ? []
    : await rejectedRows(moved, main);
  const shrunk = request.command === 'build' ? shrunkTables(prior, states, manifest) : [];
  for (const text of shrunk) listener.warn(text);
  if (request.signal.aborted) throw interrupted();
  await releaseAll(runs);
  const outcome: BuildOutcome = {
    ...outcomeWithoutBuild(ordered),
    warnings: shrunk,
    states,
    previousStates: prior,
    rejected,
    previousId: begun.published?.id ?? null,
  };
  return { outcome, states, relocated: moved.nodes };
}

/** The names that become views on what this build made. */
function namesOf(run: readonly GraphNode[], { relocated }: Done): PublishedName[] {
  return run.flatMap((node) => {
    const made = relocated.get(node.uniqueId);
    if (node.resourceType !== 'model' && node.resourceType !== 'seed') return [];
    if (made?.resourceType !== 'model' && made?.resourceType !== 'seed') return [];
    return {
      database: node.database,
      schema: node.schema,
      identifier: node.alias,
      table: { schema: made.schema, identifier: made.alias },
      comment:
        node.config.persistDocs.relation && node.description !== '' ? node.description : null,
    };
  });
}

/** Tests of what is published: nothing is written. */
async function testPublished(request: WarehouseRequest): Promise<BuildOutcome> {
  const { names, record } = await publishedBuild(request);
  const prior = record.nodes as NodeStates;
  const planned = await plan({ ...request, prior, files: null, sourcesExist: true });
  const manifest = relocateTo(request.manifest, publishedPlaces(names));
  const compiler = relocatedCompiler(request.compiler, manifest);
  const nodes = planned.run.map((node) => manifest.nodes.get(node.uniqueId) ?? node);
  const runs = await batching(nodes, compiler, request);
  request.listener.started(planned.run.length);
  const results = new Map<string, NodeResult>();
  await runNodes(
    { ...request, manifest, execute: { ...request.execute, mayWrite: false } },
    { ...planned, run: nodes },
    runs,
    results,
  );
  await releaseAll(runs);
  return outcomeWithoutBuild(inOrder(planned, results));
}

/** @throws TechstoreError `publish` before the first build */
async function publishedBuild(request: WarehouseRequest): Promise<KeptSchema> {
  const store = await storeOf(request);
  try {
    const published = (await store.list())?.find((build) => build.published);
    if (published !== undefined) return published;
  } finally {
    await store.release();
  }
  const { engine, schema } = request;
  throw new TechstoreError('publish', `No build is published in ${engine.database}.${schema}`, {
    hint: 'Run techstore build first.',
  });
}

/** A connection for each thread; tests of the same tables are asked in one statement. */
async function batching(
  nodes: readonly GraphNode[],
  compiler: Compiler,
  { engine, threads, listener }: WarehouseRequest,
): Promise<NodeRun[]> {
  const tests = new TestBatches(nodes);
  const runs = await connections(engine, compiler, Math.max(1, threads), (text) => {
    listener.warn(text);
  });
  return runs.map((run) => ({ ...run, tests }));
}
