/** Runs the nodes of a plan on the threads, and skips what lies below a failure. */
import { edgesAmong } from '../graph/index.js';
import type { NodeResult } from '../manifest/results.js';
import { badStatuses, type BuildRequest } from './build-request.js';
import { executeNode } from './execute-node.js';
import { checkSource } from './freshness/check-source.js';
import type { Checks } from './freshness/checks.js';
import { nodeResultOf } from './freshness/node-result-of.js';
import { interrupted } from './interrupted.js';
import { emptyResult } from './node-result.js';
import type { NodeRun } from './node-run.js';
import type { Plan } from './plan.js';
import { runSchedule } from './schedule.js';

export async function runNodes(
  request: Pick<BuildRequest, 'listener' | 'manifest' | 'signal' | 'failFast' | 'execute'>,
  planned: Plan,
  runs: readonly NodeRun[],
  results: Map<string, NodeResult>,
  checks: Checks,
): Promise<void> {
  const { listener, manifest } = request;
  let failed = false;
  const nodes = planned.run.filter((node) => !results.has(node.uniqueId));
  // Sources come first, where nothing has to make them.
  const all = [...checks.sources, ...nodes];
  const edges = edgesAmong(planned.edges, new Set(all.map((node) => node.uniqueId)));
  const done = await runSchedule<NodeResult>(
    all.map((node) => ({
      id: node.uniqueId,
      after: edges.get(node.uniqueId) ?? [],
      run: async (thread) => {
        listener.nodeStarted(node);
        const run = runs[thread - 1];
        if (run === undefined) throw new Error(`no thread ${thread}`);
        if (node.resourceType !== 'source') return executeNode(node, run, thread, request.execute);
        const found = await checkSource(node, run, thread, checks.options);
        checks.results.set(node.uniqueId, found);
        return nodeResultOf(found);
      },
    })),
    {
      threads: runs.length,
      blocks: (result) => badStatuses.includes(result.status),
      skip: (id, because) => ({
        ...emptyResult(id, 'skipped'),
        message: `Skipped because of ${manifest.nodes.get(because)?.name ?? because}`,
        skippedBecauseOf: because,
      }),
      stopped: () => request.signal.aborted || (request.failFast && failed),
      done: (id, result) => {
        failed ||= badStatuses.includes(result.status);
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
