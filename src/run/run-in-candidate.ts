/** Runs a plan in a candidate database, and publishes it, keeps it or throws it away. */
import type { Manifest } from '../manifest/nodes.js';
import type { NodeResult } from '../manifest/results.js';
import type { Candidate } from '../builds/index.js';
import { detailsOf, newStates } from './build-record.js';
import { badStatuses, type BuildOutcome, type BuildRequest } from './build-request.js';
import { carryRelations } from './carry-relations.js';
import { connections } from './connections.js';
import { interrupted } from './interrupted.js';
import { loadSourceTables } from './load-files.js';
import type { NodeStates } from './node-state.js';
import { plan, type Plan } from './plan.js';
import { rejectedRows } from './rejected-rows.js';
import { runBetweenHooks } from './run-between-hooks.js';
import { seedsFirst } from './seeds-first.js';
import { shrunkTables } from './shrunk-tables.js';

export async function runInCandidate(
  request: BuildRequest,
  candidate: Candidate,
  first: Plan,
  prior: NodeStates,
  threads: number,
  previousId: string | null,
): Promise<BuildOutcome> {
  const { engine } = candidate;
  const warnings: string[] = [...(request.files?.warnings ?? [])];
  const warn = (text: string): void => {
    warnings.push(text);
    request.listener.warn(text);
  };
  let planned = first;
  let kept: NodeStates = prior;
  if (!request.resume) {
    const previous = await candidate.attachPrevious('techstore_previous');
    if (previous.state === 'busy' || previous.state === 'unusable') {
      warn(`Everything is built anew: ${previous.message}`);
      kept = {};
      planned = await plan({ ...request, prior: {} });
    }
    if (previous.state === 'attached') await carryRelations(planned, engine, previous.catalog);
  }
  const runs = await connections(engine, request.compiler, threads, warn);
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
  const ordered = await runBetweenHooks({
    request,
    planned,
    runs,
    prior,
    results,
  });

  const states = newStates(request.manifest, planned, kept, results, loaded);
  const rejected = await rejectedRows(request.manifest, main);
  const shrunk =
    request.command === 'build' && !request.resume
      ? shrunkTables(prior, states, request.manifest)
      : [];
  for (const text of shrunk) warn(text);
  if (request.signal.aborted) throw interrupted();
  const ok = !ordered.some((result) => badStatuses.includes(result.status));
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
    const published = await request.store.publish(candidate, {
      ...details,
      lineage: request.lineage,
    });
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
  const isWorking = request.command !== 'build' && isComplete(request.manifest, states);
  const left = await request.store.fail(candidate, details, isWorking ? 'working' : 'failed');
  return { ...outcome, publishedId: null, keptId: left.id };
}

/** A resumed build may still lack nodes that another selection left out. */
function isComplete(manifest: Manifest, states: NodeStates): boolean {
  return Object.entries(states).every(
    ([id, state]) => !manifest.nodes.has(id) || !badStatuses.includes(state.status),
  );
}
