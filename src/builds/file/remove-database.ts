import { rmSync } from 'node:fs';
import { walOf } from '../../engine/duckdb/logs.js';
import { spillOf } from './layout.js';

/** Removes a database file with its log and its folder of temporary files, where they exist. */
export function removeDatabase(path: string): void {
  rmSync(path, { force: true });
  rmSync(walOf(path), { force: true });
  rmSync(spillOf(path), { recursive: true, force: true });
}
