/** Why an answer did not come. */
import { problemCodeHeader, type ProblemCode } from '../../ground/problem-code.js';

export type FailureKind =
  /** No key, or one that nobody has. */
  | 'unauthorized'
  /** A key that may not do this. */
  | 'forbidden'
  /** 429: asked too often. */
  | 'too-often'
  /** Nothing is published yet. */
  | 'unpublished'
  /** 503: the server can't answer now. */
  | 'unavailable'
  /** No answer at all. */
  | 'offline'
  | 'failed';

export class ApiFailure extends Error {
  readonly kind: FailureKind;
  /** Seconds after which to ask again; null where asking again is no use by itself. */
  readonly retryAfter: number | null;

  constructor(kind: FailureKind, message: string, retryAfter: number | null) {
    super(message);
    this.name = 'ApiFailure';
    this.kind = kind;
    this.retryAfter = retryAfter;
  }
}

const kinds: Readonly<Record<number, FailureKind>> = {
  401: 'unauthorized',
  403: 'forbidden',
  429: 'too-often',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

/** How long to wait where the answer does not tell, in seconds. */
const PATIENCE = 5;

/** @param problem the body, which is a problem unless something between here and there answered */
export function failureOf(
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  problem: unknown,
): ApiFailure {
  const detail = (problem as { detail?: unknown } | null)?.detail;
  const text = typeof detail === 'string' ? detail : `The server responded with status ${status}.`;
  // The one 503 that is no trouble: the shop is new.
  const kind = isUnpublished(headers) ? 'unpublished' : kinds[status];
  const mayPass = kind === 'too-often' || kind === 'unavailable' || kind === 'unpublished';
  const retryAfter = headers.get('retry-after');
  const seconds = /^\d{1,4}$/.test(retryAfter ?? '') ? Number(retryAfter) : PATIENCE;
  return new ApiFailure(kind ?? 'failed', text, mayPass ? Math.max(1, seconds) : null);
}

function isUnpublished(headers: Headers): boolean {
  return headers.get(problemCodeHeader) === ('unpublished' satisfies ProblemCode);
}

export function offline(): ApiFailure {
  return new ApiFailure('offline', 'The server does not respond.', PATIENCE);
}
