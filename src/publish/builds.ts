/** Which builds there are, and which of them is published. */
import { readdirSync, statSync, type BigIntStats } from 'node:fs';
import { TechstoreError } from '../errors.js';
import { BUILD_ID } from './build-id.js';
import { databaseOf, recordOf, type Layout } from './layout.js';
import { isOneOf } from './files.js';
import { readRecord, type BuildRecord, type FileMark } from './record.js';

export interface Build {
  readonly id: string;
  /** The kept database file. */
  readonly path: string;
  readonly record: BuildRecord;
  /** True for the one build whose file is the published file. */
  readonly published: boolean;
  /** True when something else than this program wrote to the file after it was finished. */
  readonly modified: boolean;
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

/** Builds that can become the published one. */
export function isWhole(build: Build): boolean {
  return build.record.state !== 'failed' && build.record.state !== 'finished';
}

/** The newest build before the published one that was published and not rolled back; null when there is none. */
export function previousOf(builds: readonly Build[]): Build | null {
  const published = builds.find((b) => b.published);
  return (
    builds.find(
      (b) =>
        (published === undefined || b.id < published.id) &&
        !b.published &&
        b.record.rolledBackAt === null &&
        (b.record.state === 'published' || b.record.state === 'imported'),
    ) ?? null
  );
}

/**
 * The build that `name` means: an id, the beginning of one, `latest` (the newest,
 * failed ones too), `published`, `previous` (what a rollback would publish) or
 * `failed`. Throws code `publish` when it means none or several.
 */
export function findBuild(builds: readonly Build[], name: string): Build {
  const one = (build: Build | null | undefined, what: string) => {
    if (build === null || build === undefined) throw new TechstoreError('publish', what, listHint);
    return build;
  };
  switch (name) {
    case 'latest':
      return one(builds[0], 'There are no builds yet.');
    case 'published':
      return one(
        builds.find((b) => b.published),
        'No kept build is published.',
      );
    case 'previous':
      return one(previousOf(builds), 'There is no build before the published one.');
    case 'failed':
      return one(
        builds.find((b) => b.record.state === 'failed'),
        'No failed build is kept.',
      );
    default: {
      const exact = builds.find((b) => b.id === name);
      if (exact !== undefined) return exact;
      const found = name === '' ? [] : builds.filter((b) => b.id.startsWith(name));
      if (found.length > 1) {
        throw new TechstoreError(
          'publish',
          `Several builds begin with ${name}: ${found.map((b) => b.id).join(', ')}.`,
          { hint: 'Write more of the id.' },
        );
      }
      return one(found[0], `There is no build ${name}.`);
    }
  }
}

const listHint = { hint: '`techstore builds list` shows the builds that are kept.' };

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
