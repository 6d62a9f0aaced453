/** What was skipped, by what it was skipped for. */
import type { NodeResult } from '../../manifest/results.js';
import { visibleLine } from '../visible.js';
import {
  counted,
  nameOf,
  nodeOf,
  number,
  shownNames,
  widthOf,
  type SummaryInput,
} from './input.js';
import { wrapped } from './wrapped.js';

export function skips(input: SummaryInput): string[] {
  const skipped = input.result.results.filter((r) => r.status === 'skipped');
  const byCause = new Map<string, NodeResult[]>();
  for (const result of skipped) {
    const cause = result.skippedBecauseOf ?? '';
    byCause.set(cause, [...(byCause.get(cause) ?? []), result]);
  }
  const lines: string[] = [];
  for (const [cause, results] of byCause) {
    const why =
      cause === ''
        ? 'because of --fail-fast'
        : `because of ${visibleLine(input.manifest.nodes.get(cause)?.name ?? cause)}`;
    const models = results.filter((r) => nodeOf(input, r)?.resourceType === 'model');
    const named = models.slice(0, shownNames).map((r) => nameOf(input, r));
    const unnamed = models.length - named.length;
    const others = results.length - models.length;
    const items = [
      ...named,
      ...(unnamed > 0 ? [`${number(unnamed)} more`] : []),
      ...(others > 0 ? [counted(others, 'test')] : []),
    ];
    lines.push(input.paint.yellow(`SKIPPED ${why}`), wrapped(items, '  ', widthOf(input)));
  }
  return lines.length === 0 ? [] : [...lines, ''];
}
