/** File operations of publishing, and the meaning of their failures. */
import {
  constants,
  linkSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeSync,
  openSync,
  closeSync,
  fsyncSync,
} from 'node:fs';
import { copyFile, open } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { TechstoreError } from '../../errors.js';
import { isOneOf } from '../../fs-error.js';

/** Syncs a file to the disk. Not for a file that DuckDB has open (see engine/duckdb/registry.ts). */
export async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Syncs a folder to the disk, which makes renames in it durable. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some network and FUSE file systems refuse this; they have nothing better to offer.
    if (!isOneOf(error, ['EINVAL', 'ENOTSUP', 'EISDIR', 'EBADF'])) throw error;
  } finally {
    await handle.close();
  }
}

/** Creates a hard link, or a copy if the file system has no hard links or the target is on another disk. */
export async function linkOrCopy(from: string, to: string): Promise<'link' | 'copy'> {
  try {
    linkSync(from, to);
    return 'link';
  } catch (error) {
    if (!isOneOf(error, ['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']))
      throw error;
  }
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    await syncFile(to);
  } catch (error) {
    rmSync(to, { force: true });
    throw error;
  }
  return 'copy';
}

/** Writes a small file atomically. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomBytes(3).toString('hex')}.tmp`;
  try {
    const file = openSync(temporary, 'wx');
    try {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

export function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!isOneOf(error, ['ENOENT'])) throw error;
  }
}

export function isDiskFull(error: unknown): boolean {
  if (isOneOf(error, ['ENOSPC', 'EDQUOT', 'EFBIG'])) return true;
  return (error as { kind?: unknown } | null)?.kind === 'disk-full';
}

/**
 * Turns an error of the operating system into an error for users. Other errors pass unchanged.
 *
 * @param failed what failed, as the beginning of a sentence: `Build 7 cannot be published`
 */
export function toPublishError(error: unknown, failed: string): unknown {
  if (error instanceof TechstoreError || !(error instanceof Error) || !('syscall' in error)) {
    return error;
  }
  const path = (error as NodeJS.ErrnoException).path;
  const where = path === undefined ? '' : ` (${path})`;
  const say = (what: string, hint: string) =>
    new TechstoreError('publish', `${failed}: ${what}${where}.`, { hint, cause: error });
  if (isDiskFull(error)) {
    return say(
      'the disk is full',
      'The published file did not change. Free some disk space, or run `techstore builds prune`.',
    );
  }
  if (isOneOf(error, ['EACCES', 'EPERM', 'EROFS'])) {
    return say(
      'permission denied',
      'A build writes to the folder of the published file. Give this user permission to write there.',
    );
  }
  if (isOneOf(error, ['ENOTDIR', 'EEXIST'])) {
    return say('a file exists where the folder should be', 'Move that file away.');
  }
  return say(
    (error as NodeJS.ErrnoException).code ?? error.message,
    'Check the folder of the published file and its disk.',
  );
}
