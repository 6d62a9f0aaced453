/** Dates of periods. A date is a text like `2025-06-30`, and a day of UTC wherever it is computed with. */

const DAY = 86_400_000;

export interface DateRange {
  readonly first: string;
  readonly last: string;
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** The last `days` dates that end with `asOf`. */
export function currentPeriod(asOf: string, days: number): DateRange {
  return { first: addDays(asOf, 1 - days), last: asOf };
}

/** As many dates, up to the one before the current period. */
export function previousPeriod(asOf: string, days: number): DateRange {
  return currentPeriod(addDays(asOf, -days), days);
}

/** Months that the chart by month goes back. */
export function monthsFor(days: number): number {
  return days > 90 ? 24 : 12;
}
