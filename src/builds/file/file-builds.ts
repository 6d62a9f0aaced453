import { keptBuilds } from '../../ground/published.js';
import { newBuildId } from '../build-id.js';
import type { DamagedBuild } from '../build.js';
import type { LockOptions, Operation, PublishedContents, RollbackOptions } from '../build-store.js';
import type { BuildDetails } from '../record.js';
import type { VerifiedFile } from '../verified-file.js';
import type { RelationPlace } from '../../manifest/node-state.js';
import { acquireLock, type BuildLock } from './build-lock.js';
import { latestId, readBuilds, readDamaged, type FileBuild } from './builds.js';
import { Candidate } from './candidate.js';
import {
  cleanUp,
  pruneBuilds,
  removeBuild,
  removeUnpublished,
  type KeepOptions,
} from './cleanup.js';
import { existingTables } from './existing-tables.js';
import { toPublishError, writeWhole } from './files.js';
import type { ExistingTables } from '../existing-tables.js';
import { findAmong } from './find-among.js';
import { findBuild } from '../build.js';
import {
  codeOf,
  databaseOf,
  layoutOf,
  lineageOf,
  recordOf,
  stagingOf,
  type Layout,
} from './layout.js';
import { checkPublishedPath } from './published-file.js';
import { refuseSharedFolder } from './shared-folder.js';
import { logsOf } from '../../engine/duckdb/logs.js';
import { fileToRead, type FileToRead } from './file-to-read.js';
import { verifyAll } from './verify-all.js';
import { writeRecord } from './record.js';
import type { FileRecord } from './file-record.js';
import { checkForeign, isWrittenTo, publishedContents } from './published-contents.js';
import { newRecord } from './new-record.js';
import { afterwards, publishKept } from './publish-kept.js';
import { readBeside } from './read-beside.js';
import { copyUnfinished } from './copy-unfinished.js';
import type { CandidateOptions, FileBuildsOptions, PublishedFile } from './options.js';
import { rollBack } from './roll-back.js';
import { settleFiles, swapBack } from './staged-files.js';
import { tidyPublished } from './tidy-published.js';

export type { CandidateOptions, FileBuildsOptions, PublishedFile } from './options.js';

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

  /** Paths of write-ahead logs that other programs may leave beside the published file. */
  get logPaths(): readonly string[] {
    const { published, asGiven } = this.layout;
    return [...new Set([published, asGiven])].flatMap(logsOf);
  }

  get buildsFolder(): string {
    return this.layout.builds;
  }

  /** Throws code `publish` if the file at the published path must not be replaced. Changes nothing. */
  check(): void {
    checkPublishedPath(this.layout);
    refuseSharedFolder(this.layout);
  }

  /**
   * Takes the build lock, removes leftovers of killed builds, and creates a new database file,
   * which is attached under the catalog name of the published file.
   * Throws codes `publish`, `lock`, `database`, `interrupted`, and releases the lock then.
   */
  async openCandidate(options: CandidateOptions): Promise<Candidate> {
    this.check();
    return this.holding(options, async (lock) => {
      const builds = readBuilds(this.layout);
      const startedAt = new Date();
      const id = newBuildId(startedAt, latestId(this.layout));
      const path = databaseOf(this.layout, id);
      try {
        const resumed =
          options.resume === undefined ? undefined : findAmong(this.layout, options.resume);
        if (resumed !== undefined) await copyUnfinished(resumed, path);
        const base = builds.find((b) => b.published && b.record.state !== 'imported') ?? null;
        const { openDuckDB } = await import('../../engine/duckdb/index.js');
        const { begin } = await import('./begin-from.js');
        const { engine, ...begun } = await begin({
          ...{ base, path, from: options.from },
          open: () =>
            openDuckDB({
              catalog: this.layout.stem,
              ...this.database,
              ...options.database,
              path,
              // A candidate whose build died is thrown away, and one that ended is checkpointed.
              logged: false,
            }),
        });
        return new Candidate(
          this.layout,
          { id, command: options.command, startedAt, base, resumed: resumed?.id, ...begun },
          engine,
          lock,
        );
      } catch (error) {
        removeBuild(this.layout, id);
        throw toPublishError(error, 'The build cannot start');
      }
    });
  }

  /**
   * Publishes the candidate by one rename, then removes old builds. If this throws, the
   * published file did not change, the candidate has ended and the lock is free. A complete
   * build is then kept as `unpublished`; one that a full disk left incomplete is removed.
   */
  async publish(candidate: Candidate, details: BuildDetails): Promise<PublishedFile> {
    candidate.end();
    let record: FileRecord | undefined;
    try {
      const readsExisting = await candidate.dropExisting();
      await candidate.external.swapIn(candidate.engine);
      const objects = await candidate.objects();
      await candidate.finish();
      if (details.lineage !== undefined) {
        await writeWhole(lineageOf(this.layout, candidate.id), JSON.stringify(details.lineage));
      }
      if (details.code !== undefined) {
        await writeWhole(codeOf(this.layout, candidate.id), JSON.stringify(details.code));
      }
      const made = await newRecord(candidate, 'finished', details);
      const external = externalOf(candidate);
      record = { ...made, objects, ...external, ...(readsExisting ? { readsExisting } : {}) };
      await this.write(record);
      const warnings: string[] = [];
      const build = await publishKept(this.layout, record, warnings, candidate.existing);
      const pruned = await afterwards(warnings, () => {
        settleFiles(this.layout, candidate.id);
        removeUnpublished(this.layout, candidate.id);
        return pruneBuilds(this.layout, { keep: this.keep });
      });
      return { build, pruned: pruned ?? [], warnings };
    } catch (error) {
      await this.keepOrRemove(candidate, record);
      throw toPublishError(error, `Build ${candidate.id} cannot be published`);
    } finally {
      await candidate.letGo();
    }
  }

  /**
   * Ends the candidate without publishing it, and keeps it instead of an earlier one.
   *
   * @param state `failed` if a node failed
   */
  async fail(
    candidate: Candidate,
    details: BuildDetails,
    state: 'failed' | 'working' = 'failed',
  ): Promise<FileBuild> {
    candidate.end();
    try {
      await candidate.finish();
      const { views } = candidate;
      const ended = await newRecord(candidate, state, details);
      const record = views.length === 0 ? ended : { ...ended, existingViews: views };
      await this.write(record);
      removeUnpublished(this.layout, candidate.id);
      return findBuild(readBuilds(this.layout), candidate.id);
    } catch (error) {
      await candidate.close();
      removeBuild(this.layout, candidate.id);
      throw toPublishError(error, `Build ${candidate.id} failed and cannot be kept`);
    } finally {
      await candidate.letGo();
    }
  }

  /** Ends the candidate and removes it, after Ctrl-C or if there is nothing to publish. */
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

  /** Damaged builds in the folder, newest first. Takes no lock. */
  damagedBuilds(): readonly DamagedBuild[] {
    return readDamaged(this.layout);
  }

  /** See `findBuild`. Throws code `publish` if there is no such build. */
  showBuild(name: string): FileBuild {
    return findAmong(this.layout, name);
  }

  /** The published build; null if nothing is published, or the published file is not a build. */
  published(): FileBuild | null {
    return readBuilds(this.layout).find((b) => b.published) ?? null;
  }

  /**
   * Objects of other programs in the published file, and whether other programs changed objects of
   * the project. Null if nothing is published.
   */
  async publishedContents(): Promise<PublishedContents | null> {
    return publishedContents(this.layout);
  }

  /**
   * Throws code `publish` if other programs have objects with these names in the published file,
   * and code `database` if that file cannot be read. Call it before anything is built.
   */
  async checkForeign(relations: readonly RelationPlace[]): Promise<void> {
    await checkForeign(this.layout, relations);
  }

  /** See `existingTables`. */
  existing(): Promise<ExistingTables> {
    return existingTables(this.layout);
  }

  /**
   * For a build without work: if another program wrote to the published file, its own objects stay,
   * and its changes to the project's tables are undone.
   *
   * @returns messages about it
   */
  async tidyPublished(options: LockOptions): Promise<readonly string[]> {
    if (!isWrittenTo(this.published())) return [];
    return this.holding(options, async (lock) => {
      try {
        return await tidyPublished(this.layout);
      } finally {
        await lock.release();
      }
    });
  }

  /** The recorded lineage of a build; null if it has none. */
  lineage(id: string): unknown {
    return readBeside(lineageOf(this.layout, id));
  }

  /** What `publish` was told of the code of a build; null where it was told nothing. */
  code(id: string): unknown {
    return readBeside(codeOf(this.layout, id));
  }

  /**
   * Publishes a kept build again, by default the previous one. Nothing is built or tested.
   * Throws code `publish` for a failed build.
   */
  async rollback(options: RollbackOptions): Promise<FileBuild> {
    this.check();
    return this.holding(options, async (lock) => {
      try {
        return await rollBack(this.layout, options);
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

  /** Removes old builds and returns them. Default of `keep`: that of the store. */
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
      throw toPublishError(error, 'The builds folder cannot be used');
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
    await swapBack(this.layout, candidate.id);
    try {
      if (record === undefined || now === undefined) throw new Error('not whole');
      await this.write({ ...record, state: 'unpublished' });
      removeUnpublished(this.layout, candidate.id);
    } catch {
      removeBuild(this.layout, candidate.id);
    }
  }
}

/** Locations stay known as long as their models do: a part of the project may be built. */
function externalOf({ external, base }: Candidate): Pick<FileRecord, 'external'> {
  const locations = [...new Set([...external.locations, ...(base?.record.external ?? [])])];
  return locations.length === 0 ? {} : { external: locations };
}
