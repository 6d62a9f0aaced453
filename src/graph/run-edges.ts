/** What must run before what: the manifest's dependencies, and those that dbt leaves out. */
import type { GraphNode, Manifest } from '../manifest/nodes.js';
import { cycleError, findCycle } from './cycle.js';
import { childrenOf, type Edges } from './edges.js';
import { seedsOfSources } from './seeds-of-sources.js';
import { topologicalOrder } from './topological-order.js';

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
  return edgesFrom(parents);
}

function edgesFrom(parents: ReadonlyMap<string, ReadonlySet<string>>): Edges {
  return new Map([...parents].map(([id, set]) => [id, [...set]]));
}

/**
 * A test holds back the first nodes that are below all that it reads; the others below wait for those. An edge
 * to each of them would be a number of edges that grows with the square of the project.
 */
function addTestGates(manifest: Manifest, parents: Map<string, Set<string>>): void {
  // Who has nothing below it holds nothing back, and is not held.
  const children = childrenOf(
    new Map(
      [...edgesFrom(parents)].filter(([id]) => {
        const node = manifest.nodes.get(id);
        return node !== undefined && !isLeaf(node);
      }),
    ),
  );
  const below = new Map<string, ReadonlySet<string>>();
  const gates: [test: string, held: string][] = [];
  for (const node of manifest.nodes.values()) {
    if (node.resourceType !== 'test') continue;
    for (const id of firstBelowAll([...(parents.get(node.uniqueId) ?? [])], children, below))
      gates.push([node.uniqueId, id]);
  }
  // Added at the end: the search above must not see gates, or tests would hold back each other.
  for (const [test, held] of gates) parents.get(held)?.add(test);
}

/** @param below filled with what was found below a node */
function firstBelowAll(
  ids: readonly string[],
  children: ReadonlyMap<string, readonly string[]>,
  below: Map<string, ReadonlySet<string>>,
): readonly string[] {
  const [first, ...rest] = ids;
  if (first === undefined) return [];
  if (rest.length === 0) return children.get(first) ?? [];
  const sets = ids.map((id) => {
    const known = below.get(id) ?? allBelow(id, children);
    below.set(id, known);
    return known;
  });
  const [smallest = new Set<string>()] = [...sets].sort((a, b) => a.size - b.size);
  const common = new Set([...smallest].filter((id) => sets.every((set) => set.has(id))));
  const later = new Set([...common].flatMap((id) => children.get(id) ?? []));
  return [...common].filter((id) => !later.has(id));
}

function allBelow(id: string, children: ReadonlyMap<string, readonly string[]>): Set<string> {
  const all = new Set<string>();
  const open = [id];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const child of children.get(at) ?? []) {
      if (all.has(child)) continue;
      all.add(child);
      open.push(child);
    }
  }
  return all;
}

function isLeaf(node: GraphNode): boolean {
  return ['test', 'unit_test', 'exposure', 'analysis'].includes(node.resourceType);
}

/**
 * All nodes, parents before children; of those that may come next the one that stands
 * first in the manifest does.
 *
 * @throws TechstoreError 'compilation' on a circle
 */
export function inOrder(manifest: Manifest, edges: Edges): GraphNode[] {
  const { order, left } = topologicalOrder(edges);
  if (left.size > 0) {
    throw cycleError(
      findCycle(left, (id) => edges.get(id) ?? []),
      (id) => manifest.nodes.get(id),
    );
  }
  return order.map((id) => manifest.nodes.get(id)).filter((node) => node !== undefined);
}
