import type { Connection, Engine, Reader } from '../engine.js';
import { capabilities } from './capabilities.js';
import { dialect } from './dialect.js';
import { DuckDBConnectionOfEngine } from './duckdb-connection.js';
import { toDatabaseError } from './errors.js';
import { allowFilesOfViews } from './files-of-views.js';
import { openHost, type Attachment, type DuckDBOptions, type Host } from './host.js';
import { oneAtATime } from './registry.js';

const LOCK_DOWN = 'SET enable_external_access = false; SET lock_configuration = true';

/** An open DuckDB database. What it adds to `Engine` only files can do. */
export class DuckDBEngine implements Engine {
  readonly type = 'duckdb';
  readonly capabilities = capabilities;
  readonly dialect = dialect;
  readonly database: string;
  private readonly host: Host;
  private readonly connections = new Set<DuckDBConnectionOfEngine>();
  private locked: Promise<unknown> | undefined;
  private closing: Promise<void> | undefined;

  constructor(host: Host) {
    this.host = host;
    this.database = host.catalog;
  }

  connect(): Promise<Connection> {
    return this.open();
  }

  private async open(): Promise<DuckDBConnectionOfEngine> {
    try {
      const driver = await this.host.connect();
      const connection = new DuckDBConnectionOfEngine(driver, () => {
        this.connections.delete(connection);
      });
      this.connections.add(connection);
      return connection;
    } catch (error) {
      throw toDatabaseError(error);
    }
  }

  async connectReader(schema: string): Promise<Reader> {
    const connection = await this.open();
    const path = [this.database, schema].map((name) => dialect.quoteIdentifier(name)).join('.');
    await connection.run(`USE ${path}`);
    this.locked ??= this.lockDown(connection);
    await this.locked;
    await connection.readOnlyFromHere();
    return connection;
  }

  private async lockDown(connection: Connection): Promise<void> {
    const allowed = await allowFilesOfViews(connection, this.host.searchPath);
    if (allowed !== null) await connection.run(allowed);
    await connection.run(LOCK_DOWN);
  }

  /**
   * Makes another database file readable (or writable) under a catalog's name, for
   * all connections. Throws `DatabaseLockedError` when another process writes to it.
   */
  attach(file: Attachment): Promise<void> {
    return oneAtATime(() => this.host.attach(file));
  }

  detach(catalog: string): Promise<void> {
    return oneAtATime(() => this.host.detach(catalog));
  }

  /** Writes everything into the file itself. No transaction may be open. */
  checkpoint(): Promise<void> {
    return this.host.checkpoint();
  }

  interruptAll(): void {
    for (const connection of this.connections) connection.interruptForGood();
  }

  /** Cancels what runs and releases every connection; the database stays open. */
  async releaseAll(): Promise<void> {
    await Promise.all([...this.connections].map((connection) => connection.release()));
  }

  close(): Promise<void> {
    this.closing ??= (async () => {
      await this.releaseAll();
      await oneAtATime(() => this.host.close());
    })();
    return this.closing;
  }
}

/**
 * Opens (or makes) a database file, or one in memory.
 *
 * Errors: `DatabaseLockedError` (code `lock`) when another process has it open in a
 * way that excludes this one; `DatabaseError` with kind `not-a-database`,
 * `newer-storage`, `corrupt`, `permission`, `disk-full` or `io`.
 *
 *     const engine = await openDuckDB({ path: 'techstore.duckdb', readOnly: true });
 *     const connection = await engine.connect();
 *     await connection.query('SELECT count(*) FROM gold.gold_sales_analytics');
 *     await engine.close();
 */
export async function openDuckDB(options: DuckDBOptions): Promise<DuckDBEngine> {
  return new DuckDBEngine(await openHost(options));
}
