/** Creates the file to publish: the objects of one build, and those of other programs. */
import { constants, existsSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { TechstoreError } from '../../errors.js';
import type { Connection } from '../../engine/engine.js';
import type { DuckDBEngine } from '../../engine/duckdb/index.js';
import type { CatalogObject } from '../catalog-object.js';
import { objectsIn, without } from './catalog-objects.js';
import { dropAll } from './drop-objects.js';
import { removeDatabase } from './remove-database.js';
import { walOf } from '../../engine/duckdb/logs.js';
import { partOf, spillOf, type Layout } from './layout.js';

export interface Composition {
  readonly layout: Layout;
  /** The file to create. */
  readonly staging: string;
  /** The kept build. */
  readonly database: string;
  /** Objects of the build to copy; null for all. */
  readonly take: readonly CatalogObject[] | null;
  /** Objects of the published file to drop. Everything else in it stays, bit for bit. */
  readonly drop: readonly CatalogObject[];
}

/**
 * Copies the published file, drops the objects to replace, and copies the build into it. So objects
 * of other programs cost only a copy of their bytes, and stay complete: with sequence values,
 * indexes, comments, and features of later DuckDB versions.
 *
 * The published file must not be open in this process: closing a file drops its locks.
 */
export async function compose(composition: Composition): Promise<void> {
  const { layout, staging, database, take, drop } = composition;
  if (take === null) {
    await putInto(layout, staging, drop, database);
    return;
  }
  const part = partOf(staging);
  try {
    await keepOnly(layout, database, part, take);
    await putInto(layout, staging, drop, part);
  } finally {
    removeDatabase(part);
  }
}

async function putInto(
  layout: Layout,
  staging: string,
  drop: readonly CatalogObject[],
  database: string,
): Promise<void> {
  await editCopy(layout, layout.published, staging, async (engine, connection) => {
    await dropAll(connection, engine.dialect, engine.database, drop);
    // What was dropped gives its blocks back at a checkpoint; what comes in then takes them.
    await engine.checkpoint();
    const catalog = otherThan(engine.database);
    await engine.attach({ path: database, catalog, readOnly: true });
    const [from, to] = [catalog, engine.database].map((name) =>
      engine.dialect.quoteIdentifier(name),
    );
    await connection.run(`COPY FROM DATABASE ${from} TO ${to}`);
    await engine.detach(catalog);
  });
}

/** A copy of `database` that holds only some of its objects. */
async function keepOnly(
  layout: Layout,
  database: string,
  part: string,
  take: readonly CatalogObject[],
): Promise<void> {
  await editCopy(layout, database, part, async (engine, connection) => {
    const all = await objectsIn(connection, engine.database);
    await dropAll(connection, engine.dialect, engine.database, without(all, take));
  });
}

async function editCopy(
  layout: Layout,
  from: string,
  to: string,
  edit: (engine: DuckDBEngine, connection: Connection) => Promise<void>,
): Promise<void> {
  removeDatabase(to);
  await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  const { openDuckDB } = await import('../../engine/duckdb/index.js');
  const engine = await openDuckDB({ path: to, catalog: layout.stem, logged: false });
  try {
    const connection = await engine.connect();
    await edit(engine, connection);
    await connection.release();
    await engine.checkpoint();
  } finally {
    await engine.close();
  }
  rmSync(spillOf(to), { recursive: true, force: true });
  if (existsSync(walOf(to))) {
    throw new TechstoreError('publish', `${to} could not be written into one file.`);
  }
}

/** A catalog's name that the database itself does not have. */
export function otherThan(catalog: string): string {
  return catalog.toLowerCase() === 'techstore_build' ? 'techstore_kept' : 'techstore_build';
}
