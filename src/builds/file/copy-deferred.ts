/** `--defer` on DuckDB: a published file depends on no other, so that tables of another target are copied into the build. */
import { existsSync } from 'node:fs';
import type { DuckDBEngine } from '../../engine/duckdb/index.js';
import type { Connection, RelationName } from '../../engine/engine.js';
import { TechstoreError } from '../../errors.js';
import type { DeferredTable, Deferral } from '../attempt.js';
import { FileBuilds } from './file-builds.js';

interface Into {
  readonly engine: DuckDBEngine;
  /** The published file of this target. */
  readonly own: string;
}

/**
 * Copies each of the tables under the name that the project has for it.
 *
 * @returns rows of each, by the id of its node
 * @throws TechstoreError `selection` that names the relation that is not found
 */
export async function copyDeferred(
  { tables, fileOf }: Deferral,
  { engine, own }: Into,
): Promise<ReadonlyMap<string, number>> {
  const rows = new Map<string, number>();
  const databases = new Set(tables.map(({ relation }) => relation.database));
  const connection = await engine.connect();
  try {
    for (const database of databases) {
      const isOwn = database === engine.database;
      // Views name their database, which is attached by its own name where this one has not that name.
      const catalog = isOwn ? 'techstore_deferred' : database;
      const theirs = tables.filter(({ relation }) => relation.database === database);
      await engine.attach({
        path: isOwn ? existing(own, theirs) : publishedOf(fileOf(database), theirs),
        catalog,
        readOnly: true,
      });
      for (const table of theirs)
        rows.set(table.id, await copy(table, catalog, connection, engine));
      await engine.detach(catalog);
    }
  } finally {
    await connection.release();
  }
  return rows;
}

/** The kept file of the build that is published: nobody writes to it, and no loader waits for it. */
function publishedOf(path: string | null, tables: readonly DeferredTable[]): string {
  if (path === null) {
    const { relation, id } = firstOf(tables);
    throw new TechstoreError(
      'selection',
      `The state has ${named(relation)}, but no target of the profile has the database '${relation.database}'`,
      {
        hint: `On DuckDB the table is copied from the file of that target. Add the target to profiles.yml, or build it here: --select +${nameOf(id)}.`,
      },
    );
  }
  return new FileBuilds({ path }).published()?.path ?? existing(path, tables);
}

function existing(path: string, tables: readonly DeferredTable[]): string {
  if (existsSync(path)) return path;
  throw isMissing(firstOf(tables), path);
}

async function copy(
  { relation, place, id }: DeferredTable,
  catalog: string,
  connection: Connection,
  { database, dialect }: DuckDBEngine,
): Promise<number> {
  const from = { ...relation, database: catalog };
  if ((await connection.relationType(from)) === null)
    throw isMissing({ relation, place, id }, relation.database);
  await connection.createSchema({ database, schema: place.schema });
  const into = dialect.renderRelation({ database, ...place });
  await connection.run(
    `CREATE OR REPLACE TABLE ${into} AS SELECT * FROM ${dialect.renderRelation(from)}`,
  );
  const { rows } = await connection.query(`SELECT count(*) FROM ${into}`);
  return Number(rows[0]?.[0]);
}

function isMissing({ relation, id }: DeferredTable, where: string): TechstoreError {
  return new TechstoreError(
    'selection',
    `The state has ${named(relation)}, but it is not published in ${where}`,
    { hint: `Build it there first, or build it here: --select +${nameOf(id)}.` },
  );
}

function firstOf(tables: readonly DeferredTable[]): DeferredTable {
  const [first] = tables;
  if (first === undefined) throw new TypeError('no table');
  return first;
}

const named = ({ database, schema, identifier }: RelationName): string =>
  [database, schema, identifier].join('.');

const nameOf = (id: string): string => id.split('.').at(-1) ?? id;
