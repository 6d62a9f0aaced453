/** The only step that changes the published file. */
import { constants, renameSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { TechstoreError } from '../../errors.js';
import { DatabaseError } from '../../engine/database-error.js';
import { copyMarkOf } from './builds.js';
import type { CatalogObject } from '../catalog-object.js';
import { compose } from './compose.js';
import { removeDatabase } from './remove-database.js';
import { syncFile, syncFolder, toPublishError } from './files.js';
import { markOfInstant } from './existing-tables.js';
import type { UsedTables } from '../existing-tables.js';
import { keepAccess } from './keep-access.js';
import { databaseOf, partOf, stagingOf, type Layout } from './layout.js';
import {
  checkPublishedPath,
  isDamaged,
  isSameInstant,
  justWritten,
  keepWritersAway,
  publishedObjects,
  replayLog,
  settledInstant,
} from './published-file.js';
import type { CopyMark } from './file-record.js';

/** Which objects in the published file are replaced, and which stay. */
export interface Division {
  /** Objects that the new build replaces. */
  readonly drop: readonly CatalogObject[];
  /** Objects that stay. */
  readonly foreign: readonly CatalogObject[];
}

export interface Replacement {
  /** The kept build to publish. */
  readonly id: string;
  /** Its objects to publish; null for all. */
  readonly take: readonly CatalogObject[] | null;
  /** Called again if the file was written to meanwhile. @param found null if the file cannot be read */
  readonly divide: (found: readonly CatalogObject[] | null) => Promise<Division>;
  /** Receives the file that is about to be renamed into place, and must store this durably. */
  readonly beforeCommit: (copy: CopyMark) => Promise<void>;
  readonly warn: (message: string) => void;
  /** What the build read of tables of other programs, if it did. */
  readonly existing?: UsedTables | null;
}

const ATTEMPTS = 5;
/** The longest wait for a program that writes to the published file, in milliseconds. */
const PATIENCE = 3000;
const POLL = 100;

/**
 * Publishes a kept build together with the objects of other programs, by one rename. If this
 * throws, the published file did not change.
 */
export async function replacePublished(layout: Layout, replacement: Replacement): Promise<void> {
  const staging = stagingOf(layout, replacement.id);
  try {
    for (let attempt = 1; ; attempt++) {
      const done = await whenFree(() => tryReplace(layout, staging, replacement));
      if (done) break;
      if (attempt === ATTEMPTS) throw justWritten(layout);
    }
    await syncFolder(layout.folder);
  } catch (error) {
    throw toPublishError(error, `Nothing can be published to ${layout.asGiven}`);
  } finally {
    removeDatabase(staging);
    removeDatabase(partOf(staging));
  }
}

/** Loaders open the file briefly. A program that has it open for longer is an error. */
async function whenFree<T>(work: () => Promise<T>): Promise<T> {
  const until = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const isLocked = error instanceof TechstoreError && error.code === 'lock';
      if (!isLocked || Date.now() > until) throw error;
      await sleep(POLL);
    }
  }
}

/** @returns false when a program wrote to the published file after its objects were taken */
async function tryReplace(
  layout: Layout,
  staging: string,
  { id, take, divide, beforeCommit, warn, existing }: Replacement,
): Promise<boolean> {
  checkPublishedPath(layout);
  const warning = await replayLog(layout);
  if (warning !== null) warn(warning);
  const since = await settledInstant(layout);
  const found = since === null ? [] : await objectsOrNull(layout);
  const { drop, foreign } = await divide(found);
  const database = databaseOf(layout, id);
  removeDatabase(staging);
  if (foreign.length === 0 && (take === null || found === null || since === null)) {
    await copyFile(database, staging, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  } else {
    try {
      await compose({ layout, staging, database, take, drop });
    } catch (error) {
      // A copy of a file that is written to meanwhile may be of no use.
      if (error instanceof DatabaseError && !isSameInstant(layout, since)) return false;
      throw error;
    }
  }
  keepAccess(layout.published, staging);
  await syncFile(staging);
  const mark = copyMarkOf(staging, foreign.filter(({ kind }) => kind !== 'schema').length);
  const isAsRead = existing != null && existing.mark === markOfInstant(since);
  await beforeCommit(isAsRead ? { ...mark, existing: known(existing) } : mark);
  const letGo = await keepWritersAway(layout, since);
  if (letGo === null) return false;
  try {
    renameSync(staging, layout.published);
  } finally {
    await letGo();
  }
  return true;
}

function known({ stamps }: UsedTables): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...stamps].flatMap(([key, stamp]) => (stamp === null ? [] : [[key, stamp]])),
  );
}

async function objectsOrNull(layout: Layout): Promise<readonly CatalogObject[] | null> {
  try {
    return await publishedObjects(layout);
  } catch (error) {
    if (isDamaged(error)) return null;
    throw error;
  }
}
