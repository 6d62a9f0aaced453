/** Lineage as plain data: what the renderers, the documentation site and the REST API show. */
import type { ResourceType } from '../manifest/nodes.js';

export interface LineageNode {
  /** The manifest's unique id. */
  readonly id: string;
  /** As people say it: `silver_orders`, `techstore.orders` for a table of a source. */
  readonly name: string;
  readonly type: ResourceType;
  /** `meta.layer`, else the folder under the resource folder, else the type. */
  readonly layer: string;
  readonly tags: readonly string[];
  /** Null where it has no meaning, as for a source. */
  readonly materialized: string | null;
  readonly description: string;
  /** Inside the project. */
  readonly path: string;
}

export interface LineageEdge {
  readonly from: string;
  readonly to: string;
  /** False where the path leads through nodes that are left out. */
  readonly direct: boolean;
}

export interface ColumnRef {
  readonly node: string;
  readonly column: string;
}

/**
 * What becomes of a value on its way: it stays as it is, is computed with (windows
 * too), or is brought together with those of other rows. Null: not known for sure.
 */
export type How = 'direct' | 'transformed' | 'aggregated' | null;

export interface ColumnSource extends ColumnRef {
  readonly how: How;
}

export interface LineageColumn extends ColumnRef {
  readonly type: string | null;
  /** The columns of the direct parents whose values it is made of, sorted. Null: not known. */
  readonly sources: readonly ColumnSource[] | null;
}

/** Why the columns of a node are not known in full, by its id. */
export type ColumnGaps = Readonly<Record<string, string>>;

export interface Lineage {
  /** Parents before children. */
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
  /** Only where they were asked for: node by node, in the order of each table. */
  readonly columns?: readonly LineageColumn[];
  readonly gaps?: ColumnGaps;
}
