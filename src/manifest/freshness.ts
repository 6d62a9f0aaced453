/** How old the newest records of sources are: what dbt's `source freshness` finds. */
import type { FreshnessPeriod } from './nodes.js';
import type { Timing } from './results.js';

export type FreshnessStatus = 'pass' | 'warn' | 'error' | 'runtime error';

export interface FreshnessResult {
  readonly uniqueId: string;
  readonly status: FreshnessStatus;
  /** Why it could not be found out; null unless the status is `runtime error`. */
  readonly error: string | null;
  /** Null where it could not be found out; the first day of the year 1 where there is no record. */
  readonly maxLoadedAt: Date | null;
  /** Microseconds beyond its milliseconds. Default 0. */
  readonly maxLoadedAtMicros?: number;
  /** When the database was asked; null where it was not. */
  readonly snapshottedAt: Date | null;
  /** Microseconds beyond its milliseconds. Default 0. */
  readonly snapshottedAtMicros?: number;
  /** Seconds between the two. */
  readonly age: number | null;
  readonly criteria: {
    readonly warnAfter: FreshnessPeriod | null;
    readonly errorAfter: FreshnessPeriod | null;
    readonly filter: string | null;
  };
  readonly timing: readonly Timing[];
  /** Seconds. */
  readonly executionTime: number;
  readonly thread: string;
  /** True where no record was asked for: `maxLoadedAt` is when the file of the source was written. */
  readonly fromFile?: boolean;
}

/** What a build writes down of a source that it looked at, as JSON. Times are UTC, as ISO 8601. */
export interface RecordedFreshness {
  readonly uniqueId: string;
  readonly sourceName: string;
  readonly name: string;
  readonly status: FreshnessStatus;
  readonly error: string | null;
  /** Null where it could not be found out, or no record has a time. */
  readonly maxLoadedAt: string | null;
  readonly checkedAt: string;
  readonly warnAfter: FreshnessPeriod | null;
  readonly errorAfter: FreshnessPeriod | null;
  /** True where `maxLoadedAt` is when the file of the source was written. */
  readonly fromFile: boolean;
}
