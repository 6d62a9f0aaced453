/** A shop that answers the page from memory, and a clock that stands still until it is told. */
import type { Answer, Api, AskOptions } from '../../src/dashboard/api/client.js';
import type { ApiFailure } from '../../src/dashboard/api/failure.js';
import type { Filters } from '../../src/dashboard/model/filters.js';
import { Dashboard, type Clock, type State } from '../../src/dashboard/state/dashboard.js';

export class FakeShop implements Api {
  build = 'b1';
  failure: ApiFailure | null = null;
  readonly asked: string[] = [];
  /** Called before each answer; may publish a build. */
  before: (path: string) => void | Promise<void> = () => {};

  async ask<T>(path: string, { ifNot, signal }: AskOptions = {}): Promise<Answer<T> | null> {
    this.asked.push(path);
    const waiting = this.before(path);
    // Whatever is published while it waits: it answers from the build that it began with.
    const { build, failure } = this;
    await waiting;
    if (signal?.aborted === true) throw new DOMException('aborted', 'AbortError');
    if (failure !== null) throw failure;
    const tag = `tag of ${build}`;
    if (ifNot === tag) return null;
    return { body: bodyOf(path, build) as T, build, tag };
  }
}

function bodyOf(path: string, build: string): unknown {
  if (path === '/health/ready') {
    return { build, as_of: '2025-06-30', target: 'dev', published_at: null };
  }
  const isBare = /trends|products|top-customers|segments\//.test(path);
  const rows = path.includes('trends')
    ? [{ sale_date: '2025-06-01T00:00:00' }, { sale_date: '2025-05-01T00:00:00' }]
    : path.includes('operations')
      ? [{ period_days: 7 }, { period_days: 30 }, { period_days: 90 }, { period_days: 365 }]
      : [];
  return isBare ? rows : { data: rows };
}

export class FakeClock implements Clock {
  waiting: { milliseconds: number; call: () => void } | null = null;

  after(milliseconds: number, call: () => void): () => void {
    const mine = { milliseconds, call };
    this.waiting = mine;
    return () => {
      if (this.waiting === mine) this.waiting = null;
    };
  }

  /** Lets the time pass that is waited for. */
  async ring(): Promise<void> {
    const { waiting } = this;
    this.waiting = null;
    waiting?.call();
    await settle();
  }
}

/** Everything that waits for answers from memory is done. */
export async function settle(): Promise<void> {
  await new Promise((done) => setTimeout(done, 0));
}

export function dashboardOf(shop: FakeShop, filters: Filters = { period: 30, segment: null }) {
  const clock = new FakeClock();
  const states: State[] = [];
  const dashboard = new Dashboard(shop, filters, clock, (state) => states.push(state));
  return { dashboard, clock, states };
}
