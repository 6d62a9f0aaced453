import type { Manifest } from './nodes.js';

interface Relation {
  readonly database: string;
  readonly schema: string;
  readonly identifier: string;
}

/** The same project, in which some models and seeds lie elsewhere. */
export function withRelations(
  manifest: Manifest,
  relations: ReadonlyMap<string, Relation>,
): Manifest {
  if (relations.size === 0) return manifest;
  const nodes = new Map(manifest.nodes);
  for (const [id, { database, schema, identifier: alias }] of relations) {
    const node = nodes.get(id);
    if (node?.resourceType === 'model' || node?.resourceType === 'seed')
      nodes.set(id, { ...node, database, schema, alias });
  }
  return { ...manifest, nodes };
}
