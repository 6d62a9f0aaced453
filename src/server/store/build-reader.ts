/** One published build, open for reading. */
import type { BuildFacts, ReadableBuild } from '../../builds/index.js';
import type { Connection, ResultSet } from '../../engine/engine.js';
import type { Tables } from '../../metrics/answer.js';
import { ConnectionPool, type PoolLimits } from './connection-pool.js';

type Opened = Awaited<ReturnType<ReadableBuild['open']>>;

/** Queries of a connection that stay prepared: more than there are questions. */
const KEPT_STATEMENTS = 32;

export class BuildReader {
  readonly facts: BuildFacts;
  readonly tables: Tables;
  private readonly opened: Opened;
  private readonly pool: ConnectionPool;

  private constructor(facts: BuildFacts, opened: Opened, limits: PoolLimits) {
    const { engine, schema } = opened;
    this.facts = facts;
    this.tables = { engine: engine.type, database: engine.database, schema };
    this.opened = opened;
    this.pool = new ConnectionPool(async () => {
      const connection = await engine.connect();
      connection.keepStatements?.(KEPT_STATEMENTS);
      return connection;
    }, limits);
  }

  static async open(build: ReadableBuild, limits: PoolLimits): Promise<BuildReader> {
    const { id, asOf, publishedAt } = build;
    return new BuildReader({ id, asOf, publishedAt }, await build.open(), limits);
  }

  get load(): { readonly running: number; readonly waiting: number } {
    return this.pool.load;
  }

  /** Whether what was opened still lies where it was. */
  isThere(): boolean {
    return this.opened.isThere();
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
