import type { NodeState } from '../../src/manifest/node-state.js';

/** The state of a node of which nothing is known but what is given. */
export function nodeState(known: Partial<NodeState>): NodeState {
  return {
    fingerprint: null,
    status: 'success',
    rows: null,
    failures: null,
    message: null,
    relationType: null,
    relation: null,
    failuresRelation: null,
    sample: null,
    executionTime: 0,
    ...known,
  };
}
