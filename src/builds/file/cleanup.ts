/** Removes leftovers of killed builds, and old builds. Needs the build lock. */
import { lstatSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { BUILD_ID } from '../build-id.js';
import { namesIn, readBuilds, type FileBuild } from './builds.js';
import { isWhole, previousOf } from '../build.js';
import { walOf } from '../../engine/duckdb/logs.js';
import { codeOf, databaseOf, lineageOf, recordOf, spillOf, type Layout } from './layout.js';
import { removeFiles, settleFiles, swapBack } from './staged-files.js';
import { adoptCopies } from './adopt-copies.js';
import { writeRecord } from './record.js';

/**
 * Makes the folder match the records. Builds with a damaged record stay:
 * - a database without a record is a build that was killed: removed;
 * - a record that says `finished` was killed around the rename. The published file
 *   tells on which side: it becomes `published`, or it is removed;
 * - temporary names of files are removed. Names that are not ours are left alone.
 */
export async function cleanUp(layout: Layout): Promise<void> {
  await adoptCopies(layout);
  await cleanExternal(layout);
  for (const build of readBuilds(layout)) {
    const { state } = build.record;
    if (build.published && (state === 'finished' || state === 'unpublished')) {
      const publishedAt = build.record.finishedAt;
      await writeRecord(recordOf(layout, build.id), {
        ...build.record,
        state: 'published',
        publishedAt,
      });
    } else if (state === 'finished') {
      removeBuild(layout, build.id);
    }
  }
  const names = new Set(namesIn(layout.builds));
  for (const name of names) {
    const [, id = '', rest = ''] = /^([^.]+)\.(.+)$/.exec(name) ?? [];
    const leftover = BUILD_ID.test(id) ? isLeftover(names, id, rest) : isLockLeftover(name);
    if (leftover) removeLeftover(join(layout.builds, name));
  }
  const staging = `${basename(layout.published)}.`;
  for (const name of namesIn(layout.folder)) {
    if (!name.startsWith(staging)) continue;
    const [id = '', ...rest] = name.slice(staging.length).split('.');
    if (!BUILD_ID.test(id) || !/^(?:new|part)(?:\.wal|\.tmp)?$/.test(rest.join('.'))) continue;
    removeLeftover(join(layout.folder, name));
  }
}

/** Files of external models: of a build that was killed around the rename, the published file tells on which side. */
async function cleanExternal(layout: Layout): Promise<void> {
  const listed = namesIn(layout.builds).flatMap((name) => {
    const id = name.replace(/\.external\.json$/, '');
    return id !== name && BUILD_ID.test(id) ? [id] : [];
  });
  if (listed.length === 0) return;
  const builds = new Map(readBuilds(layout).map((build) => [build.id, build]));
  for (const id of listed) {
    const build = builds.get(id);
    if (build?.published === true) {
      settleFiles(layout, id);
      continue;
    }
    await swapBack(layout, id);
    if (build === undefined || build.record.state === 'finished') removeFiles(layout, id);
  }
}

/** Of folders, only one that DuckDB spilled to can be ours. */
function removeLeftover(path: string): void {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  const isFolder = stat?.isDirectory() === true;
  // A reader gives it up in an instant: see `fileToRead`.
  if (path.endsWith('.reading') && Date.now() - (stat?.ctimeMs ?? 0) < 60_000) return;
  if (!isFolder || path.endsWith('.tmp')) rmSync(path, { recursive: true, force: true });
}

function isLeftover(names: ReadonlySet<string>, id: string, rest: string): boolean {
  if (/^[0-9a-f]{6}\.reading$/.test(rest)) return true;
  if (
    rest === 'duckdb.tmp' ||
    /^(?:(?:lineage|code|external)\.)?json\.[0-9a-f]{6}\.tmp$/.test(rest)
  )
    return true;
  if (rest === 'json') return !names.has(`${id}.duckdb`);
  return (
    ['duckdb', 'duckdb.wal', 'lineage.json', 'code.json'].includes(rest) && !names.has(`${id}.json`)
  );
}

function isLockLeftover(name: string): boolean {
  return /^lock\.(?:[0-9a-f]{8}\.draft(?:\.wal)?|json\.[0-9a-f]{6}\.tmp)$/.test(name);
}

/** The record first: a file without a record is what a later clean-up removes. */
export function removeBuild(layout: Layout, id: string): void {
  const database = databaseOf(layout, id);
  removeFiles(layout, id);
  rmSync(recordOf(layout, id), { force: true });
  rmSync(lineageOf(layout, id), { force: true });
  rmSync(codeOf(layout, id), { force: true });
  rmSync(database, { force: true });
  rmSync(walOf(database), { force: true });
  rmSync(spillOf(database), { force: true, recursive: true });
}

/** A failed or unpublished build is looked at until the next one ends. */
export function removeUnpublished(layout: Layout, except: string): void {
  for (const build of readBuilds(layout)) {
    const { state } = build.record;
    if (build.id === except || build.published) continue;
    if (state === 'failed' || state === 'working' || state === 'unpublished')
      removeBuild(layout, build.id);
  }
}

/** A file of others is needed for what a publish took out of it; older records do not say whether it did. */
function isLastCopy({ record }: FileBuild): boolean {
  return record.state === 'imported' && record.objects?.length !== 0;
}

export interface KeepOptions {
  /** Number of complete builds to keep, including the published one. At least 1. */
  readonly keep: number;
  /** Only builds that were finished before this instant are removed. */
  readonly olderThan?: Date;
}

/**
 * Removes old builds and returns them. Never the published one, nor (unless only
 * one is to be kept) the one a rollback would go to, nor a failed one, nor the last
 * copy of what this program did not make.
 */
export function pruneBuilds(layout: Layout, options: KeepOptions): readonly FileBuild[] {
  const keep = Math.max(1, Math.trunc(options.keep));
  const builds = readBuilds(layout).filter((b) => isWhole(b) && b.record.state !== 'unpublished');
  const published = builds.find((b) => b.published);
  const previous = keep > 1 ? previousOf(builds) : null;
  const irreplaceable = builds.filter(isLastCopy).map((b) => b.id);
  const safe = new Set([published?.id, previous?.id, ...irreplaceable]);
  const others = builds.filter((b) => !safe.has(b.id));
  const room = Math.max(0, keep - (builds.length - others.length));
  const doomed = others
    .slice(room)
    .filter(
      (b) => options.olderThan === undefined || new Date(b.record.finishedAt) < options.olderThan,
    );
  for (const build of doomed) removeBuild(layout, build.id);
  return doomed;
}
