/** The published DuckDB file and the kept ones beside it. */
import { statSync } from 'node:fs';
import { TechstoreError } from '../../errors.js';
import type { Build, BuildStore, KeptBuild } from '../../builds/index.js';
import { BuildReader, type BuildFacts } from './build-reader.js';
import type { BuildSource, BuildToServe } from './build-source.js';
import type { PoolLimits } from './connection-pool.js';

export interface FileSourceOptions extends PoolLimits {
  readonly builds: BuildStore;
  /** Catalog name that the file's views and our queries know it by. */
  readonly catalog: string;
  readonly schema: string;
  /** Threads of DuckDB. Default: the cores of the machine. */
  readonly threads?: number;
  /** `512MB`. Default: DuckDB's. */
  readonly memoryLimit?: string;
}

export class FileSource implements BuildSource {
  readonly pollEvery = 250;
  private readonly options: FileSourceOptions;

  constructor(options: FileSourceOptions) {
    this.options = options;
  }

  /** Cheap enough to be asked several times a second. */
  async mark(): Promise<string | null> {
    const { publishedPath } = this.options.builds;
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
  async published(mark: string): Promise<BuildToServe> {
    const { builds } = this.options;
    const build = builds.published();
    if (build !== null) return this.toServe(build);
    const facts = { id: `file-${mark}`, asOf: null, publishedAt: null };
    return { ...facts, open: () => this.open(facts, builds.publishedPath) };
  }

  async earlier(id: string): Promise<BuildToServe | null> {
    const build = this.options.builds
      .listBuilds()
      .find((b) => b.id === id && b.record.state === 'published' && !b.modified);
    return build === undefined ? null : this.toServe(build);
  }

  async list(): Promise<readonly KeptBuild[]> {
    return this.options.builds.listBuilds();
  }

  async lineage(id: string): Promise<unknown> {
    return this.options.builds.lineage(id);
  }

  async close(): Promise<void> {
    // Nothing is open but the builds that somebody reads.
  }

  private toServe({ id, path, record }: Build): BuildToServe {
    const publishedAt = record.publishedAt ?? record.finishedAt;
    const facts = { id, asOf: record.asOf, publishedAt };
    return { ...facts, open: () => this.open(facts, path) };
  }

  /** Opens the file read only, and closes every way out of it. Throws codes `database` and `lock`. */
  private async open(facts: BuildFacts, path: string): Promise<BuildReader> {
    const { catalog, schema, threads, memoryLimit } = this.options;
    const { openDuckDB } = await import('../../engine/duckdb/index.js');
    const inode = inodeOf(path);
    const engine = await openDuckDB({
      path,
      readOnly: true,
      catalog,
      ...(threads === undefined ? {} : { threads }),
      ...(memoryLimit === undefined ? {} : { memoryLimit }),
    });
    try {
      const connection = await engine.connect();
      await connection.run('set enable_external_access = false; set lock_configuration = true');
      await connection.release();
    } catch (error) {
      await engine.close();
      throw error;
    }
    return new BuildReader(facts, {
      engine,
      tables: { engine: 'duckdb', database: engine.database, schema },
      limits: this.options,
      isThere: () => inodeOf(path) === inode,
      close: () => engine.close(),
    });
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
