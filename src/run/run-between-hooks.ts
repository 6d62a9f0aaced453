/** The nodes of a plan, between the hooks of the run: the same in a file and on a warehouse. */
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
  /** Its manifest is the one whose nodes are run: on a warehouse they lie elsewhere than the project says. */
  readonly request: Parameters<typeof runNodes>[0] & Pick<BuildRequest, 'hooks'>;
  readonly planned: Plan;
  /** A connection for each thread; hooks run on the first. */
  readonly runs: readonly NodeRun[];
  /** States of the build that this one began from, for what is carried over from it. */
  readonly prior: NodeStates;
  /** Of nodes that ran already; the results of all others are added. */
  readonly results: Map<string, NodeResult>;
  readonly checks: Checks;
  /** What there is to do when all nodes are done, before the hooks at the end. */
  readonly afterNodes?: (main: NodeRun) => Promise<void>;
}

/** @returns results of hooks and nodes, in order */
export async function runBetweenHooks(run: BetweenHooks): Promise<NodeResult[]> {
  const { request, planned, runs, prior, results } = run;
  const [main] = runs;
  if (main === undefined) throw new Error('no connection');
  const { projectName: project, redact } = request.execute;
  const started = await runProjectHooks(
    { when: 'on-run-start', hooks: request.hooks.start, project, redact },
    main,
  );
  const open = planned.run.filter((node) => !results.has(node.uniqueId));
  const held = skippedBecauseOfHook(open, started, request.listener);
  if (held === null) await runNodes(request, planned, runs, results, run.checks);
  else for (const [id, result] of held) results.set(id, result);
  await run.afterNodes?.(main);
  for (const node of planned.unchanged)
    results.set(node.uniqueId, carriedResult(node, prior[node.uniqueId]));
  const nodes = inOrder(planned, results);
  const names = endOfRunNames(request.manifest, nodes);
  const ended = await runProjectHooks(
    { when: 'on-run-end', hooks: request.hooks.end, project, names, redact },
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
