/** Follows the published DuckDB file and the kept files beside it. */
import { statSync } from 'node:fs';
import { TechstoreError } from '../../errors.js';
import type { DuckdbTarget } from '../../project/index.js';
import type { Build } from '../build.js';
import type { Followed, FollowOptions } from '../build-store.js';
import type { BuildFacts, ReadableBuild } from '../open-build.js';
import { readOptions } from './database-options.js';
import type { FileBuild } from './builds.js';
import type { FileBuilds } from './file-builds.js';

export class FollowedFile implements Followed {
  readonly pollEvery = 250;
  private readonly builds: FileBuilds;
  private readonly target: DuckdbTarget;
  private readonly options: FollowOptions;

  constructor(builds: FileBuilds, target: DuckdbTarget, options: FollowOptions) {
    this.builds = builds;
    this.target = target;
    this.options = options;
  }

  /** Cheap enough to be asked several times a second. */
  async mark(): Promise<string | null> {
    const { publishedPath } = this.builds;
    const stat = statSync(publishedPath, { bigint: true, throwIfNoEntry: false });
    if (stat?.isFile() === false) {
      // A pipe would be waited for without end.
      throw new TechstoreError('publish', `${publishedPath} is not a file`);
    }
    return stat === undefined ? null : `${stat.ino}-${stat.mtimeNs}-${stat.size}`;
  }

  /**
   * The published build by the path of its kept file, which goes on naming that build
   * when another is published. A file that no build made has only the published path.
   */
  async published(mark: string): Promise<ReadableBuild> {
    const { builds } = this;
    const build = builds.published();
    if (build !== null) return this.toServe(build);
    const facts: BuildFacts = { id: `file-${mark}`, asOf: null, publishedAt: null };
    return { ...facts, open: () => this.open(builds.publishedPath) };
  }

  async earlier(id: string): Promise<ReadableBuild | null> {
    const build = this.builds
      .listBuilds()
      .find((b) => b.id === id && b.record.state === 'published' && !b.modified);
    return build === undefined ? null : this.toServe(build);
  }

  async list(): Promise<readonly Build[]> {
    return this.builds.listBuilds();
  }

  async lineage(id: string): Promise<unknown> {
    return this.builds.lineage(id);
  }

  async close(): Promise<void> {
    // Nothing is open but the builds that somebody reads.
  }

  private toServe({ id, path, record }: FileBuild): ReadableBuild {
    const publishedAt = record.publishedAt ?? record.finishedAt;
    const facts = { id, asOf: record.asOf, publishedAt };
    return { ...facts, open: () => this.open(path) };
  }

  /** Opens the file read only, and closes every way out of it. Throws codes `database` and `lock`. */
  private async open(path: string): ReturnType<ReadableBuild['open']> {
    const { database: catalog, schema } = this.target;
    const attached = readOptions(this.target);
    const { openDuckDB } = await import('../../engine/duckdb/index.js');
    const inode = inodeOf(path);
    const engine = await openDuckDB({
      ...attached,
      path,
      readOnly: true,
      catalog,
      ...this.options,
    });
    try {
      const connection = await engine.connect();
      await connection.run('set enable_external_access = false; set lock_configuration = true');
      await connection.release();
    } catch (error) {
      await engine.close();
      throw error;
    }
    return { engine, schema, isThere: () => inodeOf(path) === inode, close: () => engine.close() };
  }
}

/** Null where nothing is, or nothing that can be looked at. */
function inodeOf(path: string): bigint | null {
  try {
    return statSync(path, { bigint: true }).ino;
  } catch {
    return null;
  }
}
