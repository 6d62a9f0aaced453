/** `--defer` on DuckDB: a published file depends on no other, so that tables of another target are copied into the build. */
import { existsSync } from 'node:fs';
import type { DuckDBEngine } from '../../engine/duckdb/index.js';
import type { Connection, RelationName } from '../../engine/engine.js';
import { TechstoreError } from '../../errors.js';
import type { ClonedTable, DeferredTable, Deferral } from '../attempt.js';
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
  deferral: Deferral,
  into: Into,
): Promise<ReadonlyMap<string, number>> {
  const rows = new Map<string, number>();
  await copyEach(deferral, into, (copied) => {
    if ('error' in copied) throw copied.error;
    rows.set(copied.id, copied.made.rows ?? 0);
  });
  return rows;
}

/**
 * The same for `clone`, where one that is not found keeps no other from being copied.
 *
 * @param done called for each; what it throws ends the work
 */
export async function copyEach(
  { tables, fileOf }: Deferral,
  { engine, own }: Into,
  done: (copied: ClonedTable) => void,
): Promise<void> {
  const databases = new Set(tables.map(({ relation }) => relation.database));
  const connection = await engine.connect();
  const failed = (table: DeferredTable, error: unknown): void => {
    // What else went wrong has nothing to do with one table.
    if (!(error instanceof TechstoreError) || error.code === 'interrupted') throw error;
    done({ id: table.id, error });
  };
  try {
    for (const database of databases) {
      const isOwn = database === engine.database;
      // Views name their database, which is attached by its own name where this one has not that name.
      const catalog = isOwn ? 'techstore_deferred' : database;
      const theirs = tables.filter(({ relation }) => relation.database === database);
      let from: StateFile;
      try {
        from = isOwn
          ? { path: existing(own, theirs), asOf: publishedAsOf(own) }
          : publishedOf(fileOf(database), theirs);
        await engine.attach({ path: from.path, catalog, readOnly: true });
      } catch (error) {
        for (const table of theirs) failed(table, error);
        continue;
      }
      for (const table of theirs) {
        const begun = performance.now();
        let rows: number;
        try {
          rows = await copy(table, catalog, connection, engine);
        } catch (error) {
          failed(table, error);
          continue;
        }
        const relationName = engine.dialect.renderRelation({
          database: engine.database,
          ...table.place,
        });
        const seconds = (performance.now() - begun) / 1000;
        const made = { rows, relationType: 'table' as const, relationName, seconds };
        done({ id: table.id, made: { ...made, asOf: from.asOf } });
      }
      await engine.detach(catalog);
    }
  } finally {
    await connection.release();
  }
}

interface StateFile {
  readonly path: string;
  /** Of the build that is published in it. */
  readonly asOf: string | null;
}

/** The kept file of the build that is published: nobody writes to it, and no loader waits for it. */
function publishedOf(path: string | null, tables: readonly DeferredTable[]): StateFile {
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
  const build = new FileBuilds({ path }).published();
  return { path: build?.path ?? existing(path, tables), asOf: build?.record.asOf ?? null };
}

function publishedAsOf(path: string): string | null {
  return new FileBuilds({ path }).published()?.record.asOf ?? null;
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
