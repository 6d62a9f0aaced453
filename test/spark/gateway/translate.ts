/** The four calls in which Databricks' protocol and open-source Spark's differ. */
import { arrowSchemaAndBatch } from './arrow-sets.js';
import { withParameters } from './parameters.js';
import type { GatewaySettings } from './gateway.js';
import type { Recording } from './recording.js';
import type {
  ExecuteStatementReq,
  ExecuteStatementResp,
  FetchResultsReq,
  FetchResultsResp,
  OpenSessionReq,
  OperationHandle,
  OperationStatus,
  ResultSetMetadata,
} from './shapes.js';
import { classOf, type Upstream } from './upstream.js';
import { decode, encodeReply, type Head } from './wire.js';

const hiveV10 = 9;
const sparkV8 = 42248;
const arrowBasedSet = 0;
const columnBasedSet = 1;

/** Operations whose results go out as Arrow, with their columns once they are known. */
const arrowOperations = new Map<string, ResultSetMetadata | null>();

const keyOf = (handle: OperationHandle): string => handle.operationId.guid.toString('hex');

// Databricks' names of what a session is set to.
const sessionSettings: Readonly<Record<string, string>> = {
  ANSI_MODE: 'spark.sql.ansi.enabled',
  TIMEZONE: 'spark.sql.session.timeZone',
};

export async function openSession(
  head: Head,
  body: Buffer,
  spark: Upstream,
  recording: Recording,
): Promise<Buffer> {
  const request = decode(body, classOf<OpenSessionReq>('TOpenSessionReq'));
  const given = request.configuration ?? {};
  recording.sessions.push(given);
  const configuration: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const setting = sessionSettings[name];
    if (setting !== undefined) configuration[`set:hiveconf:${setting}`] = value;
  }
  const schema = request.initialNamespace?.schemaName;
  if (schema) configuration['use:database'] = schema;
  const answer = await spark.call<{ serverProtocolVersion: number }>('OpenSession', {
    client_protocol: hiveV10,
    username: 'gateway',
    password: 'gateway',
    configuration,
  });
  answer.serverProtocolVersion = sparkV8;
  return encodeReply(head, answer as never);
}

export async function executeStatement(
  head: Head,
  body: Buffer,
  spark: Upstream,
  settings: GatewaySettings,
): Promise<Buffer> {
  const request = decode(body, classOf<ExecuteStatementReq>('TExecuteStatementReq'));
  const answer = await spark.call<ExecuteStatementResp>('ExecuteStatement', {
    sessionHandle: request.sessionHandle,
    statement: withParameters(request.statement, request.parameters ?? []),
    runAsync: true,
  });
  const handle = answer.operationHandle;
  if (handle !== null) {
    if (settings.results === 'arrow' && request.canReadArrowResult === true) {
      arrowOperations.set(keyOf(handle), null);
    }
    const { getDirectResults } = request;
    if (getDirectResults && settings.directResultsMs > 0) {
      answer.directResults = await directResults(handle, getDirectResults.maxRows, spark, settings);
    }
  }
  return encodeReply(head, answer as never);
}

/** What a warehouse puts into the first answer of a statement that is done soon. */
async function directResults(
  operationHandle: OperationHandle,
  maxRows: unknown,
  spark: Upstream,
  settings: GatewaySettings,
): Promise<object> {
  const Direct = classOf('TSparkDirectResults');
  const until = Date.now() + settings.directResultsMs;
  let operationStatus: OperationStatus;
  for (let wait = 5; ; wait = Math.min(wait * 2, 100)) {
    operationStatus = await spark.call<OperationStatus>('GetOperationStatus', { operationHandle });
    const running = [0, 1, 7].includes(operationStatus.operationState ?? 0);
    if (!running) break;
    if (Date.now() > until) return new Direct({ operationStatus });
    await new Promise((done) => setTimeout(done, wait));
  }
  const finished = operationStatus.operationState === 2;
  if (!finished || !operationHandle.hasResultSet) {
    const closeOperation = await spark.call('CloseOperation', { operationHandle });
    return new Direct({ operationStatus, closeOperation });
  }
  const resultSetMetadata = await metadataOf(operationHandle, spark, settings);
  const resultSet = await fetched(
    { operationHandle, maxRows } as FetchResultsReq,
    4,
    spark,
    settings,
  );
  if (resultSet.hasMoreRows === true) {
    return new Direct({ operationStatus, resultSetMetadata, resultSet });
  }
  const closeOperation = await spark.call('CloseOperation', { operationHandle });
  return new Direct({ operationStatus, resultSetMetadata, resultSet, closeOperation });
}

export async function resultSetMetadata(
  head: Head,
  body: Buffer,
  spark: Upstream,
  settings: GatewaySettings,
): Promise<Buffer> {
  const request = decode(
    body,
    classOf<{ operationHandle: OperationHandle }>('TGetResultSetMetadataReq'),
  );
  return encodeReply(head, (await metadataOf(request.operationHandle, spark, settings)) as never);
}

async function metadataOf(
  operationHandle: OperationHandle,
  spark: Upstream,
  settings: GatewaySettings,
): Promise<ResultSetMetadata> {
  const metadata = await spark.call<ResultSetMetadata>('GetResultSetMetadata', { operationHandle });
  const columns = metadata.schema?.columns ?? [];
  // Positions count from 1 in Databricks.
  const first = Math.min(...columns.map((column) => column.position));
  for (const column of columns) column.position += 1 - first;
  metadata.resultFormat = columnBasedSet;
  const key = keyOf(operationHandle);
  if (settings.results === 'arrow' && arrowOperations.has(key)) {
    arrowOperations.set(key, metadata);
    metadata.resultFormat = arrowBasedSet;
    metadata.arrowSchema = arrowSchemaAndBatch(columns, []).schema;
  }
  return metadata;
}

export async function fetchResults(
  head: Head,
  body: Buffer,
  spark: Upstream,
  settings: GatewaySettings,
): Promise<Buffer> {
  const request = decode(
    body,
    classOf<FetchResultsReq & { orientation: number }>('TFetchResultsReq'),
  );
  const answer = await fetched(request, request.orientation, spark, settings);
  return encodeReply(head, answer as never);
}

async function fetched(
  { operationHandle, maxRows }: FetchResultsReq,
  orientation: number,
  spark: Upstream,
  settings: GatewaySettings,
): Promise<FetchResultsResp> {
  const answer = await spark.call<FetchResultsResp>('FetchResults', {
    operationHandle,
    orientation,
    maxRows,
    fetchType: 0,
  });
  const { results } = answer;
  const columns = results?.columns ?? [];
  const rows = rowsOf(columns);
  // Spark always says no; a warehouse knows.
  answer.hasMoreRows = rows > 0 && rows >= maxRows.toNumber();
  const metadata = arrowOperations.get(keyOf(operationHandle));
  if (results && metadata && settings.results === 'arrow') {
    const { batch } = arrowSchemaAndBatch(metadata.schema?.columns ?? [], columns);
    const Batch = classOf('TSparkArrowBatch');
    const Int64 = maxRows.constructor as new (value: number) => unknown;
    results.arrowBatches = rows === 0 ? [] : [new Batch({ batch, rowCount: new Int64(rows) })];
    results.columns = null;
  }
  return answer;
}

function rowsOf(columns: readonly Readonly<Record<string, unknown>>[]): number {
  const first = Object.values(columns[0] ?? {}).find((part) => part !== null) as
    { values: unknown[] } | undefined;
  return first?.values.length ?? 0;
}
