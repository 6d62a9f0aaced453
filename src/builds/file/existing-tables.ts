/** Tables and views of other programs in the published file, as builds see them. */
import { statSync } from 'node:fs';
import type { Connection, Dialect } from '../../engine/engine.js';
import type { DuckDBEngine } from '../../engine/duckdb/index.js';
import { DatabaseError } from '../../engine/database-error.js';
import { TechstoreError } from '../../errors.js';
import { placeKey, type RelationPlace } from '../../manifest/relation-place.js';
import type { CatalogObject } from '../catalog-object.js';
import { noExistingTables, type ExistingTables } from '../existing-tables.js';
import { isLinked, readBuilds, type FileBuild } from './builds.js';
import { objectsIn, without } from './catalog-objects.js';
import { objectsOf, objectsOfAll } from './foreign-objects.js';
import type { Layout } from './layout.js';
import { openPublished, settledInstant, type Instant } from './published-file.js';

/** Opens the published file if there may be such tables, without the build lock. Close it. */
export async function existingTables(layout: Layout): Promise<ExistingTables> {
  if (statSync(layout.published, { throwIfNoEntry: false }) === undefined) return noExistingTables;
  const builds = readBuilds(layout);
  const build = builds.find((b) => b.published) ?? null;
  const isTouched = build?.touched ?? true;
  if (build?.record.copy?.foreign === 0 && !isTouched) return noExistingTables;
  const since = await settledInstant(layout);
  let engine: DuckDBEngine;
  try {
    engine = await openPublished(layout);
  } catch (error) {
    // A damaged file has none, and a newer one is refused where the build starts.
    if (error instanceof DatabaseError) return noExistingTables;
    if (error instanceof TechstoreError) return { ...noExistingTables, problem: error };
    throw error;
  }
  try {
    const connection = await engine.connect();
    const found = await foreignIn(connection, engine.database, layout, builds, build);
    const known = isTouched ? {} : (build?.record.copy?.existing ?? {});
    return {
      tables: found.map(({ schema, name }) => ({ schema, identifier: name })),
      mark: markOfInstant(since),
      problem: null,
      stampOf: async (table) => {
        const isView = found.some(
          ({ kind, schema, name }) =>
            kind === 'view' && placeKey({ schema, identifier: name }) === placeKey(table),
        );
        if (isView) return null;
        const database = engine.database;
        return (
          known[placeKey(table)] ?? stampOf(connection, engine.dialect, { database, ...table })
        );
      },
      close: () => engine.close(),
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

export function markOfInstant(since: Instant | null): string | null {
  return since === null ? null : [since.ino, since.size, since.mtimeNs].join('-');
}

/** What no build made, tables and views alone. */
export async function foreignIn(
  connection: Connection,
  catalog: string,
  layout: Layout,
  builds: readonly FileBuild[],
  build: FileBuild | null,
): Promise<readonly CatalogObject[]> {
  const found = await objectsIn(connection, catalog);
  const isNew = build === null || (build.record.state === 'imported' && isLinked(layout, build));
  const made = (isNew ? null : await objectsOf(build)) ?? objectsOfAll(builds);
  return without(found, made).filter(({ kind }) => kind === 'table' || kind === 'view');
}

/** Of the names and types of the columns, and of the rows in any order. */
export async function stampOf(
  connection: Connection,
  dialect: Dialect,
  relation: RelationPlace & { readonly database: string },
): Promise<string> {
  const name = dialect.renderRelation(relation);
  const columns = await connection.describe(`SELECT * FROM ${name}`);
  const { rows } = await connection.query(
    // As in `same-as-kept.ts`: not `hash(t)`, for a column may have that name.
    `SELECT count(*), sum(hash(*COLUMNS(*))::HUGEINT) FROM ${name}`,
  );
  return JSON.stringify([columns.map((column) => [column.name, column.type]), ...rows]);
}
