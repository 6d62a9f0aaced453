/** The edges of a part of a lineage, as `nodeLineage` would give them of that part of the project. */
import { edgesAmong as among } from '../graph/index.js';
import type { LineageEdge } from './lineage.js';

/**
 * @param order ids of all nodes, parents before children
 * @param edges all edges between them
 * @param part ids of the nodes that stay; a path that leads through others becomes an edge that is not `direct`
 */
export function edgesAmong(
  order: readonly string[],
  edges: readonly LineageEdge[],
  part: ReadonlySet<string>,
): LineageEdge[] {
  const parents = new Map<string, string[]>(order.map((id) => [id, []]));
  const direct = new Set<string>();
  const keyOf = (from: string, to: string): string => JSON.stringify([from, to]);
  for (const edge of edges) {
    parents.get(edge.to)?.push(edge.from);
    if (edge.direct) direct.add(keyOf(edge.from, edge.to));
  }
  return [...among(parents, part)].flatMap(([to, above]) =>
    above.map((from) => ({ from, to, direct: direct.has(keyOf(from, to)) })),
  );
}
