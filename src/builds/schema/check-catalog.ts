/** Checks the catalog before anything runs: sources exist, and published names are free. */
import { TechstoreError } from '../../errors.js';
import type { Connection, RelationInfo, RelationName, SchemaName } from '../../engine/engine.js';
import type { GraphNode, Manifest, SourceNode } from '../../manifest/nodes.js';

interface CatalogChecks {
  /** True for a view that a build published. */
  readonly isOurs: (name: RelationName) => boolean;
  readonly readsSources: boolean;
}

/**
 * @param run the nodes to build
 * @throws TechstoreError `source` with all missing sources, or `publish` with all objects that have
 *   the names of published views
 */
export async function checkCatalog(
  run: readonly GraphNode[],
  manifest: Manifest,
  connection: Connection,
  { isOurs, readsSources }: CatalogChecks,
): Promise<void> {
  const models = run.filter(
    (node) => node.resourceType === 'model' || node.resourceType === 'seed',
  );
  const sources = readsSources ? sourcesReadBy(run, manifest) : [];
  const listed = new Map<string, Promise<Map<string, RelationInfo>>>();
  const listOf = (schema: SchemaName): Promise<Map<string, RelationInfo>> => {
    const key = JSON.stringify([schema.database, schema.schema]).toLowerCase();
    const known = listed.get(key) ?? namesIn(schema, connection);
    listed.set(key, known);
    return known;
  };
  const missing: SourceNode[] = [];
  for (const source of sources) {
    if (!(await listOf(source)).has(source.identifier.toLowerCase())) missing.push(source);
  }
  if (missing.length > 0) {
    throw new TechstoreError(
      'source',
      `Sources are missing from the catalog: ${missing.map((s) => `${s.database}.${s.schema}.${s.identifier}`).join(', ')}`,
      {
        hint: 'Check the catalog and schema of the sources, and the permission to see them. To try it out, load the seeds of this project with `techstore seed`.',
      },
    );
  }
  const taken: string[] = [];
  for (const node of models) {
    const there = (await listOf(node)).get(node.alias.toLowerCase());
    if (there === undefined) continue;
    const { database, schema, alias: identifier } = node;
    const isFree = there.type === 'view' && isOurs({ database, schema, identifier });
    if (!isFree) taken.push(`${there.type} ${database}.${schema}.${identifier}`);
  }
  if (taken.length > 0) {
    throw new TechstoreError(
      'publish',
      `Objects that techstore did not create have the names of its views: ${taken.join(', ')}`,
      { hint: 'Rename or drop them, or choose another schema in the profile.' },
    );
  }
}

async function namesIn(
  schema: SchemaName,
  connection: Connection,
): Promise<Map<string, RelationInfo>> {
  const relations = await connection.listRelations(schema);
  return new Map(relations.map((relation) => [relation.name.toLowerCase(), relation]));
}

function sourcesReadBy(run: readonly GraphNode[], manifest: Manifest): SourceNode[] {
  const ids = new Set(run.flatMap((node) => node.dependsOn.nodes));
  return [...ids]
    .map((id) => manifest.nodes.get(id))
    .filter((node): node is SourceNode => node?.resourceType === 'source');
}
