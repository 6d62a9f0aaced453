/** Who depends on whom. */
import { TechstoreError } from '../errors.js';
import type { GraphNode, Manifest } from '../manifest/nodes.js';
import { cycleError, findCycle } from './cycle.js';
import { ExecutionGraph } from './execution-graph.js';
import { topologicalOrder } from './topological-order.js';

export type Edge = readonly [parent: string, child: string];

export interface GraphOptions {
  /**
   * Edges that dbt does not know, such as from a seed to the source that names
   * its table. They order execution; selection does not follow them.
   */
  readonly extraEdges?: Iterable<Edge> | undefined;
}

type Links = Map<string, string[]>;

const none: readonly string[] = [];

/** Unique ids that a node needs, by dbt's edges. */
function parentsOf(node: GraphNode): readonly string[] {
  const { nodes } = node.dependsOn;
  if (node.resourceType !== 'unit_test') return nodes;
  // dbt's unit test hangs on its model alone: its inputs are made up, not built.
  const tested = nodes.filter((id) => id.split('.')[2] === node.model && id.startsWith('model.'));
  return tested.length > 0 ? tested : nodes;
}

function link(links: Links, from: string, to: string): void {
  const list = links.get(from);
  if (list === undefined) links.set(from, [to]);
  else if (!list.includes(to)) list.push(to);
}

/** All nodes that can be reached, breadth first; starts count only where reached. */
function reach(starts: Iterable<string>, next: Links, depth = Infinity): Set<string> {
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

export class Graph {
  /** Every unique id, in an order in which parents come before their children. */
  readonly order: readonly string[];
  readonly #parents: Links = new Map();
  readonly #children: Links = new Map();
  readonly #waitsFor: Links = new Map();
  readonly #releases: Links = new Map();
  readonly #ids: ReadonlySet<string>;

  /**
   * @throws TechstoreError 'compilation' on a circle, with the names and files
   * along it, and on a node that depends on one that is not in the manifest.
   */
  constructor(manifest: Manifest, options: GraphOptions = {}) {
    this.#ids = new Set(manifest.nodes.keys());
    for (const [id, node] of manifest.nodes) {
      for (const parent of parentsOf(node)) {
        if (!this.#ids.has(parent)) throw missingParent(manifest, node, parent);
        link(this.#parents, id, parent);
        link(this.#children, parent, id);
      }
    }
    for (const [id, list] of this.#parents) this.#waitsFor.set(id, [...list.sort()]);
    for (const [id, list] of this.#children) this.#releases.set(id, [...list.sort()]);
    for (const [parent, child] of options.extraEdges ?? []) {
      if (!this.#ids.has(parent) || !this.#ids.has(child) || parent === child) continue;
      link(this.#waitsFor, child, parent);
      link(this.#releases, parent, child);
    }
    const { order, left } = topologicalOrder(
      this.#ids,
      (id) => this.waitsFor(id),
      (id) => this.releases(id),
    );
    if (left.size > 0) {
      throw cycleError(
        findCycle(left, (id) => this.waitsFor(id)),
        (id) => manifest.nodes.get(id),
      );
    }
    this.order = order;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  /** Direct parents by dbt's edges, sorted by id. */
  parents(id: string): readonly string[] {
    return this.#parents.get(id) ?? none;
  }

  /** Direct children by dbt's edges, tests and exposures among them, sorted by id. */
  children(id: string): readonly string[] {
    return this.#children.get(id) ?? none;
  }

  /** Direct parents, extra edges included. */
  waitsFor(id: string): readonly string[] {
    return this.#waitsFor.get(id) ?? none;
  }

  /** Direct children, extra edges included. */
  releases(id: string): readonly string[] {
    return this.#releases.get(id) ?? none;
  }

  /**
   * Nodes above those given, at most `depth` steps away (default all). One of
   * those given is in it only where it is above another of them.
   */
  ancestors(ids: Iterable<string>, depth?: number): Set<string> {
    return reach(ids, this.#parents, depth);
  }

  /** Nodes below those given; as {@link ancestors}. */
  descendants(ids: Iterable<string>, depth?: number): Set<string> {
    return reach(ids, this.#children, depth);
  }

  /**
   * The selected nodes with the order among them: where a path between two leads
   * through nodes that are not selected, the later still waits for the earlier.
   */
  subgraph(selected: Iterable<string>): ExecutionGraph {
    return new ExecutionGraph(this, selected);
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
