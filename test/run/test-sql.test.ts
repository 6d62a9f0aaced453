import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/manifest/config.js';
import { testOutcome, testQuery } from '../../src/run/test-sql.js';

describe('testQuery', () => {
  it('counts failing rows and asks warn_if and error_if of the count', () => {
    const config = { ...defaultConfig('test'), warnIf: '> 0', errorIf: '> 10', limit: 3 };
    expect(testQuery('select 1 -- why', config)).toBe(
      [
        'select',
        '  count(*) as failures,',
        '  count(*) > 0 as should_warn,',
        '  count(*) > 10 as should_error',
        'from (',
        'select 1 -- why',
        '',
        'limit 3',
        ') dbt_internal_test',
      ].join('\n'),
    );
  });
});

// The table of dbt's documentation on severity.
describe('testOutcome', () => {
  it.each([
    ['error', true, true, 'fail'],
    ['error', true, false, 'warn'],
    ['error', false, true, 'fail'],
    ['error', false, false, 'pass'],
    ['warn', true, true, 'warn'],
    ['warn', false, true, 'pass'],
    ['warn', false, false, 'pass'],
  ] as const)(
    'severity %s, warn_if %s, error_if %s: %s',
    (severity, shouldWarn, shouldError, is) => {
      expect(testOutcome({ severity }, { shouldWarn, shouldError })).toBe(is);
    },
  );
});
