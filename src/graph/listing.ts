/** How `ls` names nodes, and in which order. */
import type { GraphNode, Manifest } from '../manifest/nodes.js';

/** The selector that picks a node, as `dbt ls` prints it. */
export function selectorOf(node: GraphNode): string {
  switch (node.resourceType) {
    case 'source':
      return `source:${node.packageName}.${node.sourceName}.${node.name}`;
    case 'exposure':
      return `exposure:${node.packageName}.${node.name}`;
    case 'unit_test':
      return `unit_test:${node.packageName}.${node.name}`;
    default:
      return node.fqn.join('.');
  }
}

/** Nodes in the order of `dbt ls`: by unique id, so types stay together. */
export function listingOrder(manifest: Manifest, ids: Iterable<string>): GraphNode[] {
  return [...ids]
    .sort()
    .map((id) => manifest.nodes.get(id))
    .filter((node) => node !== undefined);
}

/** Nodes by their place in the project: package, folders, name; then by unique id. */
export function fqnOrder(manifest: Manifest, ids: Iterable<string>): GraphNode[] {
  return listingOrder(manifest, ids)
    .map((node) => ({ node, key: node.fqn.join('\0') }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ node }) => node);
}
