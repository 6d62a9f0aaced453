/** What went wrong between this program and the warehouse, in the terms that a retry has to know. */

export type Failure =
  /** The server did not take the call: it may be sent again whatever it does. */
  | {
      readonly kind: 'refused';
      readonly status: number | null;
      /** What Retry-After asks for, in ms. */
      readonly afterMs: number | null;
    }
  /** The connection broke: nobody knows whether the call was taken. */
  | { readonly kind: 'lost' }
  /** The session is gone; the statement was not run. */
  | { readonly kind: 'session' }
  /** A transaction of another statement came first; this one changed nothing. */
  | { readonly kind: 'conflict' }
  | { readonly kind: 'unauthorized'; readonly status: number }
  | { readonly kind: 'tls' }
  /** A statement or a call that the server answered with an error. */
  | { readonly kind: 'server' }
  | { readonly kind: 'other' };

/** Thrown inside of this folder only: `toDatabaseError` makes it one of the program's errors. */
export class FailedCall extends Error {
  readonly failure: Failure;
  /** What the server wrote, Java's stack and all; for `--debug`. */
  readonly detail: string | undefined;
  readonly sqlState: string | undefined;
  /** It was tried again as often as it may be: nobody further out tries it once more. */
  exhausted = false;

  constructor(
    message: string,
    failure: Failure,
    more: { readonly detail?: string; readonly sqlState?: string | undefined } = {},
  ) {
    super(message);
    this.name = 'FailedCall';
    this.failure = failure;
    this.detail = more.detail;
    this.sqlState = more.sqlState;
  }
}

/** Errors of the network that come before a byte of the call was sent. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

const TLS = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|EPROTO$|HOSTNAME_)/;

interface Thrown {
  readonly name?: string;
  readonly message?: string;
  readonly code?: unknown;
  readonly type?: unknown;
  readonly statusCode?: unknown;
  readonly response?: { readonly headers?: { get?(name: string): string | null } };
}

/**
 * Whatever the driver threw while it called. Only texts are taken from it: its objects
 * hold the request with the token.
 */
export function failedCall(thrown: unknown): FailedCall {
  if (thrown instanceof FailedCall) return thrown;
  const error: Thrown = typeof thrown === 'object' && thrown !== null ? thrown : {};
  const message = error.message ?? String(thrown);
  if (typeof error.statusCode === 'number') return ofStatus(error.statusCode, error);
  const code = typeof error.code === 'string' ? error.code : '';
  if (TLS.test(code)) return new FailedCall(message, { kind: 'tls' });
  if (NOT_SENT.has(code) || /before secure TLS connection was established/.test(message)) {
    return new FailedCall(message, { kind: 'refused', status: null, afterMs: null });
  }
  if (/^(OPError|RPError|AuthenticationError)$/.test(error.name ?? '')) {
    return new FailedCall(message, { kind: 'unauthorized', status: 401 });
  }
  const lost =
    code !== '' ||
    error.type === 'system' ||
    error.type === 'body-timeout' ||
    /socket hang up|premature close|aborted|timed out/i.test(message);
  return new FailedCall(message, { kind: lost ? 'lost' : 'other' });
}

function ofStatus(status: number, error: Thrown): FailedCall {
  const header = (name: string): string | null => error.response?.headers?.get?.(name) ?? null;
  const said =
    header('x-databricks-reason-phrase') ?? header('x-thriftserver-error-message') ?? null;
  const text = `HTTP ${status}${said === null ? '' : `: ${said}`}`;
  if (status === 401 || status === 403) {
    return new FailedCall(text, { kind: 'unauthorized', status });
  }
  // Only of these two a warehouse says that it has not begun.
  if (status === 429 || status === 503) {
    const afterMs = retryAfter(header('retry-after'), Date.now());
    return new FailedCall(text, { kind: 'refused', status, afterMs });
  }
  return new FailedCall(text, { kind: status >= 500 ? 'lost' : 'other' });
}

/** Retry-After in ms: seconds, or a date of HTTP. Null for what is neither. */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null || header.trim() === '') return null;
  if (/^\d+(\.\d+)?$/.test(header.trim())) return Math.round(Number(header) * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

const CONFLICT =
  /DELTA_CONCURRENT_|DELTA_METADATA_CHANGED|DELTA_PROTOCOL_CHANGED|Concurrent(Append|DeleteRead|DeleteDelete|Transaction|Write)Exception|MetadataChangedException|ProtocolChangedException/;

const NO_SESSION =
  /INVALID_HANDLE|Invalid SessionHandle|SESSION_(CLOSED|NOT_FOUND|CHANGED|EXPIRED)|Session (was closed|is closed|does not exist)|No such session/i;

/** An error that the server told, in a status or in the state of an operation. */
export function failureOfServer(message: string, invalidHandle: boolean): Failure {
  if (invalidHandle || NO_SESSION.test(firstPart(message))) return { kind: 'session' };
  if (CONFLICT.test(message)) return { kind: 'conflict' };
  return { kind: 'server' };
}

/** Without the stack, in which any word may stand. */
function firstPart(message: string): string {
  return message.split(/\n\s*at |\n\t/)[0] ?? message;
}
