/** How many random inputs a fuzz or a property test tries: all of them in `test:slow`, a part in `npm test`. */
import { expect } from 'vitest';

/** How many times the full count; 0.1 if unset. `npm run test:slow` sets 1 unless told otherwise. */
const times = Number(process.env['FUZZ_TIMES'] ?? 0.1);
if (!(times > 0))
  throw new Error(`FUZZ_TIMES must be a number above 0, and is '${process.env['FUZZ_TIMES']}'`);

/**
 * @param full runs of `npm run test:slow`, so of CI.
 * @returns the runs of this process: at least 10.
 */
export function fuzzRuns(full: number): number {
  // Files of other names would never be run with the full count.
  const path = expect.getState().testPath ?? '';
  if (!path.endsWith('.fuzz.test.ts')) throw new Error(`${path} must be named *.fuzz.test.ts`);
  return Math.max(10, Math.round(full * times));
}
