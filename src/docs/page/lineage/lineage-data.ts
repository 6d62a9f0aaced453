/** What the lineage page is given: nodes and columns refer to each other by their places. */
import type { How, LineageNode } from '../../../lineage/lineage.js';

export interface LineageData {
  /** Name of the project, for titles and names of files. */
  readonly project: string;
  /** Parents before children. */
  readonly nodes: readonly DataNode[];
  readonly edges: readonly DataEdge[];
}

export interface DataNode extends LineageNode {
  /** Why its columns are not known in full. */
  readonly gap: string | null;
  /** In the order of the table; empty where columns were not asked for. */
  readonly columns: readonly DataColumn[];
}

/** `direct` is false where the path leads through nodes that are not in the data. */
export type DataEdge = readonly [from: number, to: number, direct: boolean];

export interface DataColumn {
  readonly name: string;
  readonly type: string | null;
  /** Null: not known. */
  readonly sources: readonly DataSource[] | null;
  /** Sources that are not in the data, as `table.column`. */
  readonly outside?: readonly string[];
}

export type DataSource = readonly [node: number, column: number, how: How];
