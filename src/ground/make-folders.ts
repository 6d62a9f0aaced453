import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { isOneOf } from '../fs-error.js';

/**
 * Makes a folder and those above it. Node's own way never ends in a place that takes no folders, such as /proc.
 *
 * @throws EEXIST, as Node does, where something else than a folder is there
 */
export function makeFolders(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return;
  if (found !== undefined) {
    const error = new Error(`EEXIST: file already exists, mkdir '${path}'`);
    throw Object.assign(error, { code: 'EEXIST', path, syscall: 'mkdir' });
  }
  makeFolders(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if (!isOneOf(error, ['EEXIST'])) throw error;
  }
}
