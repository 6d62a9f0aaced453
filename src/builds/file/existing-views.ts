/**
 * Makes tables of other programs readable in a build: the published file is attached beside it, read
 * only, and a view in the build stands for each table under the table's own name. Nothing is copied.
 */
import { DatabaseError } from '../../engine/database-error.js';
import type { DuckDBEngine } from '../../engine/duckdb/index.js';
import type { CatalogObject } from '../catalog-object.js';
import { objectsIn, without } from './catalog-objects.js';

/** Where the published file is attached while a build reads of it. */
export const existingCatalog = 'techstore_existing';

/** @returns the views, and the schemas that were made for them */
export async function makeExistingViews(
  engine: DuckDBEngine,
  tables: readonly CatalogObject[],
): Promise<readonly CatalogObject[]> {
  const connection = await engine.connect();
  const { database, dialect } = engine;
  try {
    const before = await objectsIn(connection, database);
    const made: CatalogObject[] = [];
    // Views may read each other, in any order: those that cannot be made yet are tried again.
    let left = [...tables];
    for (let round = 0; left.length > 0 && round < 8; round += 1) {
      const refused: CatalogObject[] = [];
      for (const table of left) {
        const { schema, name } = table;
        await connection.createSchema({ database, schema });
        const [view, shown] = [database, existingCatalog].map((catalog) =>
          dialect.renderRelation({ database: catalog, schema, identifier: name }),
        );
        try {
          await connection.run(`CREATE OR REPLACE VIEW ${view} AS FROM ${shown}`);
          made.push({ kind: 'view', schema, name });
        } catch (error) {
          if (!(error instanceof DatabaseError)) throw error;
          refused.push(table);
        }
      }
      if (refused.length === left.length) break;
      left = refused;
    }
    const schemas = without(await objectsIn(connection, database), before).filter(
      ({ kind }) => kind === 'schema',
    );
    return [...made, ...schemas];
  } finally {
    await connection.release();
  }
}

/**
 * Drops them.
 *
 * @returns true if a view of the build reads one of them: then it can be read in the published file alone
 */
export async function dropExistingViews(
  engine: DuckDBEngine,
  views: readonly CatalogObject[],
): Promise<boolean> {
  const connection = await engine.connect();
  const { database, dialect } = engine;
  try {
    for (const { kind, schema, name } of views) {
      if (kind === 'schema') {
        // One in which the build made something stays.
        await connection
          .run(`DROP SCHEMA ${dialect.renderSchema({ database, schema })}`)
          .catch(ignoreRefusal);
        continue;
      }
      const view = dialect.renderRelation({ database, schema, identifier: name });
      await connection.run(`DROP VIEW IF EXISTS ${view}`);
    }
    for (const { kind, schema, name } of await objectsIn(connection, database)) {
      if (kind !== 'view') continue;
      const view = dialect.renderRelation({ database, schema, identifier: name });
      try {
        await connection.describe(`SELECT * FROM ${view}`);
      } catch (error) {
        ignoreRefusal(error);
        return true;
      }
    }
    return false;
  } finally {
    await connection.release();
  }
}

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof DatabaseError)) throw error;
}
