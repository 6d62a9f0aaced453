import { describe, expect, it } from 'vitest';
import { judgeMixture } from '../../src/run/stale.js';

const same = { asOf: '2025-06-30', earlierAsOf: '2025-06-30', otherSources: false };

describe('Tables that a selection leaves as they were', () => {
  it('are named in a warning when only the project changed', () => {
    expect(judgeMixture({ ...same, tables: ['a', 'b'] })).toBe(
      'Tables that were not selected stay as an earlier version of the project built them: a, b',
    );
    expect(judgeMixture({ ...same, tables: ['a', 'b', 'c', 'd', 'e'] })).toMatch(
      /: a, b, c and 2 more$/,
    );
  });

  it('are refused when they are of another date or of other sources', () => {
    expect(() => judgeMixture({ ...same, asOf: '2025-07-01', tables: ['a'] })).toThrow(
      'This selection would publish inconsistent tables: a would stay as of 2025-06-30',
    );
    expect(() => judgeMixture({ ...same, otherSources: true, tables: ['a'] })).toThrow(
      'a would stay from other source files',
    );
  });
});
