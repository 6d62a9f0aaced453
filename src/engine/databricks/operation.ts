/** One statement on the server: from its first answer to its last row. */
import type {
  TExecuteStatementResp,
  TFetchResultsResp,
  TGetOperationStatusResp,
  TGetResultSetMetadataResp,
  TOperationHandle,
} from '@databricks/sql/thrift/TCLIService_types.js';
import type { ColumnInfo, Row } from '../engine.js';
import { rowsOfArrow, sqlNames } from './arrow-sets.js';
import { rowsOfColumnSet } from './column-sets.js';
import { FailedCall, failureOfServer } from './failure.js';
import { interrupted } from '../interrupted.js';
import { sleep } from './retry.js';
import { int64 } from './sessions.js';
import { columnOfDesc } from './types.js';
import { types, type Warehouse } from './warehouse.js';

/** Rows of one fetch. */
export const FETCH_ROWS = 10_000;

export class Operation {
  private readonly warehouse: Warehouse;
  private readonly handle: TOperationHandle;
  private readonly signal: AbortSignal;
  private status: TGetOperationStatusResp | undefined;
  private metadata: TGetResultSetMetadataResp | undefined;
  private prefetched: TFetchResultsResp | undefined;
  private closed: boolean;

  constructor(warehouse: Warehouse, answer: TExecuteStatementResp, signal: AbortSignal) {
    if (answer.operationHandle === undefined) throw new Error('no operation');
    this.warehouse = warehouse;
    this.handle = answer.operationHandle;
    this.signal = signal;
    const { directResults } = answer;
    this.status = directResults?.operationStatus ?? undefined;
    this.metadata = directResults?.resultSetMetadata ?? undefined;
    this.prefetched = directResults?.resultSet ?? undefined;
    this.closed = Boolean(directResults?.closeOperation);
  }

  /** Waits until the statement is done. Throws what it failed with. */
  async finished(): Promise<void> {
    const { TOperationState: states } = types;
    for (let wait = 20; ; wait = Math.min(wait * 1.5, 1000)) {
      const { status } = this;
      switch (status?.operationState) {
        case states.FINISHED_STATE:
          if (typeof status.hasResultSet === 'boolean') {
            this.handle.hasResultSet = status.hasResultSet;
          }
          return;
        case states.CANCELED_STATE:
          throw interrupted();
        case states.ERROR_STATE:
        case states.CLOSED_STATE:
        case states.TIMEDOUT_STATE:
        case states.UKNOWN_STATE:
          throw failedStatement(status);
        default:
          if (status !== undefined) await sleep(wait, this.signal);
          this.status = await this.warehouse.call(
            'getOperationStatus',
            { operationHandle: this.handle },
            this.signal,
          );
      }
    }
  }

  /** Rows that the statement changed, where the server says it. */
  get rowsModified(): number | null {
    const rows = this.status?.numModifiedRows as { toNumber?(): number } | null | undefined;
    return rows?.toNumber?.() ?? null;
  }

  async columns(): Promise<ColumnInfo[]> {
    if (!this.handle.hasResultSet) return [];
    this.metadata ??= await this.warehouse.call(
      'getResultSetMetadata',
      { operationHandle: this.handle },
      this.signal,
    );
    const { schema, arrowSchema } = this.metadata;
    const names = arrowSchema ? sqlNames(arrowSchema) : [];
    return [...(schema?.columns ?? [])]
      .sort((a, b) => a.position - b.position)
      .map((desc, i) => columnOfDesc(desc, names[i]));
  }

  /** The rows in order, a fetch at a time; closes the operation at its end. */
  async *batches(columns: readonly ColumnInfo[]): AsyncGenerator<Row[]> {
    try {
      if (columns.length === 0) return;
      for (let first = true; ; first = false) {
        const answer = this.prefetched ?? (await this.fetch(first));
        const wasPrefetched = this.prefetched !== undefined;
        this.prefetched = undefined;
        const rows = this.rowsOf(answer, columns);
        if (rows.length > 0) yield rows;
        if (this.isLast(answer, rows.length, wasPrefetched)) return;
      }
    } finally {
      await this.close();
    }
  }

  private isLast(answer: TFetchResultsResp, rows: number, wasPrefetched: boolean): boolean {
    if (this.closed) return true;
    if (answer.hasMoreRows === true) return false;
    // Some servers say no as long as there may be more: an empty answer is the end then.
    return rows === 0 || wasPrefetched || answer.results?.arrowBatches != null;
  }

  private async fetch(first: boolean): Promise<TFetchResultsResp> {
    const { FETCH_FIRST, FETCH_NEXT } = types.TFetchOrientation;
    return this.warehouse.call(
      'fetchResults',
      new types.TFetchResultsReq({
        operationHandle: this.handle,
        orientation: first ? FETCH_FIRST : FETCH_NEXT,
        maxRows: int64(FETCH_ROWS),
        fetchType: 0,
      }),
      this.signal,
    );
  }

  private rowsOf(answer: TFetchResultsResp, columns: readonly ColumnInfo[]): Row[] {
    const { ARROW_BASED_SET, COLUMN_BASED_SET } = types.TSparkRowSetType;
    const format = this.metadata?.resultFormat;
    const { results } = answer;
    if (!results) return [];
    if (format === ARROW_BASED_SET) {
      const schema = this.metadata?.arrowSchema ?? Buffer.alloc(0);
      const batches = (results.arrowBatches ?? []).map(({ batch }) => batch);
      return batches.length === 0 ? [] : rowsOfArrow(columns, schema, batches);
    }
    if (format === COLUMN_BASED_SET) return rowsOfColumnSet(columns, results.columns ?? []);
    throw new FailedCall(`The server responded in a format that was not requested: ${format}`, {
      kind: 'other',
    });
  }

  /** Ends it on the server, also while it runs. */
  async cancel(): Promise<void> {
    await this.warehouse
      .call('cancelOperation', { operationHandle: this.handle }, AbortSignal.timeout(10_000))
      .catch(() => undefined);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.warehouse
      .call('closeOperation', { operationHandle: this.handle }, AbortSignal.timeout(10_000))
      .catch(() => undefined);
  }
}

function failedStatement(status: TGetOperationStatusResp): FailedCall {
  const message =
    status.displayMessage ?? status.errorMessage ?? 'The statement failed without a reason.';
  return new FailedCall(message, failureOfServer(message, false), {
    detail: status.errorMessage ?? status.diagnosticInfo ?? message,
    sqlState: status.sqlState,
  });
}
