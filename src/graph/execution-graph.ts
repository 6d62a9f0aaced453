/** What a whole graph tells for a part of it to be made. */
export interface WholeOrder {
  /** All ids, parents before children. */
  readonly order: readonly string[];
  /** What a node waits for. */
  waitsFor(id: string): readonly string[];
}

const none: readonly string[] = [];

/** Part of a graph, ready to be run: see `Graph.subgraph`. */
export class ExecutionGraph {
  /** The selected ids, parents before children. */
  readonly order: readonly string[];
  readonly #parents = new Map<string, readonly string[]>();
  readonly #children = new Map<string, string[]>();

  constructor(graph: WholeOrder, selected: Iterable<string>) {
    const wanted = new Set(selected);
    this.order = graph.order.filter((id) => wanted.has(id));
    // For every node, the nearest selected ones above it.
    const nearest = new Map<string, ReadonlySet<string>>();
    for (const id of graph.order) {
      const above = new Set<string>();
      for (const parent of graph.waitsFor(id)) {
        if (wanted.has(parent)) above.add(parent);
        else for (const far of nearest.get(parent) ?? []) above.add(far);
      }
      nearest.set(id, above);
      if (!wanted.has(id)) continue;
      this.#parents.set(id, [...above].sort());
      for (const parent of above) {
        const list = this.#children.get(parent);
        if (list === undefined) this.#children.set(parent, [id]);
        else list.push(id);
      }
    }
    for (const list of this.#children.values()) list.sort();
  }

  /** Selected nodes that this one waits for, sorted by id. */
  parents(id: string): readonly string[] {
    return this.#parents.get(id) ?? none;
  }

  /** Selected nodes that wait for this one, sorted by id. */
  children(id: string): readonly string[] {
    return this.#children.get(id) ?? none;
  }
}
