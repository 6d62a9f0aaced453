/** What a build remembers of each node, so that the next one knows what it need not run again. */
import type { FailingRows, NodeStatus } from '../manifest/results.js';
import type { Fingerprint } from './fingerprint.js';

export interface NodeState {
  readonly fingerprint: Fingerprint;
  readonly status: NodeStatus;
  readonly rows: number | null;
  readonly failures: number | null;
  readonly message: string | null;
  /** Table, view, or null for a node without a relation. */
  readonly relationType: 'table' | 'view' | null;
  readonly relation: { readonly schema: string; readonly identifier: string } | null;
  readonly failuresRelation: string | null;
  readonly sample: FailingRows | null;
  /** Seconds that the node took when it ran. */
  readonly executionTime: number;
}

export type NodeStates = Readonly<Record<string, NodeState>>;

const good: readonly NodeStatus[] = ['success', 'pass', 'warn'];

/** True where the node need not run: it did, with the same inputs, and it did not fail. */
export function isUnchanged(state: NodeState | undefined, fingerprint: Fingerprint): boolean {
  return (
    state !== undefined &&
    fingerprint !== null &&
    state.fingerprint === fingerprint &&
    good.includes(state.status)
  );
}
