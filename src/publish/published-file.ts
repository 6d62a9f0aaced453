/** What lies at the published path, and the one step that changes it. */
import { closeSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { TechstoreError } from '../errors.js';
import { DatabaseError, DatabaseLockedError } from '../engine/database-error.js';
import { isOpenHere } from '../engine/duckdb/registry.js';
import { linkOrCopy, syncFolder, toPublishError, unlinkIfThere } from './files.js';
import { stagingOf, walOf, type Layout } from './layout.js';
import { markOf } from './builds.js';
import type { CopyMark } from './record.js';

/**
 * Refuses, before anything is built, to replace what is not a DuckDB database.
 * Throws code `publish` and touches nothing.
 */
export function checkPublishedPath(layout: Layout): 'none' | 'database' {
  const { published } = layout;
  const refuse = (what: string) =>
    new TechstoreError('publish', `${layout.asGiven} ${what}; it is left as it is.`, {
      hint: "Name another file in the profile's `path`, or move this one away.",
    });
  try {
    const stat = statSync(published, { throwIfNoEntry: false });
    if (stat === undefined) return 'none';
    if (stat.isDirectory()) throw refuse('is a folder, not a file');
    if (!stat.isFile()) throw refuse('is not an ordinary file');
    // Opening and closing a file that this process has attached would drop its lock.
    if (!isOpenHere(published) && !hasMagicBytes(published))
      throw refuse('is not a DuckDB database');
    return 'database';
  } catch (error) {
    throw toPublishError(error, `look at ${layout.asGiven}`);
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

/**
 * Puts `database` in the published place, by one rename. `beforeCommit` is told
 * when it had to be a copy, and must note it durably. When this throws, the
 * published file is as it was.
 */
export async function replacePublished(
  layout: Layout,
  id: string,
  database: string,
  isOurs: boolean,
  beforeCommit: (copy: CopyMark | null) => Promise<void>,
): Promise<void> {
  const staging = stagingOf(layout, id);
  try {
    unlinkIfThere(staging);
    const how = await linkOrCopy(database, staging);
    await beforeCommit(how === 'copy' ? markOf(staging) : null);
    const letGo = await keepWritersAway(layout, isOurs);
    try {
      renameSync(staging, layout.published);
    } finally {
      await letGo();
    }
    await syncFolder(layout.folder);
  } catch (error) {
    throw toPublishError(error, `publish into ${layout.asGiven}`);
  } finally {
    // Still there when something failed, or when both names were the same file already.
    rmSync(staging, { force: true });
  }
}

/**
 * A program that has the published file open for writing would go on to write its
 * log to `<path>.wal`, which the next reader would replay into the new build. So
 * there must be none at the instant of the rename: our read lock on the old file
 * refuses while one is there, and keeps others out until it is done. Readers are
 * not disturbed. A log that a killed program left is dealt with on the way.
 */
async function keepWritersAway(layout: Layout, isOurs: boolean): Promise<() => Promise<void>> {
  const { published } = layout;
  const wal = walOf(published);
  const nothing = async () => {};
  if (statSync(published, { throwIfNoEntry: false }) === undefined) {
    unlinkIfThere(wal);
    return nothing;
  }
  // Attached here, so that its lock is held already.
  if (isOpenHere(published)) return nothing;
  const { openDuckDB } = await import('../engine/duckdb/index.js');
  try {
    const engine = await openDuckDB({
      path: published,
      catalog: 'published',
      readOnly: true,
      threads: 1,
    });
    try {
      // Our build needs no log: what is in it was added from outside and is not part of the build.
      if (isOurs) unlinkIfThere(wal);
      else if (hasFile(wal)) throw justWritten(layout);
    } catch (error) {
      await engine.close();
      throw error;
    }
    return () => engine.close();
  } catch (error) {
    if (error instanceof DatabaseLockedError) throw inUse(layout, error);
    if (!(error instanceof DatabaseError)) throw error;
    // Damaged, or of a newer DuckDB: there is no program to wait for, and replacing it is what helps.
    unlinkIfThere(wal);
    return nothing;
  }
}

/**
 * Another program's file is kept with everything that was committed to it: a log
 * that a killed program left beside it is put into it, as that program would at its
 * next start. Code `lock` when a program has it open.
 */
export async function recoverForeign(layout: Layout): Promise<void> {
  if (!hasFile(walOf(layout.published))) return;
  const { openDuckDB } = await import('../engine/duckdb/index.js');
  try {
    const engine = await openDuckDB({ path: layout.published, catalog: 'published', threads: 1 });
    try {
      await engine.checkpoint();
    } finally {
      await engine.close();
    }
  } catch (error) {
    throw error instanceof DatabaseLockedError ? inUse(layout, error) : error;
  }
}

function inUse(layout: Layout, error: DatabaseLockedError): TechstoreError {
  const who =
    error.pid === null
      ? 'another program'
      : `${error.program ?? 'a program'} (process ${error.pid})`;
  return new TechstoreError(
    'lock',
    `${layout.asGiven} is open for writing in ${who}, so nothing can be published into it.`,
    {
      hint: 'Close that program; `techstore builds rollback <build>` then publishes the finished build.',
      cause: error,
    },
  );
}

function justWritten(layout: Layout): TechstoreError {
  return new TechstoreError(
    'lock',
    `${layout.asGiven} was written to while it was being replaced.`,
    {
      hint: 'Run it again.',
    },
  );
}

function hasFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
