/** Drops objects of a database. */
import { DatabaseError } from '../../engine/database-error.js';
import type { Connection, Dialect } from '../../engine/engine.js';
import { TechstoreError } from '../../errors.js';
import { describeObject, type CatalogObject, type ObjectKind } from '../catalog-object.js';

const dropOrder: readonly ObjectKind[] = [
  'view',
  'table',
  'macro',
  'table macro',
  'type',
  'sequence',
  'schema',
];

/**
 * Some go only when others are gone, such as a table that a foreign key refers to. A schema that is not empty stays.
 *
 * @throws TechstoreError `publish` that names an object that others depend on
 */
export async function dropAll(
  connection: Connection,
  dialect: Dialect,
  catalog: string,
  objects: readonly CatalogObject[],
): Promise<void> {
  let left = dropOrder.flatMap((kind) => objects.filter((object) => object.kind === kind));
  for (;;) {
    const refused: { object: CatalogObject; error: DatabaseError }[] = [];
    for (const object of left) {
      try {
        await connection.run(dropSql(object, dialect, catalog));
      } catch (error) {
        if (!(error instanceof DatabaseError)) throw error;
        refused.push({ object, error });
      }
    }
    // A schema in which others made something stays with it.
    const [first] = refused.filter(({ object }) => object.kind !== 'schema');
    if (first === undefined) return;
    if (refused.length === left.length) {
      throw new TechstoreError(
        'publish',
        `${describeObject(first.object)} of the published file cannot be replaced: ${first.error.message}`,
        { hint: 'Drop the objects of another program that depend on it.', cause: first.error },
      );
    }
    left = refused.map(({ object }) => object);
  }
}

function dropSql({ kind, schema, name }: CatalogObject, dialect: Dialect, catalog: string): string {
  const inSchema = dialect.renderSchema({ database: catalog, schema });
  if (kind === 'schema') return `DROP SCHEMA ${inSchema}`;
  const full = dialect.renderRelation({ database: catalog, schema, identifier: name });
  const words = kind === 'table macro' ? 'MACRO TABLE' : kind.toUpperCase();
  return `DROP ${words} IF EXISTS ${full}`;
}
