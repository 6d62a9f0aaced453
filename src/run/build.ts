/** Decides what a build has to do, and has it done in a candidate that no reader sees. */
import { isUnfinished, type Build, type BuildStore, type MadeRelation } from '../builds/index.js';
import type { BuildOutcome, BuildRequest } from './build-request.js';
import { interrupted } from './interrupted.js';
import type { NodeStates } from './node-state.js';
import { plan, type Plan } from './plan.js';
import { runInCandidate } from './run-in-candidate.js';
import { mixture } from './stale.js';
import { upToDate } from './up-to-date.js';

export async function build(request: BuildRequest): Promise<BuildOutcome> {
  const { store, command } = request;
  store.check();
  const resume = request.resume || (command !== 'build' && hasWorkingCandidate(store));
  const base = resume ? unfinished(store) : store.published();
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
    const told = await store.tidyPublished({ command: request.commandLine, ...request.wait });
    for (const warning of told) request.listener.warn(warning);
    return upToDate(planned.unchanged, prior, base.id, [...mixed, ...told]);
  }
  if (command === 'build') await store.checkForeign(relationsMadeBy(planned));
  const threads = Math.max(1, request.threads);
  const candidate = await store.openCandidate({
    command: request.commandLine,
    ...(resume && base !== null ? { resume: base.id } : {}),
    ...request.wait,
  });
  const stop = (): void => candidate.engine.interruptAll();
  request.signal.addEventListener('abort', stop);
  try {
    if (request.signal.aborted) throw interrupted();
    const outcome = await runInCandidate(
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

function relationsMadeBy({ run, load }: Plan): readonly MadeRelation[] {
  const made = run.flatMap((node) =>
    node.resourceType === 'model' || node.resourceType === 'seed'
      ? [{ schema: node.schema, identifier: node.alias }]
      : [],
  );
  return [...made, ...load.map(({ schema, identifier }) => ({ schema, identifier }))];
}

/** True where `run` or `seed` left a candidate after the last publish: the next one goes on in it. */
function hasWorkingCandidate(store: BuildStore): boolean {
  const [latest] = store.listBuilds();
  return (
    latest !== undefined &&
    isUnfinished(latest) &&
    /^techstore (run|seed|test)$/.test(latest.record.command)
  );
}

/** @throws TechstoreError `publish` where no build is left to go on with */
function unfinished(store: BuildStore): Build {
  return store.listBuilds().find(isUnfinished) ?? store.showBuild('failed');
}
