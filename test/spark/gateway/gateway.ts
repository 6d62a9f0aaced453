/**
 * The part of a SQL warehouse that open-source Spark lacks: TLS, tokens, and Databricks' additions
 * to Hive's protocol. Everything else passes through as it is. Faults are injected here.
 */
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { FaultScript, type Fault } from './faults.js';
import { Recording, type RecordedStatement } from './recording.js';
import { executeStatement, fetchResults, openSession, resultSetMetadata } from './translate.js';
import { upstream, classOf, type Upstream } from './upstream.js';
import { decode, encodeReply, headOf, type Head } from './wire.js';
import type { ExecuteStatementReq, SessionHandle } from './shapes.js';

export const warehousePath = '/sql/1.0/warehouses/stand-in';

export interface GatewayOptions {
  readonly sparkPort: number;
  /** Key and certificate, as Node's TLS takes them. */
  readonly pfx: Buffer;
  readonly passphrase: string;
  /** Tokens that are let in. Can be changed while it runs: a token expires. */
  readonly tokens: Set<string>;
  /** How results are answered where the driver reads both. Default `arrow`, as warehouses do. */
  readonly results?: 'arrow' | 'columns';
  /** How long ExecuteStatement waits for the result, in ms; default 5000; 0: never, the driver has to poll. */
  readonly directResultsMs?: number;
}

export interface GatewaySettings {
  results: 'arrow' | 'columns';
  directResultsMs: number;
}

export interface Gateway {
  readonly port: number;
  readonly recording: Recording;
  readonly faults: FaultScript;
  readonly settings: GatewaySettings;
  readonly spark: Upstream;
  close(): Promise<void>;
}

export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const spark = upstream(options.sparkPort);
  const recording = new Recording();
  const faults = new FaultScript();
  const settings: GatewaySettings = {
    results: options.results ?? 'arrow',
    directResultsMs: options.directResultsMs ?? 5000,
  };
  const context = { spark, recording, faults, settings, tokens: options.tokens };
  const server = createServer(
    { pfx: options.pfx, passphrase: options.passphrase },
    (request, answer) => {
      handle(request, answer, context).catch((error: unknown) => {
        recording.errors.push(
          error instanceof Error ? (error.stack ?? error.message) : String(error),
        );
        if (!answer.headersSent) answer.writeHead(502);
        answer.end(String(error));
      });
    },
  );
  const sockets = new Set<Socket>();
  server.on('secureConnection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    recording,
    faults,
    settings,
    spark,
    close: () => closeAll(server, sockets, spark),
  };
}

async function closeAll(server: Server, sockets: Set<Socket>, spark: Upstream): Promise<void> {
  const closed = new Promise((done) => server.close(done));
  for (const socket of sockets) socket.destroy();
  await closed;
  spark.close();
}

interface Context {
  readonly spark: Upstream;
  readonly recording: Recording;
  readonly faults: FaultScript;
  readonly settings: GatewaySettings;
  readonly tokens: Set<string>;
}

async function handle(
  request: IncomingMessage,
  answer: ServerResponse,
  context: Context,
): Promise<void> {
  const { recording, tokens } = context;
  const path = (request.url ?? '').replace(/\?.*$/, '');
  recording.userAgents.add(request.headers['user-agent'] ?? '');
  if (path !== warehousePath) {
    recording.strangePaths.push(path);
    answer.writeHead(404).end();
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const head = headOf(body);
  recording.calls.push(head.method);
  if (!tokens.has((request.headers.authorization ?? '').replace(/^Bearer /, ''))) {
    answer.writeHead(401, { 'content-length': 0 }).end();
    return;
  }
  const statement =
    head.method === 'ExecuteStatement'
      ? decode(body, classOf<ExecuteStatementReq>('TExecuteStatementReq'))
      : null;
  const recorded = statement && record(statement, recording);
  const fault = context.faults.take(head.method, statement?.statement ?? null);
  if (fault !== null && (await before(fault, head, body, request, answer, context))) return;
  if (recorded) recorded.taken = true;
  const bytes = await translated(head, body, context);
  if (fault?.kind === 'reset-after') {
    request.socket.destroy();
    return;
  }
  answer.writeHead(200, { 'content-type': 'application/x-thrift', 'content-length': bytes.length });
  answer.end(bytes);
}

function record(statement: ExecuteStatementReq, recording: Recording): RecordedStatement {
  const recorded: RecordedStatement = {
    sql: statement.statement,
    parameters: statement.parameters ?? [],
    tags: statement.confOverlay?.['query_tags'] ?? null,
    session: statement.sessionHandle.sessionId.guid.toString('hex'),
    taken: false,
  };
  recording.statements.push(recorded);
  return recorded;
}

/** What a fault does before Spark is asked; true when it has answered the call. */
async function before(
  fault: Fault,
  head: Head,
  body: Buffer,
  request: IncomingMessage,
  answer: ServerResponse,
  { spark }: Context,
): Promise<boolean> {
  switch (fault.kind) {
    case 'http':
      answer
        .writeHead(fault.status, {
          'content-length': 0,
          ...(fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter }),
        })
        .end();
      return true;
    case 'reset-before':
      request.socket.destroy();
      return true;
    case 'slow':
      await new Promise((done) => setTimeout(done, fault.milliseconds));
      return false;
    case 'held':
      await new Promise((done) => setTimeout(done, fault.milliseconds));
      return request.socket.destroyed;
    case 'session-lost': {
      const { sessionHandle } = decode(
        body,
        classOf<{ sessionHandle: SessionHandle }>(`T${head.method}Req`),
      );
      await spark.call('CloseSession', { sessionHandle });
      return false;
    }
    case 'statement-fails': {
      const Resp = classOf('TExecuteStatementResp');
      const bytes = encodeReply(
        head,
        new Resp({ status: { statusCode: 3, errorMessage: fault.message } }),
      );
      answer.writeHead(200, { 'content-length': bytes.length }).end(bytes);
      return true;
    }
    case 'reset-after':
      return false;
  }
}

function translated(
  head: Head,
  body: Buffer,
  { spark, settings, recording }: Context,
): Promise<Buffer> {
  switch (head.method) {
    case 'OpenSession':
      return openSession(head, body, spark, recording);
    case 'ExecuteStatement':
      return executeStatement(head, body, spark, settings);
    case 'GetResultSetMetadata':
      return resultSetMetadata(head, body, spark, settings);
    case 'FetchResults':
      return fetchResults(head, body, spark, settings);
    default:
      return spark.forward(body);
  }
}
