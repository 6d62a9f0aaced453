/** The checks of `debug` for a SQL warehouse, each a line: from the name of the host to the rights. */
import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { connect, rootCertificates } from 'node:tls';
import { TechstoreError } from '../../errors.js';
import { DatabaseError } from '../../engine/database-error.js';
import type { Connection } from '../../engine/engine.js';
import { dialect } from '../../engine/databricks/dialect.js';
import type { DatabricksTarget } from '../../project/index.js';
import { readRegularFile } from '../../regular-file.js';
import type { Check } from '../store-kind.js';
import { openWarehouse } from './open-warehouse.js';

const CONNECT_MS = 10_000;

/** What the answer of one check is needed for is not checked without it. */
export async function checkWarehouse(
  target: DatabricksTarget,
  check: Check,
  onNotice: (message: string) => void,
): Promise<void> {
  const { hostname, port } = new URL(`https://${target.host}`);
  if (!(await check('host', () => addressOf(hostname)))) return;
  if (!(await check('tls', () => certificateOf(hostname, Number(port || 443), target)))) return;
  const engine = await openWarehouse(target, { onNotice });
  try {
    const connection = await engine.connect();
    const reached = await check('warehouse', async () => {
      const started = performance.now();
      const { rows } = await connection.query('SELECT current_user()');
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      return `${target.httpPath} answers as ${rows[0]?.[0] as string} after ${seconds} s`;
    });
    if (!reached) return;
    if (!(await check('catalog', () => catalogOf(connection, target)))) return;
    await check('schema', () => schemaOf(connection, target));
    await check('rights', () => rightsOf(connection, target));
  } finally {
    await engine.close();
  }
}

async function addressOf(host: string): Promise<string> {
  try {
    const { address } = await lookup(host);
    return `${host} has the address ${address}`;
  } catch (cause) {
    throw new TechstoreError('profile', `The host ${host} does not exist`, {
      hint: "Check host in profiles.yml. The warehouse's page shows it as Server hostname.",
      cause,
    });
  }
}

function certificateOf(host: string, port: number, { caFile }: DatabricksTarget): Promise<string> {
  const ca =
    caFile === null ? undefined : [...rootCertificates, readRegularFile(caFile).toString('utf8')];
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, servername: host, ...(ca === undefined ? {} : { ca }) });
    const fail = (message: string, hint: string): void => {
      socket.destroy();
      reject(new TechstoreError('profile', message, { hint }));
    };
    socket.setTimeout(CONNECT_MS, () => {
      fail(`${host}:${port} does not respond`, 'Check the host and the network access to it.');
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const refused = error.code === 'ECONNREFUSED' || error.code === 'ECONNRESET';
      fail(
        refused
          ? `${host}:${port} cannot be reached: ${error.message}`
          : `The certificate of ${host} cannot be verified: ${error.message}`,
        refused
          ? 'Check the host and the network access to it.'
          : 'For a private certificate authority, set ca_file in the profile to its file.',
      );
    });
    socket.once('secureConnect', () => {
      const text = `${socket.getProtocol() ?? 'TLS'}, certificate of ${host} is valid until ${socket.getPeerCertificate().valid_to}`;
      socket.end();
      resolve(text);
    });
  });
}

async function catalogOf(connection: Connection, { database }: DatabricksTarget): Promise<string> {
  try {
    const { rows } = await connection.query(`SHOW SCHEMAS IN ${dialect.quoteIdentifier(database)}`);
    return `${database}, ${rows.length} visible schema${rows.length === 1 ? '' : 's'}`;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    throw new TechstoreError(
      'profile',
      `The catalog ${database} cannot be used: ${error.message}`,
      {
        hint: 'Check catalog in profiles.yml, or grant USE CATALOG on it.',
        cause: error,
      },
    );
  }
}

async function schemaOf(
  connection: Connection,
  { database, schema }: DatabricksTarget,
): Promise<string> {
  const { rows } = await connection.query(`SHOW SCHEMAS IN ${dialect.quoteIdentifier(database)}`);
  const there = rows.some(([name]) => (name as string).toLowerCase() === schema.toLowerCase());
  if (!there) return `${schema} does not exist yet; the first build creates it`;
  const relations = await connection.listRelations({ database, schema });
  return `${schema}, ${relations.length} tables and views`;
}

/** What a build does, on a small scale, and without a trace. */
async function rightsOf(connection: Connection, target: DatabricksTarget): Promise<string> {
  const { database } = target;
  const schema = `${target.schema}__debug_${randomBytes(4).toString('hex')}`;
  const name = `${dialect.quoteIdentifier(database)}.${dialect.quoteIdentifier(schema)}`;
  try {
    await connection.run(`CREATE SCHEMA ${name}`);
  } catch (error) {
    throw rightMissing(
      error,
      'create a schema',
      `GRANT USE CATALOG, CREATE SCHEMA ON CATALOG ${database}`,
    );
  }
  try {
    await connection.run(
      `CREATE TABLE ${name}.t USING DELTA AS SELECT 1 AS a;\nCREATE VIEW ${name}.v AS SELECT * FROM ${name}.t`,
    );
  } catch (error) {
    throw rightMissing(
      error,
      'create tables in its own schema',
      'Ask the administrator of the catalog.',
    );
  } finally {
    await connection.run(`DROP SCHEMA IF EXISTS ${name} CASCADE`);
  }
  return 'schemas, Delta tables and views can be created';
}

function rightMissing(error: unknown, what: string, hint: string): unknown {
  if (!(error instanceof DatabaseError)) return error;
  return new TechstoreError('database', `No permission to ${what}: ${error.message}`, {
    hint,
    cause: error,
  });
}
