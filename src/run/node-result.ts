/** Results of nodes that did not run: skipped or reused ones. */
import type { GraphNode } from '../manifest/nodes.js';
import type { NodeResult, NodeStatus } from '../manifest/results.js';
import type { NodeState } from '../manifest/node-state.js';

export function emptyResult(uniqueId: string, status: NodeStatus): NodeResult {
  return {
    uniqueId,
    status,
    message: null,
    rows: null,
    failures: null,
    timing: [],
    executionTime: 0,
    thread: 'main',
    compiledCode: null,
    compiledPath: null,
    relationName: null,
    relationType: null,
    failuresRelation: null,
    failuresPlace: null,
    sample: null,
    skippedBecauseOf: null,
    carriedOver: false,
    place: null,
  };
}

export function carriedResult(node: GraphNode, state: NodeState | undefined): NodeResult {
  return {
    ...emptyResult(node.uniqueId, state?.status ?? 'success'),
    message: state?.message ?? null,
    rows: state?.rows ?? null,
    failures: state?.failures ?? null,
    failuresRelation: state?.failuresRelation ?? null,
    failuresPlace: state?.failuresPlace ?? null,
    sample: state?.sample ?? null,
    carriedOver: true,
  };
}
