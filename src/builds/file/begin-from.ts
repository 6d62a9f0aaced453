/**
 * A build that keeps most of the published one begins with a copy of its file. Copying blocks costs much less than
 * copying rows, and next to nothing on a file system that shares blocks.
 *
 * Loads the driver: import it with `await import()`.
 */
import { constants, statSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { driverVersion, type DuckDBEngine } from '../../engine/duckdb/index.js';
import { hasLog } from '../../engine/duckdb/logs.js';
import { checkStorageByParts } from '../../engine/duckdb/storage-file.js';
import { TechstoreError } from '../../errors.js';
import type { RelationPlace } from '../../manifest/node-state.js';
import type { FileBuild } from './builds.js';
import { keyOfObject, objectsIn } from './catalog-objects.js';
import { dropAll } from './drop-objects.js';
import { removeDatabase } from './remove-database.js';
import { hasMark } from './file-content.js';

export interface Beginning {
  /** Id of the build to copy. */
  readonly build: string;
  /** Tables and views that the new build keeps. */
  readonly keep: readonly RelationPlace[];
}

interface Begin {
  /** The published build. */
  readonly base: FileBuild | null;
  readonly from: Beginning | undefined;
  /** Of the new file. */
  readonly path: string;
  readonly open: () => Promise<DuckDBEngine>;
}

export interface BegunDatabase {
  readonly engine: DuckDBEngine;
  /** True if the database is a copy of the build and has `from.keep` alone. */
  readonly isCopy: boolean;
  /** A sentence that says why nothing of the build can be used; null if that is not known. */
  readonly refusal: string | null;
}

/** Opens a copy of the build if that is better than to copy rows, else the database that `path` has. */
export async function begin({ base, from, path, open }: Begin): Promise<BegunDatabase> {
  if (base === null || from === undefined || from.build !== base.id || !isUseful(base, from.keep))
    return { engine: await open(), isCopy: false, refusal: null };
  await copyFile(base.path, path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  // DuckDB reads a block only when it is asked for, so that damage would be published again.
  const { damage } = await checkStorageByParts(path);
  if (damage === null && isAsBuilt(base)) {
    const engine = await open();
    if (await dropOthers(engine, from.keep)) return { engine, isCopy: true, refusal: null };
    await engine.close();
  }
  removeDatabase(path);
  const refusal = damage === null ? null : `The published build ${base.id} is damaged: ${damage}.`;
  return { engine: await open(), isCopy: false, refusal };
}

function isUseful(build: FileBuild, keep: readonly RelationPlace[]): boolean {
  return (
    build.record.duckdbVersion === driverVersion() && keepsMost(build, keep) && !build.modified
  );
}

/** False if another program wrote to it while it was copied. */
function isAsBuilt({ path, record }: FileBuild): boolean {
  return hasMark(statSync(path, { bigint: true }), record.file) && !hasLog(path);
}

/** What is left out stays in the file as free space, so that it must be the smaller part. */
function keepsMost({ record }: FileBuild, keep: readonly RelationPlace[]): boolean {
  const kept = new Set(keep.map(keyOfPlace));
  let [all, of] = [0, 0];
  for (const { relation, relationType, rows } of Object.values(record.nodes)) {
    if (relation === null || relationType !== 'table') continue;
    // A table takes room without rows too.
    const size = 1 + (rows ?? 0);
    all += size;
    if (kept.has(keyOfPlace(relation))) of += size;
  }
  return of > 0 && 2 * of >= all;
}

/**
 * Drops everything else from the copy.
 *
 * @returns false if the copy is of no use: most of it is free space, or what is kept depends on what is not
 */
async function dropOthers(engine: DuckDBEngine, keep: readonly RelationPlace[]): Promise<boolean> {
  const connection = await engine.connect();
  try {
    const { rows } = await connection.query(
      'SELECT total_blocks, free_blocks FROM pragma_database_size() WHERE database_name = $1',
      [engine.database],
    );
    const [total = 0, free = 0] = (rows[0] ?? []).map(Number);
    if (2 * free > total) return false;
    const kept = new Set(keep.map(keyOfPlace));
    const schemas = new Set(keep.map(({ schema }) => keyOfSchema(schema)));
    const others = (await objectsIn(connection, engine.database)).filter((object) =>
      object.kind === 'schema'
        ? !schemas.has(keyOfObject(object))
        : !(['table', 'view'].includes(object.kind) && kept.has(keyOfObject(object))),
    );
    await dropAll(connection, engine.dialect, engine.database, others);
    // What was dropped gives its blocks back at a checkpoint; what comes in then takes them.
    if (others.some(({ kind }) => kind === 'table')) await engine.checkpoint();
    return true;
  } catch (error) {
    if (error instanceof TechstoreError && error.code === 'publish') return false;
    await engine.close();
    throw error;
  } finally {
    await connection.release();
  }
}

const keyOfPlace = ({ schema, identifier }: RelationPlace): string =>
  keyOfObject({ kind: 'table', schema, name: identifier });

const keyOfSchema = (schema: string): string =>
  keyOfObject({ kind: 'schema', schema, name: schema });
