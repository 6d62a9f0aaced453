/** What a run did, as a person wants to read it. */
import { counts } from './summary/counts.js';
import { failures } from './summary/failures.js';
import type { SummaryInput } from './summary/input.js';
import { changes, layers, setAside } from './summary/rows.js';
import { skips } from './summary/skips.js';
import { notes, warned } from './summary/warnings.js';

export type { SummaryInput } from './summary/input.js';

/** What failed stands at the end, where the eye is; then all else is a line each. */
export function summaryText(input: SummaryInput): string {
  if (input.brief === true) return [...failures(input), ...counts(input)].join('\n');
  if (!input.ok) {
    return [
      ...notes(input),
      ...warned(input),
      ...skips(input),
      ...failures(input),
      ...counts(input),
    ].join('\n');
  }
  return [
    ...failures(input),
    ...skips(input),
    ...warned(input),
    ...layers(input),
    ...setAside(input),
    ...changes(input),
    ...notes(input),
    ...counts(input),
  ].join('\n');
}
