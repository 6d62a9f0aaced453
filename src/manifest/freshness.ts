/** How old the newest records of sources are: what dbt's `source freshness` finds. */
import type { FreshnessPeriod } from './nodes.js';
import type { Timing } from './results.js';

export type FreshnessStatus = 'pass' | 'warn' | 'error' | 'runtime error';

export interface FreshnessResult {
  readonly uniqueId: string;
  readonly status: FreshnessStatus;
  /** Why it could not be found out; null unless the status is `runtime error`. */
  readonly error: string | null;
  /** Null where it could not be found out. */
  readonly maxLoadedAt: Date | null;
  /** When the database was asked; null where it was not. */
  readonly snapshottedAt: Date | null;
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
}
