/** The edges of a part of a graph. */
import type { Edges } from './edges.js';
import { topologicalOrder } from './topological-order.js';

/**
 * The same order among some of the nodes, in that order: a path that leads through others,
 * such as an ephemeral model, still makes the later one wait for the earlier. Parents are
 * sorted by id. Members that `edges` has not are passed over.
 */
export function edgesAmong(edges: Edges, members: ReadonlySet<string>): Edges {
  // For every node, the nearest members above it.
  const nearest = new Map<string, ReadonlySet<string>>();
  const among = new Map<string, readonly string[]>();
  for (const id of topologicalOrder(edges).order) {
    const above = new Set<string>();
    for (const parent of edges.get(id) ?? []) {
      if (members.has(parent)) above.add(parent);
      else for (const far of nearest.get(parent) ?? []) above.add(far);
    }
    nearest.set(id, above);
    if (members.has(id)) among.set(id, [...above].sort());
  }
  return among;
}
