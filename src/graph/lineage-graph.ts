/** The graph as lineage shows it. Nothing is selected or run by it: see graph.ts and run-edges.ts. */
import { childrenOf, type Edges } from './edges.js';
import type { Graph } from './graph.js';
import { topologicalOrder } from './topological-order.js';

const none: readonly string[] = [];

/** dbt's edges, and one from each seed to the source whose table it makes. */
export class LineageGraph {
  readonly edges: Edges;
  /** Every unique id, in an order in which parents come before their children. */
  readonly order: readonly string[];
  readonly #children: Edges;

  /** @param seeds ids of seeds by ids of sources, see `seedsOfSources`; default none */
  constructor(graph: Graph, seeds: ReadonlyMap<string, string> = new Map()) {
    this.edges = new Map(
      [...graph.edges].map(([id, parents]) => {
        const seed = seeds.get(id);
        return [id, seed === undefined ? parents : [...parents, seed]];
      }),
    );
    this.#children = childrenOf(this.edges);
    this.order = topologicalOrder(this.edges).order;
  }

  parents(id: string): readonly string[] {
    return this.edges.get(id) ?? none;
  }

  children(id: string): readonly string[] {
    return this.#children.get(id) ?? none;
  }
}
