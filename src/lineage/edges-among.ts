/** The edges of a part of a lineage, as `nodeLineage` would give them of that part of the project. */
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
  const parents = new Map<string, LineageEdge[]>();
  for (const edge of edges) {
    const list = parents.get(edge.to);
    if (list === undefined) parents.set(edge.to, [edge]);
    else list.push(edge);
  }
  // For every node, the nearest above it that stay, and whether the way to each is one edge of the whole.
  const nearest = new Map<string, Map<string, boolean>>();
  const found: LineageEdge[] = [];
  for (const id of order) {
    const above = new Map<string, boolean>();
    for (const { from, direct } of parents.get(id) ?? []) {
      if (part.has(from)) above.set(from, direct || above.get(from) === true);
      else
        for (const far of nearest.get(from)?.keys() ?? []) above.set(far, above.get(far) === true);
    }
    nearest.set(id, above);
    if (!part.has(id)) continue;
    for (const from of [...above.keys()].sort()) {
      found.push({ from, to: id, direct: above.get(from) === true });
    }
  }
  return found;
}
