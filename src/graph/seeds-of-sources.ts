/** Which seed makes the table that a source names: dbt can't see that one comes after the other. */
import type { Manifest } from '../manifest/nodes.js';

/** Id of the seed by id of the source, where both are the same relation. */
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
  node: { readonly database: string; readonly schema: string },
  identifier: string,
): string {
  return JSON.stringify([node.database, node.schema, identifier]).toLowerCase();
}
