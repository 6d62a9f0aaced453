/** What must run before what: the manifest's dependencies, and those that dbt leaves out. */
import type { GraphNode, Manifest } from '../manifest/nodes.js';

export type Edges = ReadonlyMap<string, readonly string[]>;

/**
 * Parents of each node.
 *
 * - A source whose relation a seed makes comes after that seed, which dbt can't see.
 * - With `gates`, everything below a model waits for the tests of that model, so that
 *   nothing is built on rows that failed: dbt's rule in `build`. A test of several
 *   models holds back what is below all of them.
 * - A unit test comes after what its model reads, and with `gates` before the model.
 */
export function edgesOf(manifest: Manifest, options: { readonly gates: boolean }): Edges {
  const parents = new Map<string, Set<string>>();
  for (const node of manifest.nodes.values()) {
    parents.set(
      node.uniqueId,
      new Set(node.dependsOn.nodes.filter((id) => manifest.nodes.has(id))),
    );
  }
  for (const [source, seed] of seedsOfSources(manifest)) parents.get(source)?.add(seed);
  for (const node of manifest.nodes.values()) {
    if (node.resourceType !== 'unit_test') continue;
    const [model] = node.dependsOn.nodes;
    const own = parents.get(node.uniqueId);
    if (model === undefined || own === undefined) continue;
    own.clear();
    for (const parent of manifest.nodes.get(model)?.dependsOn.nodes ?? []) own.add(parent);
    if (options.gates) parents.get(model)?.add(node.uniqueId);
  }
  if (options.gates) addTestGates(manifest, parents);
  return new Map([...parents].map(([id, set]) => [id, [...set]]));
}

/** Seed by source, where both are the same relation. */
export function seedsOfSources(manifest: Manifest): Map<string, string> {
  const seeds = new Map<string, string>();
  for (const node of manifest.nodes.values()) {
    if (node.resourceType === 'seed') seeds.set(relationKey(node, node.alias), node.uniqueId);
  }
  const found = new Map<string, string>();
  for (const node of manifest.nodes.values()) {
    if (node.resourceType !== 'source') continue;
    const seed = seeds.get(relationKey(node, node.identifier));
    if (seed !== undefined) found.set(node.uniqueId, seed);
  }
  return found;
}

/** Names compare without case, as both engines do. */
export function relationKey(
  node: { database: string; schema: string },
  identifier: string,
): string {
  return JSON.stringify([node.database, node.schema, identifier]).toLowerCase();
}

function addTestGates(manifest: Manifest, parents: Map<string, Set<string>>): void {
  const children = new Map<string, string[]>();
  for (const [id, set] of parents) {
    for (const parent of set) {
      const list = children.get(parent);
      if (list === undefined) children.set(parent, [id]);
      else list.push(id);
    }
  }
  const below = new Map<string, Set<string>>();
  const descendants = (id: string): Set<string> => {
    const known = below.get(id);
    if (known !== undefined) return known;
    const all = new Set<string>();
    below.set(id, all);
    for (const child of children.get(id) ?? []) {
      all.add(child);
      for (const deeper of descendants(child)) all.add(deeper);
    }
    return all;
  };
  const gates: [test: string, held: string][] = [];
  for (const node of manifest.nodes.values()) {
    if (node.resourceType !== 'test') continue;
    const sets = [...(parents.get(node.uniqueId) ?? [])].map(descendants);
    const [first, ...rest] = sets;
    if (first === undefined) continue;
    for (const id of first) {
      const held = manifest.nodes.get(id);
      if (held === undefined || isLeaf(held)) continue;
      if (rest.every((set) => set.has(id))) gates.push([node.uniqueId, id]);
    }
  }
  // Added at the end: the sets above must not see gates, or tests would hold back each other.
  for (const [test, held] of gates) parents.get(held)?.add(test);
}

function isLeaf(node: GraphNode): boolean {
  return ['test', 'unit_test', 'exposure', 'analysis'].includes(node.resourceType);
}

/**
 * All nodes, parents before children; among those that are ready in the order of the manifest.
 * The graph must have no cycle: src/graph has refused those.
 */
export function inOrder(manifest: Manifest, edges: Edges): GraphNode[] {
  const done = new Set<string>();
  const order: GraphNode[] = [];
  const visit = (id: string): void => {
    if (done.has(id)) return;
    done.add(id);
    for (const parent of edges.get(id) ?? []) visit(parent);
    const node = manifest.nodes.get(id);
    if (node !== undefined) order.push(node);
  };
  for (const id of manifest.nodes.keys()) visit(id);
  return order;
}

/**
 * The same order among some of the nodes: a path that leads through others, such as
 * an ephemeral model, still makes the later one wait for the earlier.
 */
export function edgesAmong(edges: Edges, members: ReadonlySet<string>): Edges {
  const above = new Map<string, ReadonlySet<string>>();
  const nearest = (id: string): ReadonlySet<string> => {
    const known = above.get(id);
    if (known !== undefined) return known;
    const found = new Set<string>();
    above.set(id, found);
    for (const parent of edges.get(id) ?? []) {
      if (members.has(parent)) found.add(parent);
      else for (const further of nearest(parent)) found.add(further);
    }
    return found;
  };
  return new Map([...members].map((id) => [id, [...nearest(id)]]));
}
