/** Runs the nodes of a project in an attempt of a build store, and publishes, keeps or drops it. */
import {
  noExistingTables,
  type Attempt,
  type ExistingTables,
  type UsedTables,
} from '../builds/index.js';
import { TechstoreError } from '../errors.js';
import { seedsOfSources } from '../graph/index.js';
import { isEphemeral } from '../manifest/is-ephemeral.js';
import { placesOf, type NodeStates } from '../manifest/node-state.js';
import type { Manifest } from '../manifest/nodes.js';
import type { NodeResult } from '../manifest/results.js';
import { bindFirst } from './bind-first.js';
import { detailsOf, newStates } from './build-record.js';
import { codeRecord, readCodeRecord, type CodeRecord } from '../plan/code-record.js';
import { badStatuses } from './bad-statuses.js';
import type { BuildOutcome, BuildRequest } from './build-request.js';
import { connections, releaseAll } from './connections.js';
import { countRows } from './count-rows.js';
import {
  checksOf,
  isStale,
  recordedFreshness,
  warningsOf,
  type Checks,
} from './freshness/checks.js';
import { withPublishedFreshness } from './freshness/check-published.js';
import { interrupted } from './interrupted.js';
import { loadSourceTables, refuseFiles, sourcesOf } from './load-files.js';
import { OutsideReads } from './outside/outside-reads.js';
import { plan, type Command, type Plan } from './plan.js';
import { rejectedRows } from './rejected-rows.js';
import { runBetweenHooks } from './run-between-hooks.js';
import { seedsFirst } from './seeds/seeds-first.js';
import { shrunkTables } from './shrunk-tables.js';
import { mixture } from './stale.js';
import { upToDate } from './up-to-date.js';
import { whatIsMissing } from './what-is-missing.js';

export async function build(request: BuildRequest): Promise<BuildOutcome> {
  const { store, command, signal } = request;
  refuseFiles(request.files, store);
  const attempt = await store
    .attempt({
      ...request.wait,
      kind: command,
      command: request.commandLine,
      resume: request.resume,
      limited: request.limited,
      publishes: publishesWhatRan(request),
      signal,
    })
    .catch((error: unknown) => {
      throw signal.aborted ? interrupted() : error;
    });
  const stop = (): void => attempt.interrupt();
  signal.addEventListener('abort', stop);
  try {
    if (signal.aborted) throw interrupted();
    const outcome = await runAttempt(request, attempt, (id) => store.code(id));
    return outcome.upToDate ? await withPublishedFreshness(request, outcome) : outcome;
  } catch (error) {
    await attempt.abandon();
    throw signal.aborted ? interrupted() : error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/**
 * Ends the attempt unless it throws.
 *
 * @param codeOf what a build kept of the code that it was made by. Default: nothing
 */
export async function runAttempt(
  request: Omit<BuildRequest, 'store'>,
  attempt: Attempt,
  codeOf: (id: string) => Promise<unknown> = () => Promise.resolve(null),
): Promise<BuildOutcome> {
  const { command, listener } = request;
  const { base, prior, resumes } = attempt;
  for (const note of attempt.notes) listener.note(note);
  const looked = await lookOutside(request, attempt);
  const { outside } = looked;
  let planned: Plan;
  let existing: UsedTables | null;
  try {
    planned = await planOf(request, attempt, prior, outside);
    existing = outside?.used([...request.manifest.nodes.values()]) ?? null;
  } catch (error) {
    throw looked.problem !== null && isMissingSource(error) ? looked.problem : error;
  } finally {
    await outside?.close();
  }
  const previousId = base?.id ?? null;
  if (planned.run.length + planned.unchanged.length + planned.load.length === 0) {
    await attempt.abandon();
    return upToDate([], prior, previousId);
  }
  const publishes = publishesWhatRan(request) && attempt.inPlace !== true;
  const mixed = publishes ? mixture(request, planned, base?.record.asOf ?? null) : [];
  for (const warning of mixed) listener.warn(warning);
  if (publishes && !resumes && planned.nothingToDo) {
    const told = await attempt.settle();
    for (const warning of told) listener.warn(warning);
    return upToDate(planned.unchanged, prior, previousId, [...mixed, ...told]);
  }
  const warnings = [...mixed, ...(request.files?.warnings ?? [])];
  const warn = (text: string): void => {
    warnings.push(text);
    listener.warn(text);
  };
  const checks = checksOf(request, attempt);
  const ran = await runPlan({ request, attempt, planned, warn, checks, existing, looked });
  const { results, states, freshness } = ran;
  const isFresh = !freshness.some(isStale);
  const ok = isFresh && !results.some(({ status }) => badStatuses.includes(status));
  const outcome = { ...ran, ok, upToDate: false, previousStates: prior, previousId };
  const { limited } = attempt;
  const details = {
    ...detailsOf({ ...request, limited }, states, ok),
    ...(isFresh ? {} : { message: 'a source is stale' }),
    lineage: request.lineage,
    freshness: recordedFreshness(freshness, request.manifest),
  };
  const isWhole = isComplete(request.manifest, states, command);
  const working = { manifest: request.manifest, states, stale: planned.stale };
  const missing = command === 'test' && resumes ? whatIsMissing(working) : null;
  const isTested = command === 'test' && resumes && missing === null && request.publish !== 'never';
  if ((publishes ? ok && isWhole : isTested) && limited === undefined) {
    const earlier = previousId === null ? null : readCodeRecord(await codeOf(previousId));
    const made = isTested ? Object.keys(states) : results.map(({ uniqueId }) => uniqueId);
    const code = codeOfRun(request, planned, made, earlier);
    const published = await attempt.publish({ ...details, code });
    warnings.push(...published.warnings);
    return { ...outcome, warnings, publishedId: published.id, keptId: null };
  }
  const isWorking = (!publishes || limited !== undefined) && isWhole;
  const kept = await attempt.keep(details, isWorking ? 'working' : 'failed');
  return {
    ...outcome,
    warnings,
    publishedId: null,
    keptId: kept?.id ?? null,
    limited: request.limited,
    missing,
  };
}

interface Looked {
  readonly outside: OutsideReads | undefined;
  readonly tables: ExistingTables;
  /** Why tables of other programs cannot be looked at. */
  readonly problem: TechstoreError | null;
}

/** Another program may have the tables open for a moment: that is waited for if a source is not found elsewhere. */
async function lookOutside(
  { manifest, files, execute }: Omit<BuildRequest, 'store'>,
  attempt: Attempt,
): Promise<Looked> {
  if (attempt.sourcesExist || attempt.existing === undefined)
    return { outside: undefined, tables: noExistingTables, problem: null };
  let tables = await attempt.existing();
  const seeds = seedsOfSources(manifest);
  const isOpen = sourcesOf(manifest).some(
    ({ uniqueId }) => !seeds.has(uniqueId) && files?.paths.has(uniqueId) !== true,
  );
  for (let left = 30; isOpen && tables.problem !== null && left > 0; left -= 1) {
    await new Promise((done) => setTimeout(done, 100));
    tables = await attempt.existing();
  }
  const outside = new OutsideReads(manifest, tables, execute.attached ?? new Map());
  return { outside, tables, problem: tables.problem };
}

function isMissingSource(error: unknown): boolean {
  return error instanceof TechstoreError && error.code === 'source';
}

async function planOf(
  request: Omit<BuildRequest, 'store'>,
  { sourcesExist }: Pick<Attempt, 'sourcesExist'>,
  prior: NodeStates,
  outside: OutsideReads | undefined,
): Promise<Plan> {
  const mayAppear = request.hooks.start.length > 0;
  const planned = await plan({ ...request, prior, sourcesExist, outside, mayAppear });
  if (!request.resume || planned.stale.length === 0) return planned;
  // What was mended since is run again too, or a test would look at the table of before.
  const again = planned.stale.map((node) => node.uniqueId);
  return plan({
    ...request,
    prior,
    sourcesExist,
    outside,
    mayAppear,
    selected: new Set([...request.selected, ...again]),
  });
}

interface PlanToRun {
  readonly request: Omit<BuildRequest, 'store'>;
  readonly attempt: Attempt;
  readonly planned: Plan;
  readonly warn: (text: string) => void;
  readonly checks: Checks;
  /** What the plan read of tables of other programs. */
  readonly existing: UsedTables | null;
  readonly looked: Looked;
}

type Ran = Pick<BuildOutcome, 'results' | 'states' | 'loaded' | 'rejected' | 'freshness'>;

async function runPlan(toRun: PlanToRun): Promise<Ran> {
  const { request, attempt, planned: first, warn, checks, existing, looked } = toRun;
  const { listener, manifest, compiler } = request;
  const threads = Math.max(1, request.threads);
  const { run, load: files } = first;
  const engine = await attempt.start({
    ...{ run, load: files, carry: placesOf(first.carry.values()), manifest, threads, existing },
  });
  if (request.signal.aborted) throw interrupted();
  let planned = first;
  let { prior } = attempt;
  const now = attempt.existingNow ?? null;
  const replan = async (): Promise<void> => {
    const outside =
      looked.outside &&
      new OutsideReads(
        manifest,
        { ...looked.tables, stampOf: () => Promise.resolve(null) },
        request.execute.attached ?? new Map(),
        now ?? existing,
      );
    planned = await planOf(request, attempt, prior, outside);
    await outside?.close();
  };
  // A loader wrote between the plan and the lock.
  if (now !== null) await replan();
  const refusal = await attempt.takeOver(placesOf(planned.carry.values()));
  if (refusal !== null) {
    warn(`All models are rebuilt: ${refusal}`);
    prior = {};
    await replan();
  }
  const copied = await deferIn(attempt, planned, request);
  const placed = attempt.placed(manifest);
  const nodes = planned.run.map((node) => placed.nodes.get(node.uniqueId) ?? node);
  const contractsHold = new Set<string>();
  const runs = await connections({
    engine,
    compiler: compiler.withManifest(placed),
    nodes,
    threads,
    schemas: attempt.schemas,
    ...{ contractsHold, warn },
    external: attempt.externalFiles,
  });
  const [main] = runs;
  if (main === undefined) throw new Error('no connection');
  listener.started(planned.run.length + checks.sources.length);
  const results = new Map<string, NodeResult>();
  const load = async (): Promise<ReadonlyMap<string, number>> => {
    const dir = request.files?.dir ?? '';
    const rows = await loadSourceTables(planned.load, dir, main.connection, main.dialect);
    await seedsFirst(planned.sourceSeeds, runs, listener, results);
    return rows;
  };
  // Neither needs the other. Both have ended before anything else is done, whichever fails.
  const { sourcesExist } = attempt;
  const others = looked.outside?.names;
  const [bound, read] = await Promise.allSettled([
    bindFirst(request, planned, { candidate: engine, placed, sourcesExist, others }),
    load(),
  ]);
  if (read.status === 'rejected') throw read.reason as Error;
  if (bound.status === 'rejected') throw bound.reason as Error;
  const [{ refused }, loaded] = [bound.value, read.value];
  for (const id of bound.value.bound) contractsHold.add(id);
  const ordered = await runBetweenHooks({
    request: {
      ...request,
      manifest: placed,
      execute: { ...request.execute, mayWrite: attempt.mayWrite },
    },
    planned: { ...planned, run: nodes },
    runs,
    prior,
    results,
    checks,
    refused,
    afterNodes: async () => {
      // What follows belongs to no node.
      main.connection.tag?.({});
      await countRows(nodes, results, main);
    },
  });
  const states = newStates(manifest, planned, prior, results, { loaded, copied });
  const freshness = [...checks.results.values()];
  for (const text of warningsOf(freshness, manifest)) warn(text);
  const rejected = await rejectedRows(placed, main);
  if (publishesWhatRan(request) && !attempt.resumes && attempt.limited === undefined)
    for (const text of shrunkTables(attempt.prior, states, manifest)) warn(text);
  if (request.signal.aborted) throw interrupted();
  await releaseAll(runs);
  return { results: ordered, states, loaded, rejected, freshness };
}

/** @returns rows of what was copied into the build, by id */
async function deferIn(
  attempt: Attempt,
  { deferred }: Plan,
  { manifest, defer, listener }: Pick<BuildRequest, 'manifest' | 'defer' | 'listener'>,
): Promise<ReadonlyMap<string, number>> {
  if (defer === undefined || deferred.size === 0) return new Map();
  const tables = [...deferred].flatMap(([id, relation]) => {
    const node = manifest.nodes.get(id);
    return node?.resourceType === 'model' || node?.resourceType === 'seed'
      ? [{ id, relation, place: { schema: node.schema, identifier: node.alias } }]
      : [];
  });
  const named = tables.map(
    ({ relation }) => `${relation.database}.${relation.schema}.${relation.identifier}`,
  );
  listener.note(`Not built here, and read from the state: ${named.join(', ')}`);
  return attempt.defer({ tables, fileOf: defer.fileOf });
}

/** What the next plan compares with: of what ran or needed no run, and of the ephemeral models in it. */
function codeOfRun(
  { manifest, compiler, execute }: Omit<BuildRequest, 'store'>,
  { ownTexts }: Plan,
  made: readonly string[],
  earlier: CodeRecord | null,
): CodeRecord {
  const ids = new Set(made);
  for (const node of manifest.nodes.values()) {
    if (isEphemeral(node)) ids.add(node.uniqueId);
  }
  const { session } = compiler;
  return codeRecord({ manifest, ownTexts, session, ids, earlier, redact: execute.redact });
}

/** True if what it makes is published when no node fails, tested or not. */
function publishesWhatRan({
  command,
  publish,
}: Pick<BuildRequest, 'command' | 'publish'>): boolean {
  if (command === 'build') return publish !== 'never';
  return publish === 'after_run' && command !== 'test';
}

/** False if a resumed build lacks nodes that an earlier selection left out. `run` and `seed` know nothing of tests. */
function isComplete(manifest: Manifest, states: NodeStates, command: Command): boolean {
  const isOfTables = command === 'run' || command === 'seed';
  return Object.entries(states).every(([id, state]) => {
    const type = manifest.nodes.get(id)?.resourceType;
    if (type === undefined || (isOfTables && type !== 'model' && type !== 'seed')) return true;
    return !badStatuses.includes(state.status);
  });
}
