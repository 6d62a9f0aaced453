/** A share of a whole, as a bar and as a number. */
import type { Formats } from '../model/format.js';

export interface ShareProps {
  /** 0 to 100; null for a share of nothing. */
  readonly percent: number | null;
  readonly tone: 'first' | 'second';
  readonly formats: Formats;
}

export function Share({ percent, tone, formats }: ShareProps) {
  return (
    <span class={`share ${tone}`}>
      <span class="bar" aria-hidden="true">
        <span style={{ width: `${Math.max(0, Math.min(100, percent ?? 0))}%` }} />
      </span>
      <span class="share-number">{formats.percent(percent)}</span>
    </span>
  );
}
