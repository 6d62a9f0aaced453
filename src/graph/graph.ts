/** Who depends on whom. */
import { TechstoreError } from '../errors.js';
import type { GraphNode, Manifest } from '../manifest/nodes.js';
import { cycleError, findCycle } from './cycle.js';
import { childrenOf, type Edges } from './edges.js';
import { topologicalOrder } from './topological-order.js';

const none: readonly string[] = [];

/** Unique ids that a node needs, by dbt's edges. */
function parentsOf(node: GraphNode): readonly string[] {
  const { nodes } = node.dependsOn;
  if (node.resourceType !== 'unit_test') return nodes;
  // dbt's unit test hangs on its model alone: its inputs are made up, not built.
  const tested = nodes.filter((id) => id.split('.')[2] === node.model && id.startsWith('model.'));
  return tested.length > 0 ? tested : nodes;
}

/** All nodes that can be reached, breadth first; starts count only where reached. */
function reach(starts: Iterable<string>, next: Edges, depth = Infinity): Set<string> {
  const found = new Set<string>();
  let layer: Iterable<string> = starts;
  for (let i = 0; i < depth; i += 1) {
    const following: string[] = [];
    for (const id of layer) {
      for (const other of next.get(id) ?? none) {
        if (found.has(other)) continue;
        found.add(other);
        following.push(other);
      }
    }
    if (following.length === 0) break;
    layer = following;
  }
  return found;
}

/** The graph that selection follows: dbt's edges alone. */
export class Graph {
  /** Ids of direct parents by dbt's edges, sorted; nodes are in the order of their ids. */
  readonly edges: Edges;
  /** Every unique id, in an order in which parents come before their children. */
  readonly order: readonly string[];
  readonly #children: Edges;

  /**
   * @throws TechstoreError 'compilation' on a circle, with the names and files
   * along it, and on a node that depends on one that is not in the manifest.
   */
  constructor(manifest: Manifest) {
    const parents = new Map<string, readonly string[]>();
    for (const [id, node] of manifest.nodes) {
      const own = parentsOf(node);
      const missing = own.find((parent) => !manifest.nodes.has(parent));
      if (missing !== undefined) throw missingParent(manifest, node, missing);
      parents.set(id, [...new Set(own)].sort());
    }
    const ids = [...parents.keys()].sort();
    this.edges = new Map(ids.map((id) => [id, parents.get(id) ?? none]));
    this.#children = childrenOf(this.edges);
    const { order, left } = topologicalOrder(this.edges);
    if (left.size > 0) {
      throw cycleError(
        findCycle(left, (id) => this.parents(id)),
        (id) => manifest.nodes.get(id),
      );
    }
    this.order = order;
  }

  has(id: string): boolean {
    return this.edges.has(id);
  }

  /** Direct parents by dbt's edges, sorted by id. */
  parents(id: string): readonly string[] {
    return this.edges.get(id) ?? none;
  }

  /** Direct children by dbt's edges, tests and exposures among them, sorted by id. */
  children(id: string): readonly string[] {
    return this.#children.get(id) ?? none;
  }

  /**
   * Nodes above those given, at most `depth` steps away (default all). One of
   * those given is in it only where it is above another of them.
   */
  ancestors(ids: Iterable<string>, depth?: number): Set<string> {
    return reach(ids, this.edges, depth);
  }

  /** Nodes below those given; as {@link ancestors}. */
  descendants(ids: Iterable<string>, depth?: number): Set<string> {
    return reach(ids, this.#children, depth);
  }
}

function missingParent(manifest: Manifest, node: GraphNode, parent: string): TechstoreError {
  const off = manifest.disabled.find((other) => other.uniqueId === parent);
  const why =
    off === undefined ? 'which does not exist' : `which is disabled (${off.originalFilePath})`;
  return new TechstoreError('compilation', `${node.name} depends on ${parent}, ${why}`, {
    place: node.place,
  });
}
