import { existsSync, rmSync } from 'node:fs';
import { TechstoreError } from '../../errors.js';
import { DatabaseError, DatabaseLockedError } from '../../engine/database-error.js';
import type { DuckDBEngine } from '../../engine/duckdb/index.js';
import type { BuildLock } from './build-lock.js';
import type { FileBuild } from './builds.js';
import type { CatalogObject } from '../catalog-object.js';
import { objectsIn } from './catalog-objects.js';
import { syncFile } from './files.js';
import { walOf } from '../../engine/duckdb/logs.js';
import { StagedFiles } from './staged-files.js';
import { databaseOf, spillOf, type Layout } from './layout.js';
import { placeKey } from '../../manifest/relation-place.js';
import type { UsedTables } from '../existing-tables.js';
import { foreignIn, markOfInstant, stampOf } from './existing-tables.js';
import { dropExistingViews, existingCatalog, makeExistingViews } from './existing-views.js';
import { inUse, replayLog, settledInstant } from './published-file.js';
import { readBuilds } from './builds.js';

/** Whether tables can be copied from the published build, and if not, why. */
export type PreviousBuild =
  | { readonly state: 'attached'; readonly build: FileBuild; readonly catalog: string }
  /** No build is published. */
  | { readonly state: 'none' }
  /** Another program has it open for writing. */
  | { readonly state: 'busy'; readonly build: FileBuild; readonly message: string }
  /** Damaged, of another DuckDB version, or changed by another program. */
  | { readonly state: 'unusable'; readonly build: FileBuild; readonly message: string };

/** The database of a build in progress. Holds the build lock until it is published, failed or abandoned. */
export class Candidate {
  readonly id: string;
  readonly path: string;
  readonly command: string;
  readonly startedAt: Date;
  readonly engine: DuckDBEngine;
  /** The published build at the start of this one. */
  readonly base: FileBuild | null;
  /** True if it began as a copy of `base` with the relations that it keeps. */
  readonly isCopy: boolean;
  /** Why nothing of `base` can be used; null if that is not known yet. */
  readonly refusal: string | null;
  /** Views that stand for tables of other programs, and schemas that were made for them. */
  views: readonly CatalogObject[] = [];
  /** What was read of tables of other programs, and when; null where nothing was. */
  existing: UsedTables | null = null;
  /** Files of its external models. */
  readonly external: StagedFiles;
  private readonly layout: Layout;
  private readonly lock: BuildLock;
  private ended = false;

  constructor(
    layout: Layout,
    options: {
      id: string;
      command: string;
      startedAt: Date;
      base: FileBuild | null;
      isCopy: boolean;
      refusal: string | null;
      resumed?: string | undefined;
    },
    engine: DuckDBEngine,
    lock: BuildLock,
  ) {
    this.layout = layout;
    const { id, base, resumed } = options;
    this.external = new StagedFiles(layout, id, base?.record.external ?? [], resumed);
    this.id = options.id;
    this.path = databaseOf(layout, options.id);
    this.command = options.command;
    this.startedAt = options.startedAt;
    this.base = options.base;
    this.isCopy = options.isCopy;
    this.refusal = options.refusal;
    this.engine = engine;
    this.lock = lock;
  }

  /**
   * Attaches the published build as `catalog`, so that tables can be copied. A build that cannot be
   * used is not an exception: the result says so.
   */
  async attachPrevious(catalog = 'previous'): Promise<PreviousBuild> {
    const build = this.base;
    if (build === null) return { state: 'none' };
    // Looked at before: what this process has open it does not read.
    const { modified, damage } = build;
    try {
      await this.engine.attach({ path: build.path, catalog, readOnly: true });
      if (!modified) return { state: 'attached', build, catalog };
      await this.engine.detach(catalog);
      const what = damage === null ? 'was changed by another program' : 'is damaged';
      return {
        state: 'unusable',
        build,
        message: `The published build ${build.id} ${what}.`,
      };
    } catch (error) {
      if (error instanceof DatabaseLockedError)
        return { state: 'busy', build, message: error.message };
      if (error instanceof DatabaseError)
        return { state: 'unusable', build, message: error.message };
      throw error;
    }
  }

  /**
   * Makes the tables of other programs in the published file readable in the build. Until the build
   * ends, no program can write to that file, as while dbt runs.
   *
   * @param used what was read of them before the lock was taken
   * @param taken names that the project makes itself, by `placeKey`
   * @param old views of the build that is resumed
   * @returns what they hold, if that is something else now; null if it is the same
   */
  async readExisting(
    used: UsedTables,
    taken: ReadonlySet<string>,
    old: readonly CatalogObject[],
  ): Promise<UsedTables | null> {
    const { engine, layout } = this;
    await replayLog(layout);
    const mark = markOfInstant(await settledInstant(layout));
    await this.attachExisting();
    await dropExistingViews(engine, old);
    const connection = await engine.connect();
    const stamps = new Map(used.stamps);
    let changed = false;
    let foreign: readonly CatalogObject[];
    try {
      const builds = readBuilds(layout);
      const build = builds.find((b) => b.published) ?? null;
      foreign = await foreignIn(connection, existingCatalog, layout, builds, build);
      for (const [key, before] of mark === used.mark ? [] : used.stamps) {
        const table = foreign.find(
          ({ schema, name }) => placeKey({ schema, identifier: name }) === key,
        );
        const now =
          table?.kind === 'table'
            ? await stampOf(connection, engine.dialect, {
                database: existingCatalog,
                schema: table.schema,
                identifier: table.name,
              })
            : null;
        stamps.set(key, now);
        changed ||= now !== before;
      }
    } finally {
      await connection.release();
    }
    this.views = await makeExistingViews(
      engine,
      foreign.filter(({ schema, name }) => !taken.has(placeKey({ schema, identifier: name }))),
    );
    this.existing = { stamps, mark };
    return changed ? this.existing : null;
  }

  private async attachExisting(): Promise<void> {
    const { published: path } = this.layout;
    try {
      await this.engine.attach({ path, catalog: existingCatalog, readOnly: true });
    } catch (error) {
      throw error instanceof DatabaseLockedError ? inUse(this.layout, error) : error;
    }
  }

  /**
   * For the store: removes the views again, before the build is published.
   *
   * @returns true if a view of the project reads one of them
   */
  async dropExisting(): Promise<boolean> {
    if (this.existing === null) return false;
    await this.engine.releaseAll();
    return dropExistingViews(this.engine, this.views);
  }

  /** For the store: the objects that the build created. */
  async objects(): Promise<readonly CatalogObject[]> {
    await this.engine.releaseAll();
    const connection = await this.engine.connect();
    return objectsIn(connection, this.engine.database);
  }

  /** For the store: marks the candidate as ended. Throws if it already was. */
  end(): void {
    if (this.ended) throw new TypeError(`The build ${this.id} has ended already.`);
    this.ended = true;
  }

  /** For the store: writes everything to the one file, closes it, and syncs it to the disk. */
  async finish(): Promise<void> {
    try {
      await this.engine.releaseAll();
      await this.engine.checkpoint();
    } finally {
      await this.engine.close();
    }
    rmSync(spillOf(this.path), { recursive: true, force: true });
    if (existsSync(walOf(this.path))) {
      throw new TechstoreError(
        'publish',
        `The build ${this.id} could not be written into one file.`,
      );
    }
    await syncFile(this.path);
  }

  /** For the store: closes the file, so that it can be removed. Ignores errors, because an earlier one matters more. */
  async close(): Promise<void> {
    await this.engine.close().catch(() => undefined);
  }

  /** For the store: closes the file and releases the lock. Never throws: `finish` has reported errors. */
  async letGo(): Promise<void> {
    await this.close();
    await this.lock.release();
  }
}
