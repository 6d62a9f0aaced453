/** The build lock: a lock on a file beside the builds, and a note about its holder. */
import { hostname, userInfo } from 'node:os';
import { interruptedError, TechstoreError } from '../../errors.js';
import { readRegularFile } from '../../regular-file.js';
import { DatabaseError } from '../../engine/database-error.js';
import type { FileLock, tryFileLock } from '../../engine/duckdb/file-lock.js';
import type { LockOptions } from '../build-store.js';
import { makeFolders } from '../../ground/make-folders.js';
import { toPublishError, unlinkIfThere, writeWhole } from './files.js';
import { lockFile, lockNote, type Layout } from './layout.js';

/** The holder of the lock; unknown fields are null. */
export interface LockHolder {
  readonly pid: number | null;
  readonly command: string | null;
  readonly startedAt: string | null;
  readonly user: string | null;
  readonly host: string | null;
}

export interface BuildLock {
  /** May be called twice. */
  release(): Promise<void>;
}

const POLL_MS = 150;

/** Throws code `lock` with the holder in the message, or `publish` if the folder is not writable. */
export async function acquireLock(layout: Layout, options: LockOptions): Promise<BuildLock> {
  const path = lockFile(layout);
  try {
    makeFolders(layout.builds);
  } catch (error) {
    throw toPublishError(error, `The folder ${layout.builds} cannot be created`);
  }
  const startedAt = Date.now();
  for (let told = false; ;) {
    const answer = await tryLock(path);
    if ('lock' in answer) {
      await note(layout, options.command);
      return lockOf(layout, answer.lock);
    }
    const message = describeHolder(layout, answer.pid);
    if (options.wait !== true) {
      throw new TechstoreError('lock', message, {
        hint: 'Wait until it is done, or pass `--wait`.',
      });
    }
    if (!told) options.onWait?.(`${message} Waiting for it to end.`);
    told = true;
    if (Date.now() - startedAt > (options.timeoutMs ?? Infinity)) {
      throw new TechstoreError('lock', `${message} Waited ${options.timeoutMs} ms for it to end.`);
    }
    if (options.signal?.aborted === true) {
      throw interruptedError('Stopped waiting for the other build.');
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function tryLock(path: string): ReturnType<typeof tryFileLock> {
  const { tryFileLock: take } = await import('../../engine/duckdb/file-lock.js');
  try {
    return await take(path);
  } catch (error) {
    if (!(error instanceof DatabaseError))
      throw toPublishError(error, 'The build lock cannot be taken');
    throw new TechstoreError('publish', `The build lock cannot be taken: ${error.message}`, {
      hint: `Move ${path} away while no build runs. The next build creates it again.`,
      cause: error,
    });
  }
}

function lockOf(layout: Layout, lock: FileLock): BuildLock {
  return {
    release: async () => {
      try {
        unlinkIfThere(lockNote(layout));
      } catch {
        // A note too many misleads nobody: the kernel tells who holds the lock.
      }
      await lock.release();
    },
  };
}

async function note(layout: Layout, command: string): Promise<void> {
  const holder: LockHolder = {
    pid: process.pid,
    command,
    startedAt: new Date().toISOString(),
    user: userName(),
    host: hostname(),
  };
  try {
    await writeWhole(lockNote(layout), `${JSON.stringify(holder)}\n`);
  } catch {
    // The note is a courtesy to others; a full disk will be met where it matters.
  }
}

/** The kernel says which process it is; the note says more, unless it is that of an earlier holder. */
function describeHolder(layout: Layout, pid: number | null): string {
  const holder = readHolder(layout);
  const running = `Another build of ${layout.asGiven} is running`;
  if (holder !== null && (pid === null || pid === holder.pid)) {
    const user = holder.user === null ? '' : ` by ${holder.user}`;
    return `${running}: \`${holder.command}\` (process ${holder.pid} on ${holder.host}${user}, since ${holder.startedAt}).`;
  }
  return pid === null ? `${running}.` : `${running} (process ${pid}).`;
}

function readHolder(layout: Layout): LockHolder | null {
  try {
    return JSON.parse(readRegularFile(lockNote(layout)).toString('utf8')) as LockHolder;
  } catch {
    return null;
  }
}

function userName(): string | null {
  try {
    return userInfo().username;
  } catch {
    return null;
  }
}
