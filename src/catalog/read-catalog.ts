/** What a build's database says of the tables of a project. */
import type { OpenBuild } from '../builds/index.js';
import { DatabaseError } from '../engine/database-error.js';
import type { Connection, RelationFacts, SchemaName } from '../engine/engine.js';
import type { Catalog, CatalogStat, CatalogTable } from '../manifest/catalog.js';
import type { GraphNode, Manifest } from '../manifest/nodes.js';
import { relationOf } from '../manifest/relation-of.js';
import type { RelationPlace } from '../manifest/node-state.js';

/** A node, where the project says that it is, and where the build has it. */
interface Wanted {
  readonly id: string;
  readonly kind: 'nodes' | 'sources';
  readonly published: SchemaName & RelationPlace;
  readonly placed: SchemaName & RelationPlace;
}

/**
 * Of the models, seeds, stored rows of tests and sources, those that exist. A schema that can't
 * be read is an error of the catalog; the others are read all the same.
 */
export async function readCatalog(open: OpenBuild, manifest: Manifest): Promise<Catalog> {
  const connection = await open.engine.connect();
  const nodes = new Map<string, CatalogTable>();
  const sources = new Map<string, CatalogTable>();
  const errors: string[] = [];
  try {
    for (const [schema, wanted] of bySchema(wantedOf(open, manifest))) {
      const facts = await factsOf(connection, schema, wanted, errors);
      for (const one of wanted) {
        const found = facts.get(key(one.placed.identifier));
        if (found === undefined) continue;
        (one.kind === 'nodes' ? nodes : sources).set(one.id, tableOf(one, found));
      }
    }
  } finally {
    await connection.release();
  }
  return { nodes, sources, errors };
}

function wantedOf(open: OpenBuild, manifest: Manifest): Wanted[] {
  const placed = open.placed(manifest).nodes;
  return [...manifest.nodes.values()].flatMap((node) => {
    const published = placeOf(node);
    if (published === null) return [];
    const inBuild = placed.get(node.uniqueId);
    return {
      id: node.uniqueId,
      kind: node.resourceType === 'source' ? ('sources' as const) : ('nodes' as const),
      published,
      placed: (inBuild && placeOf(inBuild)) ?? published,
    };
  });
}

/** Null for what is no table or view. Rows of any test may be stored, by an option. */
function placeOf(node: GraphNode): (SchemaName & RelationPlace) | null {
  switch (node.resourceType) {
    case 'source':
      return relationOf(node);
    case 'model':
    case 'seed':
    case 'test':
      return node.config.materialized === 'ephemeral' ? null : relationOf(node);
    case 'analysis':
    case 'unit_test':
    case 'exposure':
      return null;
  }
}

/** In the order in which they come first. */
function bySchema(wanted: readonly Wanted[]): [SchemaName, Wanted[]][] {
  const groups = new Map<string, [SchemaName, Wanted[]]>();
  for (const one of wanted) {
    const { database, schema } = one.placed;
    const name = JSON.stringify([key(database), key(schema)]);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [{ database, schema }, [one]]);
    else group[1].push(one);
  }
  return [...groups.values()];
}

async function factsOf(
  connection: Connection,
  schema: SchemaName,
  wanted: readonly Wanted[],
  errors: string[],
): Promise<ReadonlyMap<string, RelationFacts>> {
  const names = [...new Set(wanted.map(({ placed }) => placed.identifier))];
  try {
    const facts = await connection.factsOf(schema, names);
    return new Map(facts.map((one) => [key(one.name), one]));
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    errors.push(`The tables of ${schema.database}.${schema.schema} are not read: ${error.message}`);
    return new Map();
  }
}

function tableOf({ id, published, placed }: Wanted, facts: RelationFacts): CatalogTable {
  // A warehouse keeps each build in a schema of its own: people know the names that show it.
  const isSame = published.schema === placed.schema && published.identifier === placed.identifier;
  return {
    uniqueId: id,
    database: published.database,
    schema: published.schema,
    name: isSame ? facts.name : published.identifier,
    type: facts.type,
    comment: facts.comment,
    owner: facts.owner,
    columns: facts.columns.map((column, i) => ({ ...column, index: i + 1 })),
    stats: statsOf(facts),
  };
}

function statsOf({ rows, bytes }: RelationFacts): CatalogStat[] {
  const stats: CatalogStat[] = [];
  if (rows !== null)
    stats.push({
      id: 'num_rows',
      label: '# Rows',
      value: rows,
      include: true,
      description: 'Number of rows in the table, counted when the catalog was made',
    });
  if (bytes !== null)
    stats.push({
      id: 'bytes',
      label: 'Approximate Size',
      value: bytes,
      include: true,
      description:
        'Bytes that the data of the table takes in storage; a database file counts in whole blocks',
    });
  return stats;
}

/** Neither engine tells names apart by their case. */
function key(name: string): string {
  return name.toLowerCase();
}
