/** Reads the kept builds, and finds the published one. */
import { readdirSync, statSync, type BigIntStats } from 'node:fs';
import { TechstoreError } from '../../errors.js';
import { whyUnreadable } from '../../regular-file.js';
import { BUILD_ID } from '../build-id.js';
import { contentMark } from '../../engine/duckdb/storage-file.js';
import {
  damageOf,
  hasMark,
  markOf as contentOf,
  wasWrittenTo,
  type BuiltFile,
} from './file-content.js';
import { isOneOf } from '../../fs-error.js';
import type { Build, DamagedBuild } from '../build.js';
import { databaseOf, recordOf, type Layout } from './layout.js';
import { hasLog } from '../../engine/duckdb/logs.js';
import { readRecord } from './record.js';
import type { FileRecord, CopyMark, FileMark } from './file-record.js';

/** A build in its own file. */
export interface FileBuild extends Build {
  /** The kept database file. */
  readonly path: string;
  readonly record: FileRecord;
  /** True if this build is published, and the published file was changed since or has a log beside it. */
  readonly touched: boolean;
  /**
   * True when another program wrote to the kept file, or left a log beside it. `modified` knows of
   * damage besides, for which a copied file is read from end to end.
   */
  readonly writtenTo: boolean;
}

/** All builds with a file and a valid record, newest first. Needs no lock and changes nothing. */
export function readBuilds(layout: Layout): readonly FileBuild[] {
  return readFolder(layout).builds;
}

/** Builds with a damaged record or without a file, newest first. */
export function readDamaged(layout: Layout): readonly DamagedBuild[] {
  return readFolder(layout).damaged;
}

function readFolder(layout: Layout): {
  builds: readonly FileBuild[];
  damaged: readonly DamagedBuild[];
} {
  const kept: KeptFile[] = [];
  const damaged: DamagedBuild[] = [];
  for (const name of namesIn(layout.builds)) {
    const id = name.replace(/\.json$/, '');
    if (id === name || !BUILD_ID.test(id)) continue;
    const record = readRecord(recordOf(layout, id), id);
    if (record === null) continue;
    const path = databaseOf(layout, id);
    const file = statOf(path);
    if (typeof record !== 'string' && file !== null) kept.push({ id, path, record, file });
    else {
      const damage = typeof record === 'string' ? record : 'its file is missing';
      damaged.push({ id, damage, bytes: file === null ? null : Number(file.size) });
    }
  }
  kept.sort(newestFirst);
  const published = publishedOf(layout, kept);
  return {
    builds: kept.map((file) => buildOf(layout, file, file === published?.kept ? published : null)),
    damaged: damaged.sort(newestFirst),
  };
}

/** The greatest id of all builds in the folder, including damaged ones. */
export function latestId(layout: Layout): string | undefined {
  const { builds, damaged } = readFolder(layout);
  return [builds[0]?.id ?? '', damaged[0]?.id ?? ''].sort().at(-1) || undefined;
}

interface KeptFile {
  readonly id: string;
  readonly path: string;
  readonly record: FileRecord;
  readonly file: BigIntStats;
}

interface Published {
  readonly kept: KeptFile;
  readonly file: BigIntStats;
  /** What it was when it was published; null where it is one file with the kept one. */
  readonly as: BuiltFile | null;
}

/** What takes time is worked out when it is asked for. */
function buildOf(
  layout: Layout,
  { id, path, record, file }: KeptFile,
  published: Published | null,
): FileBuild {
  const content = record.content ?? null;
  const built = { ...record.file, content };
  const copy = published?.as ?? null;
  const keptWrittenTo = (): boolean => hasLog(path) || wasWrittenTo(path, file, built);
  const publishedWrittenTo = (): boolean =>
    published !== null &&
    (hasLog(layout.published, layout.asGiven) ||
      (copy !== null && wasWrittenTo(layout.published, published.file, copy)));
  const damage = (): string | null => damageOf(path, file, built);
  const publishedDamage = (): string | null =>
    published === null || copy === null ? null : damageOf(layout.published, published.file, copy);
  return {
    id,
    path,
    record,
    published: published !== null,
    bytes: record.file.size,
    get modified() {
      return keptWrittenTo() || damage() !== null;
    },
    get touched() {
      return publishedWrittenTo() || publishedDamage() !== null;
    },
    get writtenTo() {
      return keptWrittenTo();
    },
    get damage() {
      return damage() ?? publishedDamage();
    },
  };
}

/**
 * The published file says itself which build it is: it is the very file that was
 * noted before it was renamed into place, whatever was written to it since, or (as
 * earlier versions published) the same inode as the kept file. No pointer that
 * could disagree with the file. Where the project was copied and no inode is what it
 * was, it is the build that was published as a file that held the same.
 */
function publishedOf(layout: Layout, kept: readonly KeptFile[]): Published | null {
  const file = statOf(layout.published);
  if (file === null) return null;
  for (const each of kept) {
    const { record } = each;
    if (isSameFile(each.file, file)) return { kept: each, file, as: null };
    const copy = [record.nextCopy, record.copy].find((mark) => mark && isThatCopy(mark, file));
    if (copy) return { kept: each, file, as: withContent(copy, record) };
  }
  return sameContent(layout, kept, file);
}

/** Of builds that were published as a file with the same content, the last one. */
function sameContent(
  layout: Layout,
  kept: readonly KeptFile[],
  file: BigIntStats,
): Published | null {
  const published = kept.flatMap((each) => {
    const { record } = each;
    return [record.nextCopy, record.copy ?? { ...record.file, ino: '' }].flatMap((mark) => {
      const as = mark ? withContent(mark, record) : null;
      return as === null || as.content === null ? [] : [{ kept: each, file, as }];
    });
  });
  if (published.length === 0) return null;
  const content = contentOf(layout.published, file);
  return published
    .filter(({ as }) => as.content === content)
    .reduce<Published | null>(
      (last, each) => (last === null || publishedAt(each) > publishedAt(last) ? each : last),
      null,
    );
}

function publishedAt({ kept }: Published): string {
  return kept.record.publishedAt ?? '';
}

/** A copy of before contents were marked held what the kept file holds, or nobody knows. */
function withContent(copy: CopyMark, record: FileRecord): BuiltFile {
  const content = copy.content ?? (copy.foreign === undefined ? (record.content ?? null) : null);
  return { size: copy.size, mtimeNs: copy.mtimeNs, content };
}

export function isSameFile(
  a: Pick<BigIntStats, 'dev' | 'ino'>,
  b: Pick<BigIntStats, 'dev' | 'ino'>,
): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}

function newestFirst(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? 1 : -1;
}

/** The number of an inode is given again once its file is gone; the instant it was made is not. */
export function isThatCopy(copy: CopyMark, file: BigIntStats): boolean {
  if (copy.ino !== String(file.ino)) return false;
  const { birthtimeNs = '0' } = copy;
  return hasMark(file, copy) || (birthtimeNs !== '0' && birthtimeNs === String(file.birthtimeNs));
}

/** True if the published file and the kept file are the same file, so that a write changes both. */
export function isLinked(layout: Layout, { id, published }: FileBuild): boolean {
  if (!published) return false;
  const [kept, shown] = [statOf(databaseOf(layout, id)), statOf(layout.published)];
  return kept !== null && shown !== null && isSameFile(kept, shown);
}

export function markOf(path: string): FileMark {
  const { size, mtimeNs } = statSync(path, { bigint: true });
  return { size: Number(size), mtimeNs: String(mtimeNs) };
}

export function copyMarkOf(path: string, foreign: number): CopyMark {
  const { ino, birthtimeNs } = statSync(path, { bigint: true });
  const content = contentMark(path);
  return { ...markOf(path), ino: String(ino), birthtimeNs: String(birthtimeNs), foreign, content };
}

export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isOneOf(error, ['ENOENT'])) return [];
    throw unreadable(folder, error);
  }
}

function statOf(path: string): BigIntStats | null {
  try {
    return statSync(path, { bigint: true });
  } catch (error) {
    // A link that leads nowhere or round and round is no file.
    if (isOneOf(error, ['ENOENT', 'ENOTDIR', 'ELOOP'])) return null;
    throw unreadable(path, error);
  }
}

function unreadable(path: string, cause: unknown): TechstoreError {
  return new TechstoreError('publish', `${path} cannot be read: ${whyUnreadable(cause)}.`, {
    hint: 'techstore keeps builds there. Give this user permission to read it, or move it away.',
    cause,
  });
}
