/** When a call is tried again, how often, and after how long. */
import retry from 'p-retry';
import { FailedCall } from './failure.js';
import { interrupted } from '../interrupted.js';

export interface RetryLimits {
  /** Attempts where the host is not reached, a connection broke, or a table was changed meanwhile. Default 5. */
  readonly attempts: number;
  /** The first wait, in ms; doubles each time, and is drawn between once and twice itself. Default 500. */
  readonly firstWaitMs: number;
  /** The longest wait that the program chooses itself, in ms. Default 30 s. */
  readonly longestWaitMs: number;
  /** How long a warehouse that refuses calls is waited for in all, in ms: it may have to start. Default 15 min. */
  readonly patienceMs: number;
}

export const defaultLimits: RetryLimits = {
  attempts: 5,
  firstWaitMs: 500,
  longestWaitMs: 30_000,
  patienceMs: 15 * 60_000,
};

export interface RetryOptions {
  readonly limits: RetryLimits;
  readonly signal: AbortSignal;
  readonly onNotice?: ((message: string) => void) | undefined;
  /** Whether this failure, of a call that was sent, may be tried again. A refused call always may. */
  mayRepeat(error: FailedCall): boolean | Promise<boolean>;
}

/**
 * Runs `work` until it succeeds, fails for good, or the limits are reached; the last
 * error is thrown. Waits are cut short by `signal`, with code `interrupted`.
 */
export async function withRetries<T>(work: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { limits, signal } = options;
  let refusedSince: number | null = null;
  let repeated = 0;
  try {
    return await retry(work, {
      retries: Number.POSITIVE_INFINITY,
      minTimeout: limits.firstWaitMs,
      maxTimeout: limits.longestWaitMs,
      factor: 2,
      randomize: true,
      signal,
      shouldRetry: async ({ error }) => {
        if (!(error instanceof FailedCall) || error.exhausted) return false;
        const { failure } = error;
        // What can't be reached at all is a wrong name more often than a warehouse that starts.
        if (failure.kind !== 'refused' || failure.status === null) {
          repeated += 1;
          if (repeated >= limits.attempts) return giveUp(error);
          if (failure.kind !== 'refused') return options.mayRepeat(error);
          options.onNotice?.(noticeOf(error, 0));
          return true;
        }
        const now = Date.now();
        refusedSince ??= now;
        const left = refusedSince + limits.patienceMs - now;
        const asked = failure.afterMs ?? 0;
        if (left <= 0 || asked > left) return giveUp(error);
        options.onNotice?.(noticeOf(error, asked));
        await sleep(asked, signal);
        return true;
      },
    });
  } catch (error) {
    throw signal.aborted ? interrupted() : error;
  }
}

function giveUp(error: FailedCall): false {
  error.exhausted = true;
  return false;
}

function noticeOf({ failure, message }: FailedCall, asked: number): string {
  const wait = asked > 0 ? `; it asks for a wait of ${Math.ceil(asked / 1000)} s` : '';
  if (failure.kind !== 'refused' || failure.status === null) {
    return `The warehouse cannot be reached yet (${message}): retrying`;
  }
  return failure.status === 429
    ? `The warehouse is busy (${message})${wait}: retrying`
    : `The warehouse is not ready and may be starting (${message})${wait}: waiting for it`;
}

export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.reject(interrupted());
  if (ms <= 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(interrupted());
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
