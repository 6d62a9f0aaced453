import { linkSync, lstatSync, renameSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { logsOf } from '../../engine/duckdb/logs.js';
import { isOneOf } from './files.js';

/**
 * Takes a damaged lock file out of the way. DuckDB locks a file before it reads it: who was told
 * that it is damaged had the lock, so that nobody else holds it. Only that very file goes: another
 * one that has taken its place meanwhile may be held by somebody, and gets its name back.
 *
 * @param damaged inode of the file that was found damaged
 * @returns false when something else lies there, which is to be looked at
 */
export function removeDamagedLock(path: string, damaged: bigint): boolean {
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
