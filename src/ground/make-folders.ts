import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { isOneOf } from '../fs-error.js';

/** Makes a folder and those above it. Node's own way never ends in a place that takes no folders, such as /proc. */
export function makeFolders(path: string): void {
  if (existsSync(path)) return;
  makeFolders(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if (!isOneOf(error, ['EEXIST'])) throw error;
  }
}
