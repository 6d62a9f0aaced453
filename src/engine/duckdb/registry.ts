/**
 * Which files this process has open. DuckDB locks files with fcntl, and the kernel
 * keeps those locks by process: a second instance on the same file would neither be
 * refused nor see the first one's data, and closing it would drop the lock of both.
 * So a file, known by device and inode (a hard link is the same file), is attached
 * once in a process. For the same reason nothing else in the process may open and
 * close a file that is attached: not to copy it, not to hash it.
 */
import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { DatabaseLockedError } from '../database-error.js';

const open = new Map<string, { readonly path: string; readonly owner: object }>();
let queue: Promise<unknown> = Promise.resolve();

/** Opening and closing happen one at a time in a process: looking and attaching are two steps. */
export function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const result = queue.then(work, work);
  queue = result.catch(() => undefined);
  return result;
}

/** Device and inode, or null when there is no such file. */
export function fileKey(path: string): string | null {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? null : `${stat.dev}:${stat.ino}`;
}

/** The path with its links followed; the file itself need not exist. */
export function canonicalPath(path: string): string {
  const absolute = resolve(path);
  try {
    return realpathSync(absolute);
  } catch {
    try {
      return join(realpathSync(dirname(absolute)), basename(absolute));
    } catch {
      return absolute;
    }
  }
}

export function ownerOf(key: string | null): object | null {
  return key === null ? null : (open.get(key)?.owner ?? null);
}

/** Throws when the file is attached in this process already. */
export function refuseOpenFile(path: string): void {
  const key = fileKey(path);
  const holder = key === null ? undefined : open.get(key);
  if (holder === undefined) return;
  throw new DatabaseLockedError(`${path} is already open in this process (as ${holder.path}).`, {
    path,
    pid: process.pid,
    program: process.argv0,
  });
}

/** Notes that `owner` has the file with this key open, or is about to. */
export function remember(key: string, path: string, owner: object): void {
  open.set(key, { path, owner });
}

export function forget(key: string): void {
  open.delete(key);
}

/** True when this process has the file open through an engine. */
export function isOpenHere(path: string): boolean {
  return ownerOf(fileKey(path)) !== null;
}
