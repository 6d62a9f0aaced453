/** What the page is asked to show: it stands in the query of its URL and nowhere else. */
import { segments, type Segment } from '../../ground/segments.js';

export const periods = [7, 30, 90, 365] as const;
export type Period = (typeof periods)[number];

export interface Filters {
  /** Days that end with the date of the figures. */
  readonly period: Period;
  /** Whose customers are listed; null for all of them. */
  readonly segment: Segment | null;
}

export const defaultFilters: Filters = { period: 30, segment: null };

/** @param query `?period=90&segment=At+Risk`; what is not known in it counts as not given */
export function readFilters(query: string): Filters {
  const given = new URLSearchParams(query);
  const period = periods.find((days) => String(days) === given.get('period'));
  const segment = segments.find((name) => name === given.get('segment'));
  return { period: period ?? defaultFilters.period, segment: segment ?? null };
}

/** The query that stands for the filters: empty for the default ones. */
export function writeFilters({ period, segment }: Filters): string {
  const query = new URLSearchParams();
  if (period !== defaultFilters.period) query.set('period', String(period));
  if (segment !== null) query.set('segment', segment);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

export function sameFilters(a: Filters, b: Filters): boolean {
  return a.period === b.period && a.segment === b.segment;
}
