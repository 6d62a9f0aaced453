/** Runs a plan in a candidate database, and publishes it if everything passed. */
import { TechstoreError } from '../errors.js';
import type { Compiler } from '../dbt/compile.js';
import { endOfRunNames } from '../dbt/run-results-value.js';
import type { Connection, Engine } from '../engine/engine.js';
import type { GraphNode, Manifest } from '../manifest/nodes.js';
import type { NodeResult, NodeStatus } from '../manifest/results.js';
import type { BuildStore, Candidate } from '../publish/index.js';
import { carryOver } from './carry-over.js';
import { detailsOf, newStates } from './build-record.js';
import { asText } from './run-data-test.js';
import { edgesAmong } from './edges.js';
import { executeNode, type ExecuteOptions } from './execute-node.js';
import type { RunListener } from './listener.js';
import { loadSourceTables, type SourceFiles } from './load-files.js';
import { backendOf, type NodeRun } from './node-run.js';
import { carriedResult, emptyResult } from './node-result.js';
import type { NodeStates } from './node-state.js';
import { plan, type Command, type Plan } from './plan.js';
import { runProjectHooks, type ProjectHook } from './project-hooks.js';
import { runSchedule } from './schedule.js';
import { seedsFirst } from './seeds-first.js';
import { shrunkTables } from './shrunk-tables.js';
import { judgeMixture } from './stale.js';

export interface BuildRequest {
  readonly command: Command;
  /** The command line as the user gave it, for the lock's message and `builds list`. */
  readonly commandLine: string;
  readonly manifest: Manifest;
  readonly compiler: Compiler;
  readonly selected: ReadonlySet<string>;
  readonly store: BuildStore;
  readonly files: SourceFiles | null;
  readonly threads: number;
  readonly fullRefresh: boolean;
  readonly failFast: boolean;
  readonly execute: ExecuteOptions;
  /** Goes on in the candidate that failed last. */
  readonly resume: boolean;
  readonly wait: WaitOptions;
  readonly asOf: string | null;
  readonly version: string;
  readonly hooks: { readonly start: readonly ProjectHook[]; readonly end: readonly ProjectHook[] };
  readonly listener: RunListener;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

export type WaitOptions = Omit<
  Parameters<BuildStore['openCandidate']>[0],
  'resume' | 'database' | 'command'
>;

export interface BuildOutcome {
  /** Of every selected node, those carried over too, in order. */
  readonly results: readonly NodeResult[];
  readonly ok: boolean;
  /** The build that is published now; null when this run published none. */
  readonly publishedId: string | null;
  /** True when the published build is what this run would have made. */
  readonly upToDate: boolean;
  /** The candidate that was kept because something failed, or because nothing was tested. */
  readonly keptId: string | null;
  readonly warnings: readonly string[];
  readonly states: NodeStates;
  /** States of the build that this one began from. */
  readonly previousStates: NodeStates;
  /** Rows of source files by unique id. */
  readonly loaded: ReadonlyMap<string, number>;
  /** Rows set aside, where the project has the table for it: source table, reason, rows. */
  readonly rejected: readonly (readonly [table: string, reason: string, rows: number])[];
  readonly previousId: string | null;
}

const bad: readonly NodeStatus[] = ['error', 'fail', 'skipped'];

export async function build(request: BuildRequest): Promise<BuildOutcome> {
  const { store, command } = request;
  store.check();
  const resume = request.resume || (command !== 'build' && hasWorkingCandidate(store));
  const base = resume ? store.showBuild('failed') : store.published();
  const usable = base !== null && base.record.state !== 'imported' && !base.modified;
  const prior = usable ? (base.record.nodes as unknown as NodeStates) : {};
  let planned = await plan({ ...request, prior });
  if (request.resume && planned.stale.length > 0) {
    // What was mended since is run again too, or a test would look at the table of before.
    const again = planned.stale.map((node) => node.uniqueId);
    planned = await plan({ ...request, prior, selected: new Set([...request.selected, ...again]) });
  }
  if (planned.run.length === 0 && planned.unchanged.length === 0 && planned.load.length === 0) {
    return upToDate([], prior, base?.id ?? null);
  }
  const mixed = command === 'build' ? mixture(request, planned, base?.record.asOf ?? null) : [];
  for (const warning of mixed) request.listener.warn(warning);
  if (command === 'build' && usable && !resume && planned.nothingToDo) {
    return upToDate(planned.unchanged, prior, base.id, mixed);
  }
  const threads = Math.max(1, request.threads);
  const candidate = await store.openCandidate({
    command: request.commandLine,
    ...(resume ? { resume: 'failed' } : {}),
    ...request.wait,
  });
  const stop = (): void => candidate.engine.interruptAll();
  request.signal.addEventListener('abort', stop);
  try {
    if (request.signal.aborted) throw interrupted();
    const outcome = await inCandidate(
      { ...request, resume },
      candidate,
      planned,
      prior,
      threads,
      base?.id ?? null,
    );
    return { ...outcome, warnings: [...mixed, ...outcome.warnings] };
  } catch (error) {
    await store.abandon(candidate).catch(() => undefined);
    throw request.signal.aborted ? interrupted() : error;
  } finally {
    request.signal.removeEventListener('abort', stop);
  }
}

/** True where `run` or `seed` left a candidate after the last publish: the next one goes on in it. */
function hasWorkingCandidate(store: BuildStore): boolean {
  const [latest] = store.listBuilds();
  return (
    latest?.record.state === 'failed' && /^techstore (run|seed|test)$/.test(latest.record.command)
  );
}

function interrupted(): TechstoreError {
  return new TechstoreError('interrupted', 'Interrupted: nothing was published', { exitCode: 130 });
}

/**
 * What the same build says when nothing changed since this one; null where it would run
 * something all the same, because of SQL that asks the database.
 */
export function nextIfUnchanged(outcome: BuildOutcome, manifest: Manifest): BuildOutcome | null {
  // What was warned of has to be looked at again, and so has a selection that took nothing.
  if (outcome.warnings.length > 0 || outcome.results.length === 0) return null;
  if (outcome.upToDate) return outcome;
  const { ok, publishedId, results, states } = outcome;
  if (!ok || publishedId === null) return null;
  const nodes: GraphNode[] = [];
  for (const { uniqueId } of results) {
    const node = manifest.nodes.get(uniqueId);
    if (node === undefined || (states[uniqueId]?.fingerprint ?? null) === null) return null;
    nodes.push(node);
  }
  return upToDate(nodes, states, publishedId);
}

/** What is to be said of tables that stay although they would come out otherwise now. */
function mixture(request: BuildRequest, planned: Plan, earlierAsOf: string | null): string[] {
  const tables = planned.stale
    .filter((node) => node.resourceType === 'model' || node.resourceType === 'seed')
    .map((node) => node.name);
  if (tables.length === 0) return [];
  const { otherSources } = planned;
  return [judgeMixture({ tables, asOf: request.asOf, earlierAsOf, otherSources })];
}

function upToDate(
  unchanged: readonly GraphNode[],
  prior: NodeStates,
  id: string | null,
  warnings: readonly string[] = [],
): BuildOutcome {
  return {
    results: unchanged.map((node) => carriedResult(node, prior[node.uniqueId])),
    ok: true,
    publishedId: null,
    upToDate: true,
    keptId: null,
    warnings,
    states: prior,
    previousStates: prior,
    loaded: new Map(),
    rejected: [],
    previousId: id,
  };
}

async function inCandidate(
  request: BuildRequest,
  candidate: Candidate,
  first: Plan,
  prior: NodeStates,
  threads: number,
  previousId: string | null,
): Promise<BuildOutcome> {
  const { engine } = candidate;
  const warnings: string[] = [...(request.files?.warnings ?? [])];
  let planned = first;
  let kept: NodeStates = prior;
  if (!request.resume) {
    const previous = await candidate.attachPrevious('techstore_previous');
    if (previous.state === 'busy' || previous.state === 'unusable') {
      const text = `Everything is built anew: ${previous.message}`;
      warnings.push(text);
      request.listener.warn(text);
      kept = {};
      planned = await plan({ ...request, prior: {} });
    }
    if (previous.state === 'attached') await carry(planned, engine, previous.catalog);
  }
  const runs = await connections(engine, request.compiler, threads);
  const [main] = runs;
  if (main === undefined) throw new Error('no connection');
  request.listener.started(planned.run.length);
  const loaded = await loadSourceTables(
    planned.load,
    request.files?.dir ?? '',
    main.connection,
    main.dialect,
  );
  const results = new Map<string, NodeResult>();
  await seedsFirst(planned, main, request.listener, results);
  await runProjectHooks(request.hooks.start, main);
  await runNodes(request, planned, runs, results);
  for (const node of planned.unchanged)
    results.set(node.uniqueId, carriedResult(node, prior[node.uniqueId]));
  const place = new Map(planned.order.map((id, index) => [id, index]));
  const ordered = [...results.values()].sort(
    (a, b) => (place.get(a.uniqueId) ?? 0) - (place.get(b.uniqueId) ?? 0),
  );
  await runProjectHooks(request.hooks.end, main, endOfRunNames(request.manifest, ordered));

  const states = newStates(request.manifest, planned, kept, results, loaded);
  const rejected = await rejectedRows(request.manifest, main);
  const shrunk =
    request.command === 'build' && !request.resume
      ? shrunkTables(prior, states, request.manifest)
      : [];
  for (const text of shrunk) request.listener.warn(text);
  warnings.push(...shrunk);
  if (request.signal.aborted) throw interrupted();
  const ok = !ordered.some((result) => bad.includes(result.status));
  const details = detailsOf(request, states, ok);
  const outcome = {
    results: ordered,
    ok,
    upToDate: false,
    warnings,
    states,
    previousStates: prior,
    loaded,
    rejected,
    previousId,
  };
  if (request.command === 'build' && ok && isComplete(request.manifest, states)) {
    const published = await request.store.publish(candidate, details);
    return {
      ...outcome,
      warnings: [...warnings, ...published.warnings],
      publishedId: published.build.id,
      keptId: null,
    };
  }
  if (request.command === 'test' && !request.resume) {
    // A test of what is published looked at a copy, which is of no use any more.
    await request.store.abandon(candidate);
    return { ...outcome, publishedId: null, keptId: null };
  }
  const failed = await request.store.fail(candidate, details);
  return { ...outcome, publishedId: null, keptId: failed.id };
}

/** A resumed build may still lack nodes that another selection left out. */
function isComplete(manifest: Manifest, states: NodeStates): boolean {
  return Object.entries(states).every(
    ([id, state]) => !manifest.nodes.has(id) || !bad.includes(state.status),
  );
}

async function carry(planned: Plan, engine: Candidate['engine'], from: string): Promise<void> {
  const connection = await engine.connect();
  try {
    for (const state of planned.carry.values()) {
      const relations = [state.relation, relationOf(state.failuresRelation)].filter(
        (r) => r !== null,
      );
      for (const relation of relations) {
        await carryOver(relation, from, engine.database, connection, engine.dialect);
      }
    }
  } finally {
    await connection.release();
  }
  await engine.detach(from);
}

/** Schema and identifier of `"db"."schema"."name"`. */
function relationOf(name: string | null): { schema: string; identifier: string } | null {
  const parts = name
    ?.match(/"(?:[^"]|"")*"/g)
    ?.map((part) => part.slice(1, -1).replaceAll('""', '"'));
  const [, schema, identifier] = parts ?? [];
  return schema === undefined || identifier === undefined ? null : { schema, identifier };
}

async function connections(
  engine: Engine,
  compiler: Compiler,
  threads: number,
): Promise<NodeRun[]> {
  const schemas: NodeRun['schemas'] = new Map();
  const columns: NodeRun['columns'] = new Map();
  const runs: NodeRun[] = [];
  for (let i = 0; i < threads; i += 1) {
    const connection: Connection = await engine.connect();
    runs.push({
      connection,
      dialect: engine.dialect,
      compiler,
      backend: backendOf(connection),
      schemas,
      columns,
    });
  }
  return runs;
}

async function runNodes(
  request: BuildRequest,
  planned: Plan,
  runs: readonly NodeRun[],
  results: Map<string, NodeResult>,
): Promise<void> {
  const { listener, manifest } = request;
  let failed = false;
  const nodes = planned.run.filter((node) => !results.has(node.uniqueId));
  const edges = edgesAmong(planned.edges, new Set(nodes.map((node) => node.uniqueId)));
  const done = await runSchedule<NodeResult>(
    nodes.map((node) => ({
      id: node.uniqueId,
      after: edges.get(node.uniqueId) ?? [],
      run: async (thread) => {
        listener.nodeStarted(node);
        const run = runs[thread - 1];
        if (run === undefined) throw new Error(`no thread ${thread}`);
        return executeNode(node, run, thread, request.execute);
      },
    })),
    {
      threads: runs.length,
      blocks: (result) => bad.includes(result.status),
      skip: (id, because) => ({
        ...emptyResult(id, 'skipped'),
        message: `Skipped because of ${manifest.nodes.get(because)?.name ?? because}`,
        skippedBecauseOf: because,
      }),
      stopped: () => request.signal.aborted || (request.failFast && failed),
      done: (id, result) => {
        failed ||= bad.includes(result.status);
        const node = manifest.nodes.get(id);
        if (node !== undefined) listener.nodeFinished(node, result);
      },
    },
  );
  if (request.signal.aborted) throw interrupted();
  for (const node of nodes) {
    const result = done.get(node.uniqueId) ?? {
      ...emptyResult(node.uniqueId, 'skipped'),
      message: 'Skipped because of --fail-fast',
    };
    results.set(node.uniqueId, result);
  }
}

async function rejectedRows(manifest: Manifest, run: NodeRun): Promise<[string, string, number][]> {
  const node = [...manifest.nodes.values()].find(
    (candidate) => candidate.resourceType === 'model' && candidate.name === 'silver_rejected_rows',
  );
  if (node?.resourceType !== 'model') return [];
  const relation = { database: node.database, schema: node.schema, identifier: node.alias };
  if ((await run.connection.relationType(relation)) === null) return [];
  const { rows } = await run.connection.query(
    `select source_table, reason, count(*) from ${run.dialect.renderRelation(relation)} group by all order by 1, 3 desc, 2`,
  );
  return rows.map(([table, reason, count]) => [
    asText(table ?? null) ?? '',
    asText(reason ?? null) ?? '',
    Number(count),
  ]);
}
