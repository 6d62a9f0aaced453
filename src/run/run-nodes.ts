/** Runs the nodes of a plan on several threads, and skips descendants of failed nodes. */
import { edgesAmong, runSchedule, type Edges } from '../graph/index.js';
import type { GraphNode } from '../manifest/nodes.js';
import type { NodeResult } from '../manifest/results.js';
import { badStatuses } from './bad-statuses.js';
import type { BuildRequest } from './build-request.js';
import { executeNode } from './execute-node.js';
import { checkSource } from './freshness/check-source.js';
import type { Checks } from './freshness/checks.js';
import { nodeResultOf } from './freshness/node-result-of.js';
import { interrupted } from './interrupted.js';
import { emptyResult } from './node-result.js';
import type { NodeRun } from './node-run.js';
import type { Plan } from './plan.js';

/** @param refused results of nodes that can't run, by unique id */
export async function runNodes(
  request: Pick<BuildRequest, 'listener' | 'manifest' | 'signal' | 'failFast' | 'execute'>,
  planned: Plan,
  runs: readonly NodeRun[],
  results: Map<string, NodeResult>,
  checks: Checks,
  refused: ReadonlyMap<string, NodeResult> = new Map(),
): Promise<void> {
  const { listener, manifest } = request;
  let failed = false;
  const nodes = planned.run.filter((node) => !results.has(node.uniqueId));
  // Sources come first, where nothing has to make them.
  const all = [...checks.sources, ...nodes];
  const among = edgesAmong(planned.edges, new Set(all.map((node) => node.uniqueId)));
  const edges = refused.size === 0 ? among : refusedFirst(among, nodes, refused);
  const done = await runSchedule<NodeResult>(
    all.map((node) => ({
      id: node.uniqueId,
      after: edges.get(node.uniqueId) ?? [],
      run: async (thread) => {
        listener.nodeStarted(node);
        const known = refused.get(node.uniqueId);
        if (known !== undefined) return known;
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

/**
 * What is wrong with a refused node is known: it waits for nothing, and its unit tests, which else run before it,
 * are skipped because of it.
 */
function refusedFirst(
  edges: Edges,
  nodes: readonly GraphNode[],
  refused: ReadonlyMap<string, NodeResult>,
): Edges {
  return new Map(
    nodes.map((node) => {
      const { uniqueId } = node;
      if (refused.has(uniqueId)) return [uniqueId, []];
      const after = edges.get(uniqueId) ?? [];
      const [model] = node.resourceType === 'unit_test' ? node.dependsOn.nodes : [];
      return [uniqueId, model !== undefined && refused.has(model) ? [model] : after];
    }),
  );
}
