/** Asks the API, with the key if there is one. */
import { failureOf, offline } from './failure.js';

export interface Answer<T> {
  readonly body: T;
  /** The build that the answer is from. */
  readonly build: string | null;
  readonly tag: string | null;
}

export interface AskOptions {
  readonly signal?: AbortSignal;
  /** Comes back with null when this tag still holds. */
  readonly ifNot?: string | null;
}

export interface Api {
  /** @throws ApiFailure */
  ask<T>(path: string, options?: AskOptions): Promise<Answer<T> | null>;
}

/** @param key null for none; asked for at each request */
export function apiWith(key: () => string | null, send: typeof fetch = fetch): Api {
  return {
    async ask<T>(path: string, { signal, ifNot }: AskOptions = {}) {
      const headers: Record<string, string> = { accept: 'application/json' };
      const secret = key();
      if (secret !== null) headers['x-api-key'] = secret;
      if (typeof ifNot === 'string') headers['if-none-match'] = ifNot;
      let answer: Response;
      let body: unknown;
      try {
        answer = await send(path, { headers, ...(signal === undefined ? {} : { signal }) });
        if (answer.status === 304) return null;
        body = await answer.json().catch((error: unknown) => {
          // A proxy's page is no JSON, and still an answer; one that was good must be whole.
          if (answer.ok) throw error;
          return null;
        });
      } catch (error) {
        if (signal?.aborted === true) throw error;
        throw offline();
      }
      if (!answer.ok) throw failureOf(answer, body);
      return {
        body: body as T,
        build: answer.headers.get('x-build'),
        tag: answer.headers.get('etag'),
      };
    },
  };
}
