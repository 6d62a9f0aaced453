/** Which nodes the filters leave, and what there is to filter by. */
import type { DataNode } from './lineage-data.js';
import type { ViewState } from './view-state.js';

export type NodeFilters = Pick<ViewState, 'layers' | 'tags' | 'types' | 'hidden'>;

/** One of the layers, one of the tags and one of the types; no choice lets all pass. */
export function passes(node: DataNode, { layers, tags, types, hidden }: NodeFilters): boolean {
  return (
    (layers.length === 0 || layers.includes(node.layer)) &&
    (tags.length === 0 || tags.some((tag) => node.tags.includes(tag))) &&
    (types.length === 0 || types.includes(node.type)) &&
    !hidden.includes(node.id)
  );
}

export interface Choice {
  readonly value: string;
  /** Nodes that have it. */
  readonly count: number;
}

export interface Choices {
  /** In the order in which data flows. */
  readonly layers: readonly Choice[];
  readonly tags: readonly Choice[];
  readonly types: readonly Choice[];
}

export function choicesOf(nodes: readonly DataNode[]): Choices {
  return {
    layers: counted(nodes.map(({ layer }) => layer)),
    tags: counted(nodes.flatMap(({ tags }) => [...new Set(tags)])).sort((a, b) =>
      a.value < b.value ? -1 : 1,
    ),
    types: counted(nodes.map(({ type }) => type)),
  };
}

function counted(values: readonly string[]): Choice[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count }));
}
