/** Calls to one warehouse through the driver, each tried again where that is safe. */
import { DBSQLClient, thrift } from '@databricks/sql';
import type { TStatus } from '@databricks/sql/thrift/TCLIService_types.js';
import { abortable } from './abortable.js';
import { failedCall, FailedCall, failureOfServer } from './failure.js';
import type { DatabricksOptions } from './options.js';
import { defaultLimits, withRetries, type RetryLimits } from './retry.js';

export const { TCLIService_types: types } = thrift;

type Driver = Awaited<ReturnType<DBSQLClient['getDriver']>>;
type Method = keyof Driver;
type Request<M extends Method> = Parameters<Driver[M]>[0];
type Answer<M extends Method> = Awaited<ReturnType<Driver[M]>>;

/** Calls that end in the same state, and with the same answer, however often they are sent. */
const REPEATABLE: ReadonlySet<Method> = new Set<Method>([
  // At worst one session too many, which the server closes after a while.
  'openSession',
  'getOperationStatus',
  'getResultSetMetadata',
  'cancelOperation',
  'closeOperation',
  'closeSession',
]);

/** All retrying is in `retry.ts`: the driver's own has no jitter, and reads Retry-After as milliseconds. */
const noRetries = {
  shouldRetry: () => Promise.resolve({ shouldRetry: false } as const),
  invokeWithRetry: <T>(operation: () => Promise<T>): Promise<T> => operation(),
};

export class Warehouse {
  readonly limits: RetryLimits;
  readonly options: DatabricksOptions;
  private readonly client: DBSQLClient;
  private readonly driver: Driver;

  private constructor(options: DatabricksOptions, client: DBSQLClient, driver: Driver) {
    this.options = options;
    this.limits = { ...defaultLimits, ...options.limits };
    this.client = client;
    this.driver = driver;
  }

  /** Sends nothing yet. */
  static async connect(options: DatabricksOptions): Promise<Warehouse> {
    // The driver's log would go to the terminal, and may hold what it sends.
    const client = new DBSQLClient({ logger: { log: () => undefined } });
    // Without a listener a broken connection would end the process; the call that broke tells it.
    client.on('error', () => undefined);
    const { hostname, port } = new URL(`https://${options.host}`);
    await client.connect({
      host: hostname,
      ...(port === '' ? {} : { port: Number(port) }),
      path: options.httpPath,
      ...(options.auth.kind === 'token'
        ? { token: options.auth.token }
        : {
            authType: 'databricks-oauth',
            oauthClientId: options.auth.clientId,
            oauthClientSecret: options.auth.clientSecret,
          }),
      checkServerCertificate: true,
      ...(options.caCert === undefined ? {} : { customCaCert: options.caCert }),
      telemetryEnabled: false,
      userAgentEntry: 'techstore',
      socketTimeout: options.answerMs ?? 180_000,
    });
    const provider = await client.getConnectionProvider();
    provider.getRetryPolicy = () => Promise.resolve(noRetries);
    return new Warehouse(options, client, await client.getDriver());
  }

  /** One call. Throws `FailedCall`, or code `interrupted`. */
  async call<M extends Method>(
    method: M,
    request: Request<M>,
    signal: AbortSignal,
  ): Promise<Answer<M>> {
    return withRetries(() => abortable(this.once(method, request), signal), {
      limits: this.limits,
      signal,
      onNotice: this.options.onNotice,
      mayRepeat: ({ failure }) => failure.kind === 'lost' && REPEATABLE.has(method),
    });
  }

  private async once<M extends Method>(method: M, request: Request<M>): Promise<Answer<M>> {
    const send = this.driver[method].bind(this.driver) as (r: Request<M>) => Promise<Answer<M>>;
    let answer: Answer<M>;
    try {
      answer = await send(request);
    } catch (error) {
      throw failedCall(error);
    }
    checkStatus(answer.status);
    return answer;
  }

  async close(): Promise<void> {
    const provider = await this.client.getConnectionProvider();
    const agent = await provider.getAgent();
    await this.client.close();
    agent?.destroy();
  }
}

/** Throws `FailedCall` for a status that is an error. */
export function checkStatus(status: TStatus): void {
  const {
    SUCCESS_STATUS,
    SUCCESS_WITH_INFO_STATUS,
    STILL_EXECUTING_STATUS,
    INVALID_HANDLE_STATUS,
  } = types.TStatusCode;
  const { statusCode } = status;
  if (
    statusCode === SUCCESS_STATUS ||
    statusCode === SUCCESS_WITH_INFO_STATUS ||
    statusCode === STILL_EXECUTING_STATUS
  ) {
    return;
  }
  const message = status.errorMessage ?? status.displayMessage ?? 'The server gave no reason.';
  throw new FailedCall(message, failureOfServer(message, statusCode === INVALID_HANDLE_STATUS), {
    detail: [message, ...(status.infoMessages ?? [])].join('\n'),
    sqlState: status.sqlState,
  });
}
