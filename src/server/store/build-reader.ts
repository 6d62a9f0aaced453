/** One published build, open for reading. */
import type { Connection, ResultSet } from '../../engine/engine.js';
import type { DuckDBEngine } from '../../engine/duckdb/index.js';
import { ConnectionPool, type PoolLimits } from './connection-pool.js';

export interface BuildFile {
  /** Id of the build; of a file that no build made, a text made of its inode and time. */
  readonly id: string;
  readonly path: string;
  /** `2025-06-30`; null where the build does not say. */
  readonly asOf: string | null;
  /** ISO 8601 in UTC; null where it is not known. */
  readonly publishedAt: string | null;
}

export interface ReaderOptions extends PoolLimits {
  /** Catalog name that the file's views and our queries know it by. */
  readonly catalog: string;
  /** Threads of DuckDB. Default: the cores of the machine. */
  readonly threads?: number;
  /** `512MB`. Default: DuckDB's. */
  readonly memoryLimit?: string;
}

/** Queries of a connection that stay prepared: more than there are questions. */
const KEPT_STATEMENTS = 32;

export class BuildReader {
  readonly file: BuildFile;
  private readonly engine: DuckDBEngine;
  private readonly pool: ConnectionPool;

  private constructor(file: BuildFile, engine: DuckDBEngine, limits: PoolLimits) {
    this.file = file;
    this.engine = engine;
    this.pool = new ConnectionPool(async () => {
      const connection = await engine.connect();
      connection.keepStatements?.(KEPT_STATEMENTS);
      return connection;
    }, limits);
  }

  /** Opens the file read only, and closes every way out of it. Throws codes `database` and `lock`. */
  static async open(file: BuildFile, options: ReaderOptions): Promise<BuildReader> {
    const { openDuckDB } = await import('../../engine/duckdb/index.js');
    const engine = await openDuckDB({
      path: file.path,
      readOnly: true,
      catalog: options.catalog,
      ...(options.threads === undefined ? {} : { threads: options.threads }),
      ...(options.memoryLimit === undefined ? {} : { memoryLimit: options.memoryLimit }),
    });
    try {
      const connection = await engine.connect();
      await connection.run('set enable_external_access = false; set lock_configuration = true');
      await connection.release();
      return new BuildReader(file, engine, options);
    } catch (error) {
      await engine.close();
      throw error;
    }
  }

  get load(): { readonly running: number; readonly waiting: number } {
    return this.pool.load;
  }

  /** Asks on a connection of its own, within the limits. */
  read<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    return this.pool.run(work);
  }

  query(sql: string, params?: Parameters<Connection['query']>[1]): Promise<ResultSet> {
    return this.read((connection) => connection.query(sql, params));
  }

  /** Cancels what still runs and lets go of the file. */
  close(): Promise<void> {
    return this.engine.close();
  }
}
