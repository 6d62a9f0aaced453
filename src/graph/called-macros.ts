import type { GraphNode, Manifest } from '../manifest/nodes.js';

/** Unique ids of the macros that a node calls, directly or through others. */
export function calledMacros(node: GraphNode, { macros }: Pick<Manifest, 'macros'>): Set<string> {
  const found = new Set<string>();
  const open = 'macros' in node.dependsOn ? [...node.dependsOn.macros] : [];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(macros.get(id)?.dependsOn.macros ?? []));
  }
  return found;
}
