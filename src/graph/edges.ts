/** Who waits for whom, as plain data. */

/** Ids of the parents of every node, by its id. */
export type Edges = ReadonlyMap<string, readonly string[]>;

/** The same edges from the other end: ids of children. Nodes without any are not in it. */
export function childrenOf(edges: Edges): Map<string, string[]> {
  const children = new Map<string, string[]>();
  for (const [id, parents] of edges) {
    for (const parent of parents) {
      const list = children.get(parent);
      if (list === undefined) children.set(parent, [id]);
      else list.push(id);
    }
  }
  return children;
}
