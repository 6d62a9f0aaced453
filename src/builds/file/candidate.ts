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
import { databaseOf, spillOf, type Layout } from './layout.js';

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
    },
    engine: DuckDBEngine,
    lock: BuildLock,
  ) {
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
