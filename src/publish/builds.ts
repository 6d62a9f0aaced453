/** Which builds there are, and which of them is published. */
import { readdirSync, statSync, type BigIntStats } from 'node:fs';
import { BUILD_ID } from './build-id.js';
import { databaseOf, recordOf, type Layout } from './layout.js';
import { isOneOf } from './files.js';
import type { KeptBuild } from './kept-build.js';
import { readRecord, type BuildRecord, type FileMark } from './record.js';

/** A build in a file of its own. */
export interface Build extends KeptBuild {
  /** The kept database file. */
  readonly path: string;
  readonly record: BuildRecord;
}

/** All builds that have a file and a record, newest first. Needs no lock, changes nothing. */
export function readBuilds(layout: Layout): readonly Build[] {
  const published = stat(layout.published);
  const builds: Build[] = [];
  for (const name of namesIn(layout.builds)) {
    const id = name.replace(/\.json$/, '');
    if (id === name || !BUILD_ID.test(id)) continue;
    const record = readRecord(recordOf(layout, id));
    const file = stat(databaseOf(layout, id));
    if (record === null || file === null) continue;
    builds.push({
      id,
      path: databaseOf(layout, id),
      record,
      published: published !== null && isPublished(record, file, published),
      modified: !hasMark(file, record.file),
    });
  }
  return builds.sort((a, b) => (a.id < b.id ? 1 : -1));
}

/**
 * The published file says itself which build it is: it is the same inode as the
 * kept file, or the very copy whose inode and times were noted before it was
 * renamed into place. No pointer that could disagree with the file.
 */
function isPublished(record: BuildRecord, file: BigIntStats, published: BigIntStats): boolean {
  if (file.dev === published.dev && file.ino === published.ino) return true;
  const { copy } = record;
  return copy !== null && copy.ino === String(published.ino) && hasMark(published, copy);
}

export function markOf(path: string): FileMark & { readonly ino: string } {
  const found = statSync(path, { bigint: true });
  return { size: Number(found.size), mtimeNs: String(found.mtimeNs), ino: String(found.ino) };
}

function hasMark(file: BigIntStats, mark: FileMark): boolean {
  return Number(file.size) === mark.size && String(file.mtimeNs) === mark.mtimeNs;
}

export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isOneOf(error, ['ENOENT'])) return [];
    throw error;
  }
}

function stat(path: string): BigIntStats | null {
  return statSync(path, { bigint: true, throwIfNoEntry: false }) ?? null;
}
