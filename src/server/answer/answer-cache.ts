/** Answers in memory, bounded in bytes. A key names its build, so that no answer is ever stale. */
import { LRUCache } from 'lru-cache';

export interface CachedAnswer {
  readonly body: Buffer;
  readonly type: string;
  /** Further headers, such as the link to the next page. */
  readonly headers: Readonly<Record<string, string>>;
}

/** `hit`: it was there. `shared`: somebody else was having it computed. `miss`: it was computed. */
export type CacheState = 'hit' | 'shared' | 'miss';

/** What an entry takes beside its body and key, roughly. */
const ENTRY_BYTES = 500;

export class AnswerCache {
  private readonly answers: LRUCache<string, CachedAnswer>;
  private readonly underway = new Map<string, Promise<CachedAnswer>>();

  /** @param maxBytes 0 keeps nothing, but still computes what is asked at the same time only once */
  constructor(maxBytes: number) {
    this.answers = new LRUCache({
      maxSize: Math.max(maxBytes, 1),
      sizeCalculation: ({ body }, key) => body.length + key.length * 2 + ENTRY_BYTES,
    });
  }

  get bytes(): number {
    return this.answers.calculatedSize;
  }

  get entries(): number {
    return this.answers.size;
  }

  find(key: string): CachedAnswer | undefined {
    return this.answers.get(key);
  }

  /** The answer of this key, computed when there is none. What fails is not kept. */
  async get(
    key: string,
    compute: () => Promise<CachedAnswer>,
  ): Promise<{ readonly answer: CachedAnswer; readonly state: CacheState }> {
    const kept = this.answers.get(key);
    if (kept !== undefined) return { answer: kept, state: 'hit' };
    const running = this.underway.get(key);
    if (running !== undefined) return { answer: await running, state: 'shared' };
    const promise = compute();
    this.underway.set(key, promise);
    try {
      const answer = await promise;
      this.answers.set(key, answer);
      return { answer, state: 'miss' };
    } finally {
      this.underway.delete(key);
    }
  }

  /** Makes room once a build is no longer served. */
  clear(): void {
    this.answers.clear();
  }
}
