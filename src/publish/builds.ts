/** Which builds there are, and which of them is published. */
import { readdirSync, statSync, type BigIntStats } from 'node:fs';
import { BUILD_ID } from './build-id.js';
import { databaseOf, recordOf, type Layout } from './layout.js';
import { isOneOf } from './files.js';
import type { KeptBuild } from './kept-build.js';
import { readRecord, type BuildRecord, type CopyMark, type FileMark } from './record.js';

/** A build in a file of its own. */
export interface Build extends KeptBuild {
  /** The kept database file. */
  readonly path: string;
  readonly record: BuildRecord;
  /** True when the published file was written to since this build was published as it. */
  readonly touched: boolean;
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
    const publishedAs = published === null ? null : markIfPublished(record, file, published);
    builds.push({
      id,
      path: databaseOf(layout, id),
      record,
      published: publishedAs !== null,
      touched: publishedAs !== null && published !== null && !hasMark(published, publishedAs),
      modified: !hasMark(file, record.file),
    });
  }
  return builds.sort((a, b) => (a.id < b.id ? 1 : -1));
}

/**
 * The published file says itself which build it is: it is the very file that was
 * noted before it was renamed into place, whatever was written to it since, or (as
 * earlier versions published) the same inode as the kept file. No pointer that
 * could disagree with the file.
 *
 * @returns what it was like when it was published; null when it is not this build
 */
function markIfPublished(
  record: BuildRecord,
  file: BigIntStats,
  published: BigIntStats,
): FileMark | null {
  if (file.dev === published.dev && file.ino === published.ino) return record.file;
  const copies = [record.nextCopy, record.copy];
  return copies.find((copy) => copy && isSameFile(copy, published)) ?? null;
}

/** The number of an inode is given again once its file is gone; the instant it was made is not. */
function isSameFile(copy: CopyMark, file: BigIntStats): boolean {
  if (copy.ino !== String(file.ino)) return false;
  const { birthtimeNs = '0' } = copy;
  return hasMark(file, copy) || (birthtimeNs !== '0' && birthtimeNs === String(file.birthtimeNs));
}

/** True where the published file is one with the kept one, so that writing to it is writing to both. */
export function isLinked(layout: Layout, { id, published }: Build): boolean {
  if (!published) return false;
  const [kept, shown] = [stat(databaseOf(layout, id)), stat(layout.published)];
  return kept !== null && kept.ino === shown?.ino && kept.dev === shown.dev;
}

export function markOf(path: string): FileMark {
  const { size, mtimeNs } = statSync(path, { bigint: true });
  return { size: Number(size), mtimeNs: String(mtimeNs) };
}

export function copyMarkOf(path: string, foreign: number): CopyMark {
  const { ino, birthtimeNs } = statSync(path, { bigint: true });
  return { ...markOf(path), ino: String(ino), birthtimeNs: String(birthtimeNs), foreign };
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
