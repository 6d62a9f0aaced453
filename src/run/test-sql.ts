/** The SQL around a data test, and its outcome by dbt's rules of severity. */
import type { NodeConfig } from '../manifest/config.js';

/** One row: failures, should_warn, should_error. */
export function testQuery(failingRows: string, config: NodeConfig): string {
  const limit = config.limit === null ? '' : `\nlimit ${config.limit}`;
  // The newline ends a comment on the last line of the test.
  return [
    'select',
    `  ${config.failCalc} as failures,`,
    `  ${config.failCalc} ${config.warnIf} as should_warn,`,
    `  ${config.failCalc} ${config.errorIf} as should_error`,
    `from (\n${failingRows}\n${limit}\n) dbt_internal_test`,
  ].join('\n');
}

export type TestOutcome = 'pass' | 'warn' | 'fail';

/** Severity warn never fails. Severity error warns if only warn_if is true. */
export function testOutcome(
  config: Pick<NodeConfig, 'severity'>,
  answer: { readonly shouldWarn: boolean; readonly shouldError: boolean },
): TestOutcome {
  if (config.severity === 'error' && answer.shouldError) return 'fail';
  return answer.shouldWarn ? 'warn' : 'pass';
}
