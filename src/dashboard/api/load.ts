/** All figures of the page, from one build. */
import type { Filters } from '../model/filters.js';
import { monthsFor } from '../model/period.js';
import type { Answer, Api } from './client.js';
import { ApiFailure } from './failure.js';
import type * as types from './types.js';

export interface Snapshot {
  readonly filters: Filters;
  readonly build: string | null;
  readonly current: types.ComparedPeriod | undefined;
  readonly previous: types.ComparedPeriod | undefined;
  readonly days: readonly types.Day[];
  /** Oldest first. */
  readonly months: readonly types.Month[];
  readonly segments: readonly types.SegmentFigures[];
  readonly customers: readonly types.Customer[];
  readonly bestSellers: readonly types.Product[];
  readonly lowStock: readonly types.ScarceProduct[];
  /** Of this period; undefined where the build has no such row. */
  readonly operations: types.OperationsPeriod | undefined;
}

/** Rows of each list. */
const ROWS = 10;
const ATTEMPTS = 4;

/**
 * Asks again when a build was published between two of the answers: figures of two builds
 * do not add up.
 *
 * @throws ApiFailure
 */
export async function loadSnapshot(
  api: Api,
  filters: Filters,
  signal?: AbortSignal,
): Promise<Snapshot> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const { snapshot, builds } = await loadOnce(api, filters, signal);
    if (new Set(builds).size <= 1) return snapshot;
  }
  throw new ApiFailure(
    'unavailable',
    'The server publishes builds faster than the page can load them.',
    5,
  );
}

async function loadOnce(
  api: Api,
  filters: Filters,
  signal: AbortSignal | undefined,
): Promise<{ readonly snapshot: Snapshot; readonly builds: readonly (string | null)[] }> {
  const builds: (string | null)[] = [];
  const ask = async <T>(path: string): Promise<T> => {
    const answer = (await api.ask<T>(path, signal === undefined ? {} : { signal })) as Answer<T>;
    builds.push(answer.build);
    return answer.body;
  };
  const { period, segment } = filters;
  const customersAt =
    segment === null ? 'top-customers' : `segments/${encodeURIComponent(segment)}`;
  const [comparison, days, months, segments, customers, bestSellers, lowStock, operations] =
    await Promise.all([
      ask<types.Envelope<types.ComparedPeriod>>(`/api/sales/comparison?days=${period}`),
      ask<types.Envelope<types.Day>>(`/api/sales/daily?days=${period}`),
      ask<readonly types.Month[]>(`/api/sales/trends?months=${monthsFor(period)}`),
      ask<types.Envelope<types.SegmentFigures>>('/api/customers/segments'),
      ask<readonly types.Customer[]>(`/api/customers/${customersAt}?limit=${ROWS}`),
      ask<readonly types.Product[]>(`/api/products/best-sellers?limit=${ROWS}`),
      ask<readonly types.ScarceProduct[]>(`/api/products/low-stock?limit=${ROWS}`),
      ask<types.Envelope<types.OperationsPeriod>>('/api/operations'),
    ]);
  return {
    builds,
    snapshot: {
      filters,
      build: builds[0] ?? null,
      current: comparison.data.find((row) => row.period === 'current'),
      previous: comparison.data.find((row) => row.period === 'previous'),
      days: days.data,
      months: months.toReversed(),
      segments: segments.data,
      customers,
      bestSellers,
      lowStock,
      operations: operations.data.find((row) => row.period_days === period),
    },
  };
}

/** Of the served build: the latest builds, newest first, and how fresh its sources are. */
export async function loadOrigin(api: Api): Promise<{
  readonly builds: readonly types.Build[];
  readonly sources: readonly types.SourceAge[];
}> {
  const [builds, sources] = await Promise.all([loadBuilds(api), loadSources(api)]);
  return { builds, sources };
}

async function loadSources(api: Api): Promise<readonly types.SourceAge[]> {
  const answer = await api.ask<types.Envelope<types.SourceAge>>('/api/sources');
  return answer?.body.data ?? [];
}

async function loadBuilds(api: Api): Promise<readonly types.Build[]> {
  const answer = await api.ask<types.Envelope<types.Build>>('/api/builds?limit=6');
  return answer?.body.data ?? [];
}
