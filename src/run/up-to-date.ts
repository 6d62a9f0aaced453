/** Outcomes of builds that run nothing. */
import type { GraphNode, Manifest } from '../manifest/nodes.js';
import type { BuildOutcome } from './build-request.js';
import { carriedResult } from './node-result.js';
import type { NodeStates } from '../manifest/node-state.js';

export function upToDate(
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
    freshness: [],
  };
}

/**
 * What the same build says when nothing changed since this one; null where it would run
 * something all the same, because of SQL that asks the database.
 */
export function nextIfUnchanged(outcome: BuildOutcome, manifest: Manifest): BuildOutcome | null {
  // What was warned of has to be looked at again, and so has a selection that took nothing.
  if (outcome.warnings.length > 0 || outcome.results.length === 0) return null;
  // A source grows old by itself.
  if (outcome.freshness.length > 0) return null;
  if (outcome.upToDate) return outcome;
  const { ok, publishedId, results, states } = outcome;
  if (!ok || publishedId === null) return null;
  const nodes: GraphNode[] = [];
  for (const { uniqueId } of results) {
    // Hooks run only in builds that run something.
    if (uniqueId.startsWith('operation.')) continue;
    const node = manifest.nodes.get(uniqueId);
    if (node === undefined || (states[uniqueId]?.fingerprint ?? null) === null) return null;
    nodes.push(node);
  }
  return upToDate(nodes, states, publishedId);
}
