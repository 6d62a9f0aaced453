/** Runs on-run-start hooks, the nodes of a plan, and on-run-end hooks, on all engines. */
import { endOfRunNames } from '../dbt/run-results-value.js';
import type { NodeResult } from '../manifest/results.js';
import type { BuildRequest } from './build-request.js';
import { carriedResult } from './node-result.js';
import type { Checks } from './freshness/checks.js';
import type { NodeRun } from './node-run.js';
import type { NodeStates } from '../manifest/node-state.js';
import type { Plan } from './plan.js';
import { runProjectHooks, skippedBecauseOfHook } from './project-hooks.js';
import { runNodes } from './run-nodes.js';

export interface BetweenHooks {
  /** Its manifest has the nodes at their places in the build, which on a warehouse differ from the project's. */
  readonly request: Parameters<typeof runNodes>[0] & Pick<BuildRequest, 'hooks'>;
  readonly planned: Plan;
  /** A connection for each thread; hooks run on the first. */
  readonly runs: readonly NodeRun[];
  /** States of the build that this one started from, for reused nodes. */
  readonly prior: NodeStates;
  /** Results of nodes that already ran; the others are added. */
  readonly results: Map<string, NodeResult>;
  readonly checks: Checks;
  /** Results of nodes that cannot run as they are written. Default none. */
  readonly refused?: ReadonlyMap<string, NodeResult>;
  /** Called after all nodes, before the on-run-end hooks. */
  readonly afterNodes?: (main: NodeRun) => Promise<void>;
}

/** @returns results of hooks and nodes, in order */
export async function runBetweenHooks(run: BetweenHooks): Promise<NodeResult[]> {
  const { request, planned, runs, prior, results } = run;
  const [main] = runs;
  if (main === undefined) throw new Error('no connection');
  const { redact } = request.execute;
  const started = await runProjectHooks(
    { when: 'on-run-start', hooks: request.hooks.start, redact },
    main,
  );
  const open = planned.run.filter((node) => !results.has(node.uniqueId));
  const held = skippedBecauseOfHook(open, started, request.listener);
  if (held === null) await runNodes(request, planned, runs, results, run.checks, run.refused);
  else for (const [id, result] of held) results.set(id, result);
  await run.afterNodes?.(main);
  for (const node of planned.unchanged)
    results.set(node.uniqueId, carriedResult(node, prior[node.uniqueId]));
  const nodes = inOrder(planned, results);
  const names = endOfRunNames(request.manifest, nodes);
  const ended = await runProjectHooks(
    { when: 'on-run-end', hooks: request.hooks.end, names, redact },
    main,
  );
  return [...started, ...nodes, ...ended];
}

export function inOrder(planned: Plan, results: ReadonlyMap<string, NodeResult>): NodeResult[] {
  const place = new Map(planned.order.map((id, index) => [id, index]));
  return [...results.values()].sort(
    (a, b) => (place.get(a.uniqueId) ?? 0) - (place.get(b.uniqueId) ?? 0),
  );
}
