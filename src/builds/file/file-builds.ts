import { constants } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { TechstoreError } from '../../errors.js';
import { keptBuilds } from '../../ground/published.js';
import type { DuckDBOptions } from '../../engine/duckdb/index.js';
import { newBuildId } from '../build-id.js';
import type { DamagedBuild } from '../build.js';
import type { LockOptions, Operation, PublishedContents, RollbackOptions } from '../build-store.js';
import type { BuildDetails } from '../record.js';
import type { VerifiedFile } from '../verified-file.js';
import type { RelationPlace } from '../../manifest/node-state.js';
import { acquireLock, type BuildLock } from './build-lock.js';
import { isLinked, latestId, readBuilds, readDamaged, type FileBuild } from './builds.js';
import { Candidate } from './candidate.js';
import {
  cleanUp,
  pruneBuilds,
  removeBuild,
  removeUnpublished,
  type KeepOptions,
} from './cleanup.js';
import { toPublishError, writeWhole } from './files.js';
import { findAmong } from './find-among.js';
import { findBuild, isUnfinished, mustBePublishable } from '../build.js';
import { databaseOf, layoutOf, lineageOf, recordOf, stagingOf, type Layout } from './layout.js';
import { checkPublishedPath } from './published-file.js';
import { refuseSharedFolder } from './shared-folder.js';
import { logsOf } from '../../engine/duckdb/logs.js';
import { fileToRead, type FileToRead } from './file-to-read.js';
import { verifyAll } from './verify-all.js';
import { mustBeWhole } from './verify-build.js';
import { writeRecord } from './record.js';
import type { FileRecord } from './file-record.js';
import {
  checkForeign,
  isWrittenTo,
  lookAtWritten,
  publishedContents,
} from './published-contents.js';
import { newRecord } from './new-record.js';
import { afterwards, publishKept } from './publish-kept.js';
import { readLineage } from './read-lineage.js';

export interface FileBuildsOptions {
  /** The published file: the profile's `path`. */
  readonly path: string;
  /** Builds that are kept after a publish, the published one among them. Default 5. */
  readonly keep?: number;
  /** How every candidate's database is opened. */
  readonly database?: Pick<DuckDBOptions, 'settings' | 'extensions'>;
}

export interface CandidateOptions extends LockOptions {
  /** Goes on from a failed build: its id, the beginning of it, or `failed`. */
  readonly resume?: string;
  /** How the candidate's database is opened. */
  readonly database?: Pick<
    DuckDBOptions,
    'catalog' | 'threads' | 'memoryLimit' | 'tempDirectory' | 'settings'
  >;
}

export interface PublishedFile {
  readonly build: FileBuild;
  /** Old builds that made room. */
  readonly pruned: readonly FileBuild[];
  /** What went wrong after the build was published; the next build makes up for it. */
  readonly warnings: readonly string[];
}

/**
 * The builds of one published DuckDB file: see docs/publishing.md.
 *
 *     const store = new BuildStore({ path: 'techstore.duckdb' });
 *     const candidate = await store.openCandidate({ command: 'techstore build' });
 *     … build into candidate.engine, test …
 *     await store.publish(candidate, details);   // or store.fail(candidate, details)
 */
export class FileBuilds {
  private readonly layout: Layout;
  private readonly keep: number;
  private readonly database: FileBuildsOptions['database'];

  /** Reads and writes nothing. */
  constructor(options: FileBuildsOptions) {
    this.layout = layoutOf(options.path);
    this.keep = options.keep ?? keptBuilds;
    this.database = options.database;
  }

  /** The published file itself, behind any symbolic link. */
  get publishedPath(): string {
    return this.layout.published;
  }

  /** Where other programs would leave a log beside the published file. */
  get logPaths(): readonly string[] {
    const { published, asGiven } = this.layout;
    return [...new Set([published, asGiven])].flatMap(logsOf);
  }

  get buildsFolder(): string {
    return this.layout.builds;
  }

  /** Code `publish` when what lies at the published path must not be replaced. Touches nothing. */
  check(): void {
    checkPublishedPath(this.layout);
    refuseSharedFolder(this.layout);
  }

  /**
   * Takes the build lock, removes what killed builds left, and makes a fresh
   * database file, which is attached as the published one will be named.
   * Throws codes `publish`, `lock`, `database`, `interrupted`; nothing is held then.
   */
  async openCandidate(options: CandidateOptions): Promise<Candidate> {
    this.check();
    return this.holding(options, async (lock) => {
      const builds = readBuilds(this.layout);
      const startedAt = new Date();
      const id = newBuildId(startedAt, latestId(this.layout));
      const path = databaseOf(this.layout, id);
      try {
        if (options.resume !== undefined)
          await copyUnfinished(findAmong(this.layout, options.resume), path);
        const { openDuckDB } = await import('../../engine/duckdb/index.js');
        const engine = await openDuckDB({
          catalog: this.layout.stem,
          ...this.database,
          ...options.database,
          path,
          // A candidate whose build died is thrown away, and one that ended is checkpointed.
          logged: false,
        });
        const base = builds.find((b) => b.published && b.record.state !== 'imported') ?? null;
        return new Candidate(
          this.layout,
          { id, command: options.command, startedAt, base },
          engine,
          lock,
        );
      } catch (error) {
        removeBuild(this.layout, id);
        throw toPublishError(error, 'begin a build');
      }
    });
  }

  /**
   * Makes the candidate the published build, by one rename; then removes old builds.
   * When it throws, the published file is as it was, the candidate has ended and the
   * lock is free: a whole build is kept as `unpublished`, one that a full disk cut
   * short is removed.
   */
  async publish(candidate: Candidate, details: BuildDetails): Promise<PublishedFile> {
    candidate.end();
    let record: FileRecord | undefined;
    try {
      const objects = await candidate.objects();
      await candidate.finish();
      if (details.lineage !== undefined) {
        await writeWhole(lineageOf(this.layout, candidate.id), JSON.stringify(details.lineage));
      }
      record = { ...(await newRecord(candidate, 'finished', details)), objects };
      await this.write(record);
      const warnings: string[] = [];
      const build = await publishKept(this.layout, record, warnings);
      const pruned = await afterwards(warnings, () => {
        removeUnpublished(this.layout, candidate.id);
        return pruneBuilds(this.layout, { keep: this.keep });
      });
      return { build, pruned: pruned ?? [], warnings };
    } catch (error) {
      await this.keepOrRemove(candidate, record);
      throw toPublishError(error, `publish the build ${candidate.id}`);
    } finally {
      await candidate.letGo();
    }
  }

  /**
   * Ends the candidate without publishing it. It is kept, in place of an earlier one.
   *
   * @param state `failed` where something in it did
   */
  async fail(
    candidate: Candidate,
    details: BuildDetails,
    state: 'failed' | 'working' = 'failed',
  ): Promise<FileBuild> {
    candidate.end();
    try {
      await candidate.finish();
      const record = await newRecord(candidate, state, details);
      await this.write(record);
      removeUnpublished(this.layout, candidate.id);
      return findBuild(readBuilds(this.layout), candidate.id);
    } catch (error) {
      await candidate.close();
      removeBuild(this.layout, candidate.id);
      throw toPublishError(error, `keep the failed build ${candidate.id}`);
    } finally {
      await candidate.letGo();
    }
  }

  /** Ends the candidate and removes it: Ctrl-C, or nothing to publish. */
  async abandon(candidate: Candidate): Promise<void> {
    candidate.end();
    try {
      await candidate.close();
      removeBuild(this.layout, candidate.id);
    } finally {
      await candidate.letGo();
    }
  }

  /** All kept builds, newest first. Takes no lock. */
  listBuilds(): readonly FileBuild[] {
    return readBuilds(this.layout);
  }

  /** The file that readers open: see `fileToRead`. */
  toRead(build: FileBuild): FileToRead {
    return fileToRead(this.layout, build);
  }

  /** See `verifyAll`. */
  verify(name?: string, onFile?: (path: string) => void): Promise<readonly VerifiedFile[]> {
    return verifyAll(this.layout, name, onFile);
  }

  /** What else lies in the folder: newest first. Takes no lock. */
  damagedBuilds(): readonly DamagedBuild[] {
    return readDamaged(this.layout);
  }

  /** By id, its beginning, `latest`, `published`, `previous` or `failed`. Code `publish` when there is none. */
  showBuild(name: string): FileBuild {
    return findAmong(this.layout, name);
  }

  /** The build that is published now; null when nothing is, or a file that is not ours. */
  published(): FileBuild | null {
    return readBuilds(this.layout).find((b) => b.published) ?? null;
  }

  /**
   * What others made in the published file, and whether what the project made is as it was made.
   * Null when nothing is published.
   */
  async publishedContents(): Promise<PublishedContents | null> {
    return publishedContents(this.layout);
  }

  /**
   * Refuses, before anything is built, to make what others made in the published file, with code
   * `publish`; and, with code `database`, to build beside a file that can't be read here.
   */
  async checkForeign(relations: readonly RelationPlace[]): Promise<void> {
    await checkForeign(this.layout, relations);
  }

  /**
   * For a build that finds nothing to do: when another program wrote to the published file, what it
   * made itself stays, and what it did to the project's tables is undone.
   *
   * @returns what there is to be said of it
   */
  async tidyPublished(options: LockOptions): Promise<readonly string[]> {
    if (!isWrittenTo(this.published())) return [];
    return this.holding(options, async (lock) => {
      try {
        const build = this.published();
        if (build === null || isLinked(this.layout, build)) return [];
        const { warnings, mark } = await lookAtWritten(this.layout, build);
        if (mark === 'open') return warnings;
        if (mark !== null) {
          await this.write({ ...build.record, copy: mark, nextCopy: null });
          return warnings;
        }
        const told = [...warnings];
        await publishKept(this.layout, build.record, told);
        return told;
      } finally {
        await lock.release();
      }
    });
  }

  /** What `publish` was told of the lineage of a build; null where it was told nothing. */
  lineage(id: string): unknown {
    return readLineage(this.layout, id);
  }

  /**
   * Publishes a kept build at once; by default the one before the published one.
   * Nothing is built or tested. Throws `publish` for a failed build.
   */
  async rollback(options: RollbackOptions): Promise<FileBuild> {
    this.check();
    return this.holding(options, async (lock) => {
      try {
        const builds = readBuilds(this.layout);
        const target = findAmong(this.layout, options.to ?? 'previous');
        mustBePublishable(target);
        if (target.published && !target.touched) return target;
        mustBeWhole(target);
        const replaced = builds.find((b) => b.published);
        const warnings: string[] = [];
        const now = await publishKept(this.layout, target.record, warnings);
        for (const warning of warnings) options.onWarning?.(warning);
        if (replaced !== undefined && replaced.id > target.id) {
          const rolledBackAt = new Date().toISOString();
          await afterwards([], () => this.write({ ...replaced.record, rolledBackAt }));
        }
        return now;
      } finally {
        await lock.release();
      }
    });
  }

  /** See `operate` of the store. */
  async operate<T>(options: LockOptions, work: (operation: Operation) => Promise<T>): Promise<T> {
    this.check();
    return this.holding(options, async (lock) => {
      try {
        const { operate } = await import('./operate.js');
        const staging = stagingOf(this.layout, newBuildId(new Date(), latestId(this.layout)));
        const { signal } = options;
        return await operate(this.layout, { staging, database: this.database, signal }, work);
      } finally {
        await lock.release();
      }
    });
  }

  /** Removes old builds and says which. `keep` is that of the store by default. */
  async prune(options: LockOptions & Partial<KeepOptions>): Promise<readonly FileBuild[]> {
    return this.holding(options, async (lock) => {
      try {
        return pruneBuilds(this.layout, { keep: this.keep, ...options });
      } finally {
        await lock.release();
      }
    });
  }

  /** The lock, then the clean-up, then `work`, which owns the lock once it has returned. */
  private async holding<T>(
    options: LockOptions,
    work: (lock: BuildLock) => Promise<T>,
  ): Promise<T> {
    const lock = await acquireLock(this.layout, options);
    try {
      await cleanUp(this.layout);
      return await work(lock);
    } catch (error) {
      await lock.release();
      throw toPublishError(error, 'work in the builds folder');
    }
  }

  private write(record: FileRecord): Promise<void> {
    return writeRecord(recordOf(this.layout, record.id), record);
  }

  /** After a publish that did not come to its end. */
  private async keepOrRemove(candidate: Candidate, record: FileRecord | undefined): Promise<void> {
    await candidate.close();
    const now = readBuilds(this.layout).find((b) => b.id === candidate.id);
    if (now?.published === true) return;
    try {
      if (record === undefined || now === undefined) throw new Error('not whole');
      await this.write({ ...record, state: 'unpublished' });
      removeUnpublished(this.layout, candidate.id);
    } catch {
      removeBuild(this.layout, candidate.id);
    }
  }
}

/** An unfinished build stays as it is until the resumed one has ended, so that a kill loses nothing. */
async function copyUnfinished(build: FileBuild, to: string): Promise<void> {
  if (!isUnfinished(build)) {
    throw new TechstoreError(
      'publish',
      `The build ${build.id} did not fail: there is nothing to go on from.`,
    );
  }
  await copyFile(build.path, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
}
