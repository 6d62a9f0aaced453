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
  /** False once the file of the build was taken away, or is another one. Default: always true. */
  isThere?(): boolean;
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

  /** Whether what was opened still lies where it was. */
  isThere(): boolean {
    return this.opened.isThere?.() ?? true;
  }

  /** Whether the build has one of these tables. Reads a row of it, to see that it can be read. */
  hasOneOf(names: readonly string[]): Promise<boolean> {
    return this.read(async (connection) => {
      const there = await connection.listRelations(this.tables);
      const found = there.find(({ name }) => names.includes(name.toLowerCase()));
      if (found === undefined) return false;
      const relation = { ...this.tables, identifier: found.name };
      await connection.query(
        `select 1 from ${this.opened.engine.dialect.renderRelation(relation)} limit 1`,
      );
      return true;
    });
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
