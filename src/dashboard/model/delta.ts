/** How a figure changed against the period before. */

export interface Delta {
  readonly direction: 'up' | 'down' | 'same';
  /** In percent, with its sign: 4.2 for from 100 to 104.2. */
  readonly percent: number;
}

/** Null where there is nothing to compare with: no figure before, or none but zero. */
export function deltaOf(
  current: number | string | null,
  previous: number | string | null,
): Delta | null {
  if (current === null || previous === null) return null;
  const before = Number(previous);
  if (before === 0) return null;
  return deltaOfPercent(((Number(current) - before) / Math.abs(before)) * 100);
}

/** What rounds to 0.0 % counts as no change. */
export function deltaOfPercent(percent: number): Delta {
  const shown = Math.round(percent * 10) / 10;
  if (shown === 0) return { direction: 'same', percent: 0 };
  return { direction: shown > 0 ? 'up' : 'down', percent };
}
