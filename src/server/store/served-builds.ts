/** What is published, followed: when a new build is published, the next request reads it. */
import { DatabaseError } from '../../engine/database-error.js';
import { setTimeout as pause } from 'node:timers/promises';
import type { Build, Followed } from '../../builds/index.js';
import { faultOf } from '../http/error-handler.js';
import { overloaded, Problem, unpublished } from '../http/problem.js';
import type { BuildReader } from './build-reader.js';
import type { PoolLimits } from './connection-pool.js';
import { OpenBuilds } from './open-builds.js';

export interface ServedBuildsOptions {
  readonly source: Followed;
  /** Of each build that is open. */
  readonly limits: PoolLimits;
  /** Milliseconds between two looks at what is published. Default: that of the source. */
  readonly pollEvery?: number;
  /** Told of each build that is served from now on, and once of what hinders one. */
  readonly onServed?: (build: BuildReader) => void;
  readonly onTrouble?: (error: unknown) => void;
}

/** Milliseconds that a build stays open after a page of an earlier build was asked for. */
const KEEP_EARLIER = 30_000;
/** Earlier builds that are open at once. */
const MOST_EARLIER = 2;

export class ServedBuilds {
  private readonly options: ServedBuildsOptions;
  private readonly open: OpenBuilds;
  private readonly earlier = new Map<string, NodeJS.Timeout>();
  private served: BuildReader | null = null;
  private mark: string | null = null;
  /** What was seen last, whether it can be served or not. */
  private seen: string | null = null;
  /** What hindered the last look: told already. */
  private trouble: string | null = null;
  private refreshing: Promise<void> | null = null;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  private constructor(options: ServedBuildsOptions) {
    this.options = options;
    this.open = new OpenBuilds(options.limits);
  }

  /** Opens what is published, if anything is, and follows it from then on. */
  static async start(options: ServedBuildsOptions): Promise<ServedBuilds> {
    const store = new ServedBuilds(options);
    await store.refresh();
    store.timer = setInterval(
      () => void store.refresh(),
      options.pollEvery ?? options.source.pollEvery,
    );
    store.timer.unref();
    return store;
  }

  /** The build that is served now; null before the first is published. */
  get current(): BuildReader | null {
    return this.served;
  }

  get load(): { readonly running: number; readonly waiting: number; readonly openBuilds: number } {
    const { running, waiting } = this.served?.load ?? { running: 0, waiting: 0 };
    return { running, waiting, openBuilds: this.open.size };
  }

  /** All kept builds, newest first. */
  listBuilds(): Promise<readonly Build[]> {
    return this.options.source.list();
  }

  /** What a kept build has recorded of its lineage; null where that is nothing. */
  async lineage(id: string): Promise<unknown> {
    const { source, limits } = this.options;
    const late = new AbortController();
    try {
      return await Promise.race([
        source.lineage(id),
        pause(limits.timeLimit, undefined, { signal: late.signal, ref: false }).then(() => {
          throw overloaded('The query took too long.', 5);
        }),
      ]);
    } finally {
      late.abort();
    }
  }

  /**
   * Answers from the build that is served now: it stays open until `work` is done,
   * whatever is published meanwhile. Throws a problem of status 503 when there is none.
   */
  async use<T>(work: (build: BuildReader) => Promise<T>): Promise<T> {
    const build = this.served;
    if (build === null) throw unpublished();
    if (!build.isThere()) {
      // Something else may be published: it is looked at anew, whatever was seen before.
      this.mark = null;
      await this.refresh();
      if (this.served === build) {
        throw new Problem(503, 'The published build no longer exists. Publish a build.', {
          headers: { 'retry-after': '5' },
        });
      }
      return this.use(work);
    }
    this.open.holdAgain(build);
    try {
      return await work(build);
    } catch (error) {
      if (!isMissing(error)) throw error;
      // Its tables may be gone, with a newer build in their place that nobody has looked for yet.
      await this.refresh();
      if (this.served === build) throw error;
    } finally {
      this.open.release(build);
    }
    return this.use(work);
  }

  /** The same with a build that was served before and is still kept; null when it is not. */
  async useEarlier<T>(id: string, work: (build: BuildReader) => Promise<T>): Promise<T | null> {
    if (this.served?.facts.id === id) return this.use(work);
    const build = await this.holdEarlier(id);
    if (build === null) return null;
    try {
      return await work(build);
    } finally {
      this.open.release(build);
    }
  }

  /** Looks at the published file now. Never throws: the build that is open goes on being served. */
  refresh(): Promise<void> {
    this.refreshing ??= this.look()
      .then(() => {
        this.trouble = null;
      })
      .catch((error: unknown) => this.tell(error))
      .finally(() => (this.refreshing = null));
    return this.refreshing;
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.timer);
    await this.refreshing;
    for (const timer of this.earlier.values()) clearTimeout(timer);
    this.earlier.clear();
    this.served = null;
    await this.open.closeAll();
    await this.options.source.close();
  }

  private async look(): Promise<void> {
    const { source } = this.options;
    this.seen = null;
    const mark = await source.mark();
    this.seen = mark;
    if (mark === null || mark === this.mark || this.closed) return;
    const build = await source.published(mark);
    const before = this.served;
    if (build.id !== before?.facts.id) {
      const next = await this.open.hold(build);
      this.served = next;
      this.options.onServed?.(next);
      if (before !== null) this.open.release(before);
    }
    // Only now: a build that could not be opened is tried again at the next look.
    this.mark = mark;
  }

  /** The same fault of the same file at every look would only fill the log. */
  private tell(error: unknown): void {
    const trouble = JSON.stringify([this.seen, faultOf(error, false)]);
    if (trouble === this.trouble) return;
    this.trouble = trouble;
    this.options.onTrouble?.(error);
  }

  /** A build of the list, held once for the caller and once for some time after. */
  private async holdEarlier(id: string): Promise<BuildReader | null> {
    const build = await this.options.source.earlier(id);
    if (build === null || this.closed) return null;
    if (!this.earlier.has(id) && this.earlier.size >= MOST_EARLIER) return null;
    const reader = await this.open.hold(build).catch(() => null);
    if (reader === null) return null;
    const timer = this.earlier.get(id);
    if (timer === undefined) this.open.holdAgain(reader);
    else clearTimeout(timer);
    const end = setTimeout(() => {
      this.earlier.delete(id);
      this.open.release(reader);
    }, KEEP_EARLIER);
    end.unref();
    this.earlier.set(id, end);
    return reader;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof DatabaseError && error.kind === 'catalog';
}
