/** What the page knows and what it does about it; knows nothing of how it is shown. */
import type { Answer, Api } from '../api/client.js';
import { ApiFailure } from '../api/failure.js';
import { loadOrigin, loadSnapshot, type Snapshot } from '../api/load.js';
import type { Build, Ready, SourceAge } from '../api/types.js';
import { sameFilters, type Filters } from '../model/filters.js';

export interface State {
  readonly filters: Filters;
  /** The figures shown, which may be of other filters while new ones are on their way. */
  readonly snapshot: Snapshot | null;
  readonly ready: Ready | null;
  readonly builds: readonly Build[];
  readonly sources: readonly SourceAge[];
  readonly isLoading: boolean;
  /** Why there are no figures, or no newer ones. */
  readonly failure: ApiFailure | null;
  /** For those who do not see the page change; empty when there is nothing to say. */
  readonly news: string;
}

/** Timers and the clock, so that tests have their own. */
export interface Clock {
  /** Calls back after so many milliseconds; returns what calls that off. */
  after(milliseconds: number, call: () => void): () => void;
}

/** Milliseconds between two questions whether there is a new build. */
export const POLL_EVERY = 10_000;
/** Every so many of them builds and sources are looked at too: one that failed is published nowhere, and sources age. */
const BUILDS_EVERY = 6;

export class Dashboard {
  private current: State;
  private readonly api: Api;
  private readonly clock: Clock;
  private readonly onChange: (state: State) => void;
  private readyTag: string | null = null;
  private polls = 0;
  private loading: AbortController | null = null;
  private cancelTimer: () => void = () => {};

  constructor(api: Api, filters: Filters, clock: Clock, onChange: (state: State) => void) {
    this.api = api;
    this.clock = clock;
    this.onChange = onChange;
    this.current = {
      filters,
      snapshot: null,
      ready: null,
      builds: [],
      sources: [],
      isLoading: true,
      failure: null,
      news: '',
    };
  }

  get state(): State {
    return this.current;
  }

  async show(filters: Filters): Promise<void> {
    if (sameFilters(filters, this.current.filters)) return;
    this.set({ filters });
    await this.load();
  }

  /** Asks for everything again; on its own it asks only when there is something new. */
  async load(news = 'Figures updated.'): Promise<void> {
    this.loading?.abort();
    const mine = new AbortController();
    this.loading = mine;
    this.set({ isLoading: true, news: '' });
    try {
      const ready = await this.api.ask<Ready>('/health/ready', { signal: mine.signal });
      const [snapshot, origin] = await Promise.all([
        loadSnapshot(this.api, this.current.filters, mine.signal),
        loadOrigin(this.api),
      ]);
      if (mine.signal.aborted) return;
      this.learn(ready);
      this.set({ snapshot, ...origin, isLoading: false, failure: null, news });
      this.wait(POLL_EVERY);
    } catch (error) {
      if (!mine.signal.aborted) this.fail(error);
    }
  }

  /** Is there a new build? Costs an empty answer when there is none. */
  async poll(): Promise<void> {
    // What failed is tried again as a whole, and what is under way tells by itself.
    if (this.current.failure !== null) return this.load();
    if (this.loading !== null && this.current.isLoading) return;
    try {
      const ready = await this.api.ask<Ready>('/health/ready', { ifNot: this.readyTag });
      const isNew = ready !== null && ready.body.build !== this.current.snapshot?.build;
      if (isNew) return await this.load('A new build was published. The figures are updated.');
      this.learn(ready);
      if (++this.polls % BUILDS_EVERY === 0) this.set(await loadOrigin(this.api));
      this.wait(POLL_EVERY);
    } catch (error) {
      this.fail(error);
    }
  }

  private learn(ready: Answer<Ready> | null): void {
    if (ready === null) return;
    this.readyTag = ready.tag;
    this.set({ ready: ready.body });
  }

  private fail(error: unknown): void {
    const failure =
      error instanceof ApiFailure
        ? error
        : new ApiFailure('failed', 'The response of the server cannot be read.', null);
    const isRefused = failure.kind === 'unauthorized' || failure.kind === 'forbidden';
    // Figures that somebody may not see any more do not stay on the screen.
    this.set({
      failure,
      isLoading: false,
      ...(isRefused ? { snapshot: null, builds: [], sources: [] } : {}),
    });
    if (failure.retryAfter !== null) this.wait(failure.retryAfter * 1000);
    else if (!isRefused) this.wait(POLL_EVERY * BUILDS_EVERY);
    else this.cancelTimer();
  }

  private wait(milliseconds: number): void {
    this.cancelTimer();
    this.cancelTimer = this.clock.after(milliseconds, () => void this.poll());
  }

  private set(change: Partial<State>): void {
    this.current = { ...this.current, ...change };
    this.onChange(this.current);
  }
}
