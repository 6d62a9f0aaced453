/** What of the graph is shown, and what of that is lit. */
import type { Depth } from './view-state.js';

export type Mark = 'focus' | 'lit' | 'plain' | 'dim';

export interface ShownNode {
  readonly node: number;
  readonly mark: Mark;
  readonly columns: readonly ShownColumn[];
  /** How many of its columns are not shown beside those that are. */
  readonly more: number;
  /** What the sign at its name offers: to close its columns, to open the rest of them, or nothing. */
  readonly sign: 'open' | 'closed' | null;
}

export interface ShownColumn {
  /** Its number in the graph. */
  readonly column: number;
  readonly mark: Mark;
}

export interface ShownEdge {
  readonly from: number;
  readonly to: number;
  readonly mark: Mark;
  /** Of nodes: false where it leads through others that are not shown. */
  readonly direct: boolean;
}

export interface Shown {
  /** As in the data: parents before children. */
  readonly nodes: readonly ShownNode[];
  readonly edges: readonly ShownEdge[];
  /** From column to column, by their numbers. */
  readonly columnEdges: readonly ShownEdge[];
  readonly focus: number | null;
  readonly column: number | null;
  /** Whether what the focus does not reach is left out. */
  readonly only: boolean;
  /** Steps that are shown; null: all. */
  readonly up: Depth;
  readonly down: Depth;
  /** How many nodes the focus reaches, itself included, whatever the filters and the steps. */
  readonly reached: number;
  /** The other end was asked for, and no path leads there. */
  readonly noPath: boolean;
  /** How many columns there are, where all were asked for and are too many for one picture. */
  readonly tooMany: number | null;
}

/** What is lit, by nodes and by columns. */
export interface Lit {
  readonly all: ReadonlySet<number>;
  /** An edge is lit whose ends are both in one of these. */
  readonly sides: readonly ReadonlySet<number>[];
  readonly columns?: ReadonlySet<number>;
  readonly columnSides?: readonly ReadonlySet<number>[];
  readonly up: Depth;
  readonly down: Depth;
  readonly reached: number;
  readonly noPath: boolean;
}
