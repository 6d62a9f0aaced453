/** What a build remembers of each node, so that the next one knows what it need not run again. */
import type { RelationPlace } from './relation-place.js';
import type { FailingRows, NodeStatus } from './results.js';

/** Of what a node's table depends on. Null: its SQL depends on answers of the database, so it always runs. */
export type Fingerprint = string | null;

export type { RelationPlace };

export interface NodeState {
  readonly fingerprint: Fingerprint;
  readonly status: NodeStatus;
  readonly rows: number | null;
  readonly failures: number | null;
  readonly message: string | null;
  /** Table, view, or null for a node without a relation. */
  readonly relationType: 'table' | 'view' | null;
  readonly relation: RelationPlace | null;
  /** As SQL names it. */
  readonly failuresRelation: string | null;
  /** Where it is. Not in records of earlier versions. */
  readonly failuresPlace?: RelationPlace | null;
  readonly sample: FailingRows | null;
  /** Seconds that the node took when it ran. */
  readonly executionTime: number;
}

/** Where the tables of some states are, and those of their failing rows. */
export function placesOf(states: Iterable<NodeState>): RelationPlace[] {
  return [...states].flatMap(({ relation, failuresPlace = null }) =>
    [relation, failuresPlace].filter((place) => place !== null),
  );
}

export type NodeStates = Readonly<Record<string, NodeState>>;

const good: readonly NodeStatus[] = ['success', 'pass', 'warn'];

export function isGood({ status }: Pick<NodeState, 'status'>): boolean {
  return good.includes(status);
}

/** True where the node need not run: it did, with the same inputs, and it did not fail. */
export function isUnchanged(state: NodeState | undefined, fingerprint: Fingerprint): boolean {
  return (
    state !== undefined &&
    fingerprint !== null &&
    // Of a table whose place is not known nothing can be taken over.
    (state.failuresRelation === null || (state.failuresPlace ?? null) !== null) &&
    state.fingerprint === fingerprint &&
    isGood(state)
  );
}
