/** When a source counts as stale: dbt's rule. */

export interface FreshnessLimit {
  readonly count: number;
  readonly period: 'minute' | 'hour' | 'day';
}

export interface FreshnessLimits {
  readonly warnAfter: FreshnessLimit | null;
  readonly errorAfter: FreshnessLimit | null;
}

const seconds = { minute: 60, hour: 3600, day: 86_400 } as const;

export function limitSeconds({ count, period }: FreshnessLimit): number {
  return count * seconds[period];
}

/** @param age seconds; what is exactly as old as a limit is within it */
export function freshnessStatus(
  age: number,
  { warnAfter, errorAfter }: FreshnessLimits,
): 'pass' | 'warn' | 'error' {
  const exceeds = (limit: FreshnessLimit | null): boolean =>
    limit !== null && age > limitSeconds(limit);
  if (exceeds(errorAfter)) return 'error';
  return exceeds(warnAfter) ? 'warn' : 'pass';
}

const units = [
  ['day', seconds.day],
  ['hour', seconds.hour],
  ['minute', seconds.minute],
  ['second', 1],
] as const;

/** `3 days`, `90 minutes`: whole units, of the largest one that fits twice. */
export function ageText(age: number): string {
  if (age < 0) return 'in the future';
  const [unit, length] = units.find(([, size]) => age >= 2 * size) ?? (['second', 1] as const);
  const count = Math.floor(age / length);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** `12 hours`. */
export function limitText({ count, period }: FreshnessLimit): string {
  return `${count} ${period}${count === 1 ? '' : 's'}`;
}

/** The time that stands for no record at all: as long ago as can be, as with dbt. */
export const neverLoaded = new Date('0001-01-01T00:00:00Z');

/** The time of the newest record; null where that stands for no record. */
export function newestOf(maxLoadedAt: Date | null): Date | null {
  return maxLoadedAt?.getTime() === neverLoaded.getTime() ? null : maxLoadedAt;
}
