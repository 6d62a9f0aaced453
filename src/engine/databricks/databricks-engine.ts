import type { Connection, Engine, Reader } from '../engine.js';
import { TechstoreError } from '../../errors.js';
import { capabilities } from './capabilities.js';
import { DatabricksConnection, type ConnectionKind } from './databricks-connection.js';
import { dialect } from './dialect.js';
import { toDatabaseError, type ErrorContext } from './errors.js';
import type { DatabricksOptions } from './options.js';
import { Sessions } from './sessions.js';
import { Warehouse } from './warehouse.js';

/** A SQL warehouse. */
export class DatabricksEngine implements Engine {
  readonly type = 'databricks';
  readonly capabilities = capabilities;
  readonly dialect = dialect;
  readonly database: string;
  private readonly warehouse: Warehouse;
  private readonly sessions: Sessions;
  private readonly errors: ErrorContext;
  private readonly connections = new Set<DatabricksConnection>();
  private closing: Promise<void> | undefined;

  constructor(warehouse: Warehouse, errors: ErrorContext) {
    this.warehouse = warehouse;
    this.sessions = new Sessions(warehouse);
    this.errors = errors;
    this.database = warehouse.options.database;
  }

  /** The session is opened by the first statement. */
  async connect(): Promise<Connection> {
    return this.open({});
  }

  /** A SELECT changes nothing on a warehouse, and everything else is refused here. */
  async connectReader(schema: string): Promise<Reader> {
    return this.open({ schema, onlyReads: true });
  }

  private open(kind: ConnectionKind): DatabricksConnection {
    const onRelease = (): void => void this.connections.delete(connection);
    const { warehouse, sessions, errors } = this;
    const connection = new DatabricksConnection(warehouse, sessions, errors, onRelease, kind);
    this.connections.add(connection);
    return connection;
  }

  interruptAll(): void {
    for (const connection of this.connections) connection.interruptForGood();
  }

  close(): Promise<void> {
    this.closing ??= (async () => {
      await Promise.all([...this.connections].map((connection) => connection.release()));
      await this.sessions.closeAll();
      await this.warehouse.close();
    })();
    return this.closing;
  }
}

/**
 * A warehouse, reached over TLS with a checked certificate. Nothing is sent before the
 * first statement, which then waits for a warehouse that has to start.
 *
 * Errors of statements: `DatabaseError` with kind `permission` (token, rights), `io` (host,
 * certificate, lost connection, a warehouse that does not start), or by Spark's error class.
 *
 *     const engine = await openDatabricks({ host, httpPath, auth: { kind: 'token', token }, database: 'workspace' });
 *     const connection = await engine.connect();
 *     await connection.query('SELECT count(*) FROM workspace.gold.gold_sales_analytics');
 *     await engine.close();
 */
export async function openDatabricks(options: DatabricksOptions): Promise<DatabricksEngine> {
  const { host, httpPath, auth } = options;
  if (!URL.canParse(`https://${host}`) || new URL(`https://${host}`).host !== host.toLowerCase()) {
    throw new TechstoreError('profile', `'${host}' is not a host name`, {
      hint: 'Copy the host from the workspace, without https:// and without a path.',
    });
  }
  const secret = auth.kind === 'token' ? auth.token : auth.clientSecret;
  const errors: ErrorContext = {
    host,
    httpPath,
    redact: (text) => (secret === '' ? text : text.replaceAll(secret, '*****')),
  };
  try {
    return new DatabricksEngine(await Warehouse.connect(options), errors);
  } catch (error) {
    throw toDatabaseError(error, errors);
  }
}
