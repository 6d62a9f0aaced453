/** The file at the published path, and access of other programs to it. */
import { closeSync, openSync, readSync, renameSync, statSync, type BigIntStats } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { TechstoreError } from '../../errors.js';
import { kindOtherThanFile } from '../../regular-file.js';
import { DatabaseError, DatabaseLockedError } from '../../engine/database-error.js';
import type { DuckDBEngine } from '../../engine/duckdb/index.js';
import { isOpenHere } from '../../engine/duckdb/registry.js';
import type { CatalogObject } from '../catalog-object.js';
import { objectsIn } from './catalog-objects.js';
import { toPublishError } from './files.js';
import { walOf } from '../../engine/duckdb/logs.js';
import { type Layout } from './layout.js';

/**
 * Throws code `publish` if the file at the published path is not a DuckDB database. Call it before
 * anything is built. Changes nothing.
 */
export function checkPublishedPath(layout: Layout): 'none' | 'database' {
  const { published } = layout;
  const refuse = (what: string) =>
    new TechstoreError('publish', `${layout.asGiven} ${what}. It was not changed.`, {
      hint: "Set the profile's `path` to another file, or move this one away.",
    });
  // DuckDB would put its log into a folder of another name: see `logsOf`.
  if (layout.builds.includes('?')) {
    throw new TechstoreError(
      'publish',
      `DuckDB cannot write a file whose path holds a question mark: ${published}`,
      { hint: "Name another file in the profile's `path`, or rename the folder that it lies in." },
    );
  }
  try {
    const stat = statSync(published, { throwIfNoEntry: false });
    if (stat === undefined) return 'none';
    const kind = kindOtherThanFile(stat);
    if (kind !== null) throw refuse(`is ${kind}, not a file`);
    // Opening and closing a file that this process has attached would drop its lock.
    if (!isOpenHere(published) && !hasMagicBytes(published))
      throw refuse('is not a DuckDB database');
    return 'database';
  } catch (error) {
    throw toPublishError(error, `${layout.asGiven} cannot be read`);
  }
}

/** Every DuckDB file has "DUCK" behind the checksum of its first block. */
function hasMagicBytes(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(12);
    return readSync(file, bytes, 0, 12, 0) === 12 && bytes.toString('latin1', 8) === 'DUCK';
  } finally {
    closeSync(file);
  }
}

/** True if the file is damaged or not a database, so that waiting does not help but replacing it does. */
export function isDamaged(error: unknown): boolean {
  return (
    error instanceof DatabaseError && (error.kind === 'corrupt' || error.kind === 'not-a-database')
  );
}

/** Opens the published file read-only, under a catalog name of techstore. Throws code `lock` if a program has it open for writing. */
export async function openPublished(layout: Layout): Promise<DuckDBEngine> {
  const { openDuckDB } = await import('../../engine/duckdb/index.js');
  const path = layout.published;
  try {
    return await openDuckDB({ path, catalog: 'techstore_published', readOnly: true, threads: 1 });
  } catch (error) {
    throw error instanceof DatabaseLockedError ? inUse(layout, error) : error;
  }
}

/** All objects in the published file, of any program. */
export async function publishedObjects(layout: Layout): Promise<readonly CatalogObject[]> {
  const engine = await openPublished(layout);
  try {
    return await objectsIn(await engine.connect(), engine.database);
  } finally {
    await engine.close();
  }
}

/**
 * Replays the log that a killed program left beside the published file, as that program would at its
 * next start. Throws code `lock` if a program has the file open.
 *
 * @returns a warning if DuckDB could not replay the log, which is then moved aside
 */
export async function replayLog(layout: Layout): Promise<string | null> {
  const { published } = layout;
  if (!hasLog(layout)) return null;
  if (statSync(published, { throwIfNoEntry: false }) === undefined) return layAside(layout);
  const { openDuckDB } = await import('../../engine/duckdb/index.js');
  try {
    // The catalog has the name that its own programs know it by.
    const engine = await openDuckDB({ path: published, catalog: layout.stem, threads: 1 });
    try {
      await engine.checkpoint();
      // DuckDB passes over what is no log. As long as it is open here, it is no other program's.
      return hasLog(layout) ? layAside(layout) : null;
    } finally {
      await engine.close();
    }
  } catch (error) {
    if (error instanceof DatabaseLockedError) throw inUse(layout, error);
    if (!(error instanceof DatabaseError)) throw error;
    if (['permission', 'disk-full', 'newer-storage', 'out-of-memory'].includes(error.kind))
      throw error;
    return layAside(layout);
  }
}

/** Moves a log that DuckDB cannot read, because nobody can open the file beside it. It is not deleted. */
function layAside(layout: Layout): string {
  const wal = walOf(layout.published);
  const aside = `${wal}.${new Date().toISOString().replace(/[-:.]/g, '')}`;
  renameSync(wal, aside);
  return `DuckDB could not replay the log of ${layout.asGiven}. The log was moved to ${aside}.`;
}

export function hasLog(layout: Layout): boolean {
  return statSync(walOf(layout.published), { throwIfNoEntry: false }) !== undefined;
}

export interface Instant {
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly birthtimeNs: bigint;
}

/**
 * The size and times of the published file, at an instant after which every write changes them: the
 * clock of a file system moves in steps, and a second write within a step does not change the time.
 * Null if there is no file.
 */
export async function settledInstant(layout: Layout): Promise<Instant | null> {
  for (;;) {
    const now = statSync(layout.published, { bigint: true, throwIfNoEntry: false });
    if (now === undefined) return null;
    const age = Date.now() - Number(now.mtimeNs / 1_000_000n);
    const left = stepOf(now) - age;
    // A time in the future is of a clock that was set back: waiting would not help.
    if (left <= 0 || age < 0) return now;
    await sleep(left);
  }
}

/** In milliseconds. Whole seconds are the times of a coarse file system. */
function stepOf({ mtimeNs }: BigIntStats): number {
  return mtimeNs % 1_000_000_000n === 0n ? 2000 : 20;
}

/**
 * A program that has the published file open for writing would go on to write its
 * log to `<path>.wal`, which the next reader would replay into the new build. So
 * there must be none at the instant of the rename: our read lock on the old file
 * refuses while one is there, and keeps others out until it is done. Readers are
 * not disturbed.
 *
 * @param since the instant at which the file was read
 * @returns a function that releases the lock; null if the file was written to since
 */
export async function keepWritersAway(
  layout: Layout,
  since: Instant | null,
): Promise<(() => Promise<void>) | null> {
  if (since === null) return isSameInstant(layout, since) ? async () => {} : null;
  let engine: DuckDBEngine | null = null;
  try {
    engine = await openPublished(layout);
  } catch (error) {
    if (!isDamaged(error)) throw error;
  }
  if (isSameInstant(layout, since)) return async () => engine?.close();
  await engine?.close();
  return null;
}

/** False if the file was written to or replaced, or has a log now. */
export function isSameInstant(layout: Layout, since: Instant | null): boolean {
  const now = statSync(layout.published, { bigint: true, throwIfNoEntry: false }) ?? null;
  if (hasLog(layout)) return false;
  if (now === null || since === null) return now === since;
  return now.ino === since.ino && now.size === since.size && now.mtimeNs === since.mtimeNs;
}

export function justWritten(layout: Layout): TechstoreError {
  return new TechstoreError(
    'lock',
    `Another program keeps writing to ${layout.asGiven}, so nothing can be published to it.`,
    {
      hint: 'Wait until that program ends. Then publish the finished build with `techstore builds rollback <build>`.',
    },
  );
}

export function inUse(layout: Layout, error: DatabaseLockedError): TechstoreError {
  const who =
    error.pid === null
      ? 'another program'
      : `${error.program ?? 'a program'} (process ${error.pid})`;
  return new TechstoreError(
    'lock',
    `${layout.asGiven} is open for writing in ${who}, so nothing can be published to it.`,
    {
      hint: 'Close that program. Then publish the finished build with `techstore builds rollback <build>`.',
      cause: error,
    },
  );
}
