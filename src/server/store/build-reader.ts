/** One published build, open for reading. */
import type { Connection, Engine, ResultSet } from '../../engine/engine.js';
import type { Tables } from '../../metrics/answer.js';
import { ConnectionPool, type PoolLimits } from './connection-pool.js';

export interface BuildFacts {
  /** Id of the build; of a file that no build made, a text made of its inode and time. */
  readonly id: string;
  /** `2025-06-30`; null where the build does not say. */
  readonly asOf: string | null;
  /** ISO 8601 in UTC; null where it is not known. */
  readonly publishedAt: string | null;
}

export interface OpenedBuild {
  readonly engine: Engine;
  /** Where the tables of the build are. */
  readonly tables: Tables;
  readonly limits: PoolLimits;
  /** Lets go of what was opened for this build alone. */
  close(): Promise<void>;
}

/** Queries of a connection that stay prepared: more than there are questions. */
const KEPT_STATEMENTS = 32;

export class BuildReader {
  readonly facts: BuildFacts;
  readonly tables: Tables;
  private readonly opened: OpenedBuild;
  private readonly pool: ConnectionPool;

  constructor(facts: BuildFacts, opened: OpenedBuild) {
    this.facts = facts;
    this.tables = opened.tables;
    this.opened = opened;
    this.pool = new ConnectionPool(async () => {
      const connection = await opened.engine.connect();
      connection.keepStatements?.(KEPT_STATEMENTS);
      return connection;
    }, opened.limits);
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

  /** Cancels what still runs and lets go of the build. */
  async close(): Promise<void> {
    await this.pool.close();
    await this.opened.close();
  }
}
