/** The last lines: how many of what, how long it took, and what became of the build. */
import type { NodeResult } from '../../manifest/results.js';
import { wrapText } from '../wrap.js';
import { counted, nodeOf, number, type SummaryInput } from './input.js';

export function counts(input: SummaryInput): string[] {
  const { results, startedAt, completedAt } = input.result;
  const of = (type: string): NodeResult[] =>
    results.filter((r) => nodeOf(input, r)?.resourceType === type);
  const parts: string[] = [];
  for (const type of ['seed', 'model'] as const) {
    const all = of(type);
    if (all.length === 0) continue;
    const bad = all.filter((r) => r.status === 'error').length;
    const skipped = all.filter((r) => r.status === 'skipped').length;
    const carried = all.filter((r) => r.carriedOver).length;
    const details = [
      ...(carried > 0 ? [`${carried} unchanged`] : []),
      ...(bad > 0 ? [input.paint.red(`${bad} failed`)] : []),
      ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ];
    parts.push(
      `${counted(all.length, type)}${details.length > 0 ? ` (${details.join(', ')})` : ''}`,
    );
  }
  const tests = [...of('test'), ...of('unit_test')];
  if (tests.length > 0) {
    const count = (...statuses: string[]): number =>
      tests.filter((r) => statuses.includes(r.status)).length;
    const skipped = count('skipped');
    parts.push(
      `tests: ${number(count('pass'))} passed, ${number(count('warn'))} warned, ${number(count('fail', 'error'))} failed${skipped > 0 ? `, ${number(skipped)} skipped` : ''}`,
    );
  }
  const seconds = (completedAt.getTime() - startedAt.getTime()) / 1000;
  const line = [...parts, `${seconds.toFixed(1)} s`].join('; ');
  const paint = input.ok ? input.paint.green : input.paint.red;
  return [...wrapText(line, input.width), ...wrapText(input.outcome, input.width).map(paint)];
}
