/**
 * A lock on a file. Node has none, so it is DuckDB's own on an empty database file, held open for
 * writing: the kernel lets go of it whatever way the process ends, so that there is no stale lock
 * to judge.
 */
import { existsSync, linkSync, lstatSync, renameSync, rmSync, statSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { TechstoreError } from '../../errors.js';
import { isOneOf } from '../../fs-error.js';
import { DatabaseError, DatabaseLockedError, type DatabaseErrorKind } from '../database-error.js';
import type { Engine } from '../engine.js';
import { openDuckDB } from './duckdb-engine.js';
import { logsOf } from './logs.js';

const heldHere = new Set<string>();

export interface FileLock {
  /** May be called twice. */
  release(): Promise<void>;
}

/**
 * Takes the lock; makes its file when it is not there, which then stays.
 *
 * @returns the process that holds it, as far as that is known, where another one does
 * @throws whatever keeps the file from being opened
 */
export async function tryFileLock(
  path: string,
): Promise<{ readonly lock: FileLock } | { readonly pid: number | null }> {
  // A process is never refused its own lock by the kernel: that it has it is known here only.
  if (heldHere.has(path)) return { pid: process.pid };
  heldHere.add(path);
  try {
    const open = (file: string) => openDuckDB({ path: file, catalog: 'build_lock', threads: 1 });
    if (!existsSync(path)) await createWhole(path, open);
    return { lock: lockOf(path, await openLock(path, open)) };
  } catch (error) {
    heldHere.delete(path);
    if (error instanceof DatabaseLockedError) return { pid: error.pid };
    throw error;
  }
}

/** A damaged file would stop every build from now on, and holds nothing: it is made anew. */
async function openLock(path: string, open: (file: string) => Promise<Engine>): Promise<Engine> {
  const before = statSync(path, { bigint: true, throwIfNoEntry: false });
  try {
    return await open(path);
  } catch (error) {
    const damaged = error instanceof DatabaseError && isDamaged(error.kind);
    if (!damaged || before?.isFile() !== true) throw error;
    if (removeDamagedLock(path, before.ino)) await createWhole(path, open);
    return open(path);
  }
}

function isDamaged(kind: DatabaseErrorKind): boolean {
  return kind === 'corrupt' || kind === 'not-a-database';
}

/** A process killed while DuckDB makes the file would leave half of one, which nobody could open again. */
async function createWhole(path: string, open: (file: string) => Promise<Engine>): Promise<void> {
  const draft = join(dirname(path), `lock.${randomBytes(4).toString('hex')}.draft`);
  try {
    await (await open(draft)).close();
    linkSync(draft, path);
  } catch (error) {
    // Somebody was faster; or there are no hard links, and DuckDB makes the file in place.
    if (!isOneOf(error, ['EEXIST', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'])) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function lockOf(path: string, engine: Engine): FileLock {
  let released: Promise<void> | undefined;
  return {
    release: () =>
      (released ??= (async () => {
        // Nothing is ever written to it, so that closing has nothing to report.
        await engine.close().catch(() => undefined);
        heldHere.delete(path);
      })()),
  };
}

/**
 * Holds the lock on a file of its own while `work` runs: the kernel's, so that none is left behind
 * by a process that was killed. The file is made when it is not there, and stays.
 *
 * @param patience milliseconds to wait for another holder; then code `lock` with `message`
 * @throws code `usage` where the lock can't be taken at all
 */
export async function withFileLock<T>(
  path: string,
  { patience, message }: { readonly patience: number; readonly message: string },
  work: () => T | Promise<T>,
): Promise<T> {
  const end = Date.now() + patience;
  const take = async (): ReturnType<typeof tryFileLock> => {
    try {
      return await tryFileLock(path);
    } catch (cause) {
      throw new TechstoreError('usage', `The lock ${path} can't be taken`, {
        hint: 'Its folder must be one that this user may write in. What lies there and is no lock can be moved away.',
        cause,
      });
    }
  };
  let answer = await take();
  while (!('lock' in answer)) {
    if (Date.now() > end) {
      const holder = answer.pid === null ? '' : ` (process ${answer.pid})`;
      throw new TechstoreError('lock', `${message}${holder}`, {
        hint: 'Wait until it is done, and try again.',
      });
    }
    // Not in step with the others who wait.
    await new Promise((resolve) => setTimeout(resolve, 10 + Math.random() * 40));
    answer = await take();
  }
  try {
    return await work();
  } finally {
    await answer.lock.release();
  }
}

/**
 * Takes a damaged lock file out of the way. DuckDB locks a file before it reads it: who was told
 * that it is damaged had the lock, so that nobody else holds it. Only that very file goes: another
 * one that has taken its place meanwhile may be held by somebody, and gets its name back.
 *
 * @param damaged inode of the file that was found damaged
 * @returns false when something else lies there, which is to be looked at
 */
function removeDamagedLock(path: string, damaged: bigint): boolean {
  const isThatFile = (name: string): boolean => {
    const stat = lstatSync(name, { bigint: true, throwIfNoEntry: false });
    return stat?.isFile() === true && stat.ino === damaged;
  };
  if (!isThatFile(path)) return false;
  const aside = join(dirname(path), `lock.${randomBytes(4).toString('hex')}.draft`);
  try {
    renameSync(path, aside);
    if (!isThatFile(aside)) {
      linkSync(aside, path);
      return false;
    }
    for (const log of logsOf(path)) rmSync(log, { force: true });
    return true;
  } catch (error) {
    // Somebody else was faster.
    if (isOneOf(error, ['ENOENT', 'EEXIST'])) return false;
    throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}
