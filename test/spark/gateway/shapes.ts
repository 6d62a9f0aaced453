/** The parts of Thrift's messages that the gateway looks into. */
import type { SparkParameter } from './parameters.js';

export interface Identifier {
  readonly guid: Buffer;
  readonly secret: Buffer;
}

export interface SessionHandle {
  readonly sessionId: Identifier;
}

export interface OperationHandle {
  readonly operationId: Identifier;
  readonly operationType: number;
  readonly hasResultSet: boolean;
}

export interface TStatus {
  readonly statusCode: number;
  readonly errorMessage?: string | null;
}

export interface OpenSessionReq {
  readonly configuration?: Record<string, string> | null;
  readonly initialNamespace?: { readonly schemaName?: string | null } | null;
}

export interface ExecuteStatementReq {
  readonly sessionHandle: SessionHandle;
  readonly statement: string;
  readonly confOverlay?: Record<string, string> | null;
  readonly getDirectResults?: { readonly maxRows: unknown } | null;
  readonly canReadArrowResult?: boolean | null;
  readonly parameters?: readonly SparkParameter[] | null;
}

export interface ExecuteStatementResp {
  status: TStatus;
  operationHandle: OperationHandle | null;
  directResults?: object | null;
}

export interface OperationStatus {
  readonly status: TStatus;
  readonly operationState: number | null;
  hasResultSet?: boolean | null;
}

export interface TColumnDesc {
  readonly columnName: string;
  position: number;
  readonly typeDesc: {
    readonly types: readonly {
      readonly primitiveEntry?: {
        readonly type: number;
        readonly typeQualifiers?: {
          readonly qualifiers: Record<string, { readonly i32Value?: number | null }>;
        } | null;
      } | null;
    }[];
  };
}

export interface ResultSetMetadata {
  readonly status: TStatus;
  readonly schema?: { readonly columns: TColumnDesc[] } | null;
  resultFormat?: number | null;
  arrowSchema?: Buffer | null;
}

export type TColumn = Readonly<Record<string, unknown>>;

export interface FetchResultsReq {
  readonly operationHandle: OperationHandle;
  readonly maxRows: { toNumber(): number };
}

export interface FetchResultsResp {
  readonly status: TStatus;
  hasMoreRows?: boolean | null;
  readonly results?: {
    columns?: TColumn[] | null;
    arrowBatches?: unknown[] | null;
  } | null;
}
