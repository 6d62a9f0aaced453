/** The build store of one DuckDB file. */
import { existsSync } from 'node:fs';
import { DatabaseLockedError } from '../../engine/database-error.js';
import type { DuckDBEngine } from '../../engine/duckdb/index.js';
import type { DuckdbTarget } from '../../project/index.js';
import type { Attempt } from '../attempt.js';
import type { Build, DamagedBuild } from '../build.js';
import type {
  AttemptOptions,
  BuildStore,
  Followed,
  FollowOptions,
  LockOptions,
  Operation,
  PruneOptions,
  PublishedContents,
  RollbackOptions,
} from '../build-store.js';
import type { ExistingTables } from '../existing-tables.js';
import { nothingPublished } from '../nothing-published.js';
import type { OpenBuild, OpenPair, OpenSources } from '../open-build.js';
import type { StoreOptions } from '../store-kind.js';
import type { VerifiedFile } from '../verified-file.js';
import { buildOptions, readOptions } from './database-options.js';
import { FileAttempt } from './file-attempt.js';
import { FileBuilds } from './file-builds.js';
import type { FileToRead } from './file-to-read.js';

export class FileStore implements BuildStore {
  readonly publishedName: string;
  readonly loadsFiles = true;
  /** The files of the builds, for callers that know this kind of store. */
  readonly builds: FileBuilds;
  private readonly target: DuckdbTarget;
  private readonly options: StoreOptions;

  /** Reads and writes nothing. */
  constructor(target: DuckdbTarget, options: StoreOptions) {
    this.builds = new FileBuilds({ path: target.path, database: buildOptions(target) });
    this.publishedName = target.pathAsWritten;
    this.target = target;
    this.options = options;
  }

  get marks(): BuildStore['marks'] {
    return { published: this.builds.publishedPath, logs: this.builds.logPaths };
  }

  async list(): Promise<readonly Build[]> {
    return this.builds.listBuilds();
  }

  async published(): Promise<Build | null> {
    return this.builds.published();
  }

  async find(name: string): Promise<Build> {
    return this.builds.showBuild(name);
  }

  async damaged(): Promise<readonly DamagedBuild[]> {
    return this.builds.damagedBuilds();
  }

  publishedContents(): Promise<PublishedContents | null> {
    return this.builds.publishedContents();
  }

  existing(): Promise<ExistingTables> {
    return this.builds.existing();
  }

  async lineage(id: string): Promise<unknown> {
    return this.builds.lineage(id);
  }

  async code(id: string): Promise<unknown> {
    return this.builds.code(id);
  }

  async open(name = 'published'): Promise<OpenBuild> {
    const { builds, target } = this;
    const build = name === 'published' ? builds.published() : builds.showBuild(name);
    if (build === null && !existsSync(builds.publishedPath))
      throw nothingPublished(builds.listBuilds());
    const engine = await this.openFile(
      build === null ? { path: builds.publishedPath } : builds.toRead(build),
    );
    if (build?.record.existingViews !== undefined && existsSync(builds.publishedPath)) {
      await this.attachExisting(engine, build.id);
    }
    return {
      engine,
      build,
      schema: target.schema,
      relationOf: ({ schema, identifier }) => ({ database: engine.database, schema, identifier }),
      placed: (manifest) => manifest,
      close: () => engine.close(),
    };
  }

  async openSources(): Promise<OpenSources | null> {
    const { builds } = this;
    return builds.published() === null && !existsSync(builds.publishedPath) ? null : this.open();
  }

  async openTwo(from: Build, to: Build): Promise<OpenPair> {
    const { openPair } = await import('./open-pair.js');
    const [fromFile, toFile] = [from, to].map(({ id }) => this.builds.showBuild(id));
    if (fromFile === undefined || toFile === undefined) throw new TypeError('no build');
    return openPair({ from: fromFile, to: toFile }, this.target.database);
  }

  async follow(options: FollowOptions): Promise<Followed> {
    const { FollowedFile } = await import('./followed-file.js');
    return new FollowedFile(this.builds, this.target, options);
  }

  async attempt(options: AttemptOptions): Promise<Attempt> {
    return new FileAttempt(this.builds, options);
  }

  rollback(options: RollbackOptions): Promise<Build> {
    return this.builds.rollback(options);
  }

  operate<T>(options: LockOptions, work: (operation: Operation) => Promise<T>): Promise<T> {
    return this.builds.operate(options, work);
  }

  prune(options: PruneOptions): Promise<readonly Build[]> {
    return this.builds.prune(options);
  }

  verify(name?: string, onFile?: (path: string) => void): Promise<readonly VerifiedFile[]> {
    return this.builds.verify(name, onFile);
  }

  async close(): Promise<void> {
    // Nothing is open but the builds that somebody reads.
  }

  /** Of an unfinished build, what stands for tables of other programs. */
  private async attachExisting(engine: DuckDBEngine, id: string): Promise<void> {
    const { existingCatalog: catalog } = await import('./existing-views.js');
    try {
      await engine.attach({ path: this.builds.publishedPath, catalog, readOnly: true });
    } catch (error) {
      if (!(error instanceof DatabaseLockedError)) throw error;
      this.options.onNotice(
        `Warning: Another program has ${this.publishedName} open for writing, so build ${id} is read without the tables of other programs.`,
      );
    }
  }

  private async openFile({
    path,
    notice = null,
    opened,
  }: Partial<FileToRead> & { readonly path: string }): Promise<DuckDBEngine> {
    if (notice !== null) this.options.onNotice(`Warning: ${notice}`);
    const { openDuckDB } = await import('../../engine/duckdb/index.js');
    try {
      return await openDuckDB({
        ...readOptions(this.target),
        path,
        readOnly: true,
        catalog: this.target.database,
      });
    } finally {
      opened?.();
    }
  }
}
