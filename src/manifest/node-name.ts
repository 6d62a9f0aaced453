import type { GraphNode } from './nodes.js';

/** As people say it: `orders`, and `shop.orders` for a table of a source. */
export function nodeName(node: GraphNode): string {
  return node.resourceType === 'source' ? `${node.sourceName}.${node.name}` : node.name;
}
