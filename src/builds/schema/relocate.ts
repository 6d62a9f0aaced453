/** The same manifest, with the relations of some nodes in the schema of a build. */
import type { GraphNode, Manifest } from '../../manifest/nodes.js';
import type { PublishedName } from './build-row.js';
import { keyOf } from './published-names.js';

/**
 * Models, seeds and tests among `ids` get the schema; names that two of them share get their own
 * schema's name before them. Everything that reads them by `ref` then reads them there.
 *
 * @param others places of nodes that are not in `ids`; default: as in the project
 */
export function relocate(
  manifest: Manifest,
  ids: Iterable<string>,
  schema: string,
  others: NodePlace = (node) => node,
): Manifest {
  const moves = new Set(ids);
  const taken = new Set<string>();
  // All of them are asked, so that a selection gives its nodes the names that a whole build would.
  return relocateTo(manifest, (node) => {
    let { alias } = node;
    while (taken.has(alias.toLowerCase())) alias = `${node.schema}__${alias}`;
    taken.add(alias.toLowerCase());
    return moves.has(node.uniqueId) ? { schema, alias } : others(node);
  });
}

/** Where the relation of a node is. */
export type NodePlace = (node: Relocatable) => { readonly schema: string; readonly alias: string };

/** The tables themselves, and not the names that show another build tomorrow. */
export function publishedPlaces(names: readonly PublishedName[]): NodePlace {
  const tables = new Map(names.map((name) => [keyOf(name), name.table]));
  return (node) => {
    const { database, schema, alias } = node;
    const table = tables.get(keyOf({ database, schema, identifier: alias }));
    return table === undefined ? node : { schema: table.schema, alias: table.identifier };
  };
}

export function relocateTo(manifest: Manifest, place: NodePlace): Manifest {
  const nodes = new Map(manifest.nodes);
  for (const [id, node] of manifest.nodes) {
    if (!isRelocatable(node)) continue;
    const { schema, alias } = place(node);
    nodes.set(id, { ...node, schema, alias });
  }
  return { ...manifest, nodes };
}

type Relocatable = Extract<GraphNode, { resourceType: 'model' | 'seed' | 'test' }>;

function isRelocatable(node: GraphNode | undefined): node is Relocatable {
  return (
    node?.resourceType === 'model' || node?.resourceType === 'seed' || node?.resourceType === 'test'
  );
}
