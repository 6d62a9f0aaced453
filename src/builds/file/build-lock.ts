/**
 * One build at a time. The lock is DuckDB's own on an empty database file, held
 * open for writing: Node has no file locks, and the kernel lets go of this one
 * whatever way the process ends, so that there is no stale lock to judge.
 */
import { existsSync, linkSync, rmSync, statSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { TechstoreError } from '../../errors.js';
import { readRegularFile } from '../../regular-file.js';
import {
  DatabaseError,
  DatabaseLockedError,
  type DatabaseErrorKind,
} from '../../engine/database-error.js';
import type { Engine } from '../../engine/engine.js';
import { isOneOf, makeFolders, toPublishError, unlinkIfThere, writeWhole } from './files.js';
import { lockFile, lockNote, type Layout } from './layout.js';
import { removeDamagedLock } from './mend-lock.js';

export interface LockOptions {
  /** What is being done, for the message of who comes second: `techstore build`. */
  readonly command: string;
  /** Wait for the other build to end? Default false: stop with code `lock`. */
  readonly wait?: boolean;
  /** How long to wait, in milliseconds. Default: without end. */
  readonly timeoutMs?: number;
  /** Told once, when waiting begins. */
  readonly onWait?: (message: string) => void;
  /** Ends the waiting with code `interrupted`. */
  readonly signal?: AbortSignal;
}

/** Who holds the lock, as far as is known. */
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
const heldHere = new Set<string>();

/** Throws code `lock` that names the holder, or `publish` when the folder can not be written. */
export async function acquireLock(layout: Layout, options: LockOptions): Promise<BuildLock> {
  const path = lockFile(layout);
  try {
    makeFolders(layout.builds);
  } catch (error) {
    throw toPublishError(error, `make the folder ${layout.builds}`);
  }
  const startedAt = Date.now();
  for (let told = false; ;) {
    const answer = await tryLock(path);
    if ('engine' in answer) {
      await note(layout, options.command);
      return lockOf(layout, path, answer.engine);
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
      throw new TechstoreError('interrupted', 'Stopped waiting for the other build.', {
        exitCode: 130,
      });
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function tryLock(path: string): Promise<{ engine: Engine } | { pid: number | null }> {
  // A process is never refused its own lock by the kernel: that it has it is known here only.
  if (heldHere.has(path)) return { pid: process.pid };
  heldHere.add(path);
  try {
    const { openDuckDB } = await import('../../engine/duckdb/index.js');
    const open = (file: string) => openDuckDB({ path: file, catalog: 'build_lock', threads: 1 });
    if (!existsSync(path)) await createWhole(path, open);
    return { engine: await openLock(path, open) };
  } catch (error) {
    heldHere.delete(path);
    if (error instanceof DatabaseLockedError) return { pid: error.pid };
    if (!(error instanceof DatabaseError)) throw toPublishError(error, 'take the build lock');
    throw new TechstoreError('publish', `Can not take the build lock: ${error.message}`, {
      hint: `Move ${path} away while no build runs: the next build makes it anew.`,
      cause: error,
    });
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

function lockOf(layout: Layout, path: string, engine: Engine): BuildLock {
  let released: Promise<void> | undefined;
  return {
    release: () =>
      (released ??= (async () => {
        try {
          unlinkIfThere(lockNote(layout));
        } catch {
          // A note too many misleads nobody: the kernel tells who holds the lock.
        }
        // Nothing is ever written to it, so that closing has nothing to report.
        await engine.close().catch(() => undefined);
        heldHere.delete(path);
      })()),
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
  const take = async (): ReturnType<typeof tryLock> => {
    try {
      return await tryLock(path);
    } catch (cause) {
      throw new TechstoreError('usage', `The lock ${path} can't be taken`, {
        hint: 'Its folder must be one that this user may write in. What lies there and is no lock can be moved away.',
        cause,
      });
    }
  };
  let answer = await take();
  while (!('engine' in answer)) {
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
    await answer.engine.close().catch(() => undefined);
    heldHere.delete(path);
  }
}
