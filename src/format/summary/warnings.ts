/** Warnings of tests, by kind, and those of the run. */
import type { GraphNode } from '../../manifest/nodes.js';
import { visible, visibleLine } from '../visible.js';
import { wrapText } from '../wrap.js';
import { counted, nodeOf, number, showBuild, widthOf, type SummaryInput } from './input.js';
import { wrapped } from './wrapped.js';

/** Warnings in one line, or by kind where nothing failed; which rows they are about is a command away. */
export function warned(input: SummaryInput): string[] {
  // A stale source is told in words of its own.
  const all = input.result.results.filter(
    (r) => r.status === 'warn' && nodeOf(input, r)?.resourceType !== 'source',
  );
  if (all.length === 0) return [];
  const kinds = new Map<string, number>();
  for (const result of all) {
    const kind = kindOf(nodeOf(input, result));
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const inKinds = kinds.size === 1 ? '' : ` in ${number(kinds.size)} kinds`;
  const head = input.paint.yellow(`${counted(all.length, 'warning')}${input.ok ? inKinds : ''}`);
  const command = showBuild(input, '--warnings');
  if (!input.ok) return [...wrapText(`${head}; ${command}`, input.width), ''];
  const list = [...kinds]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([kind, count]) => `${kind} ${number(count)}`);
  return [`${head}:`, wrapped(list, '  ', widthOf(input)), `  See them: ${command}`, ''];
}

/** Generic tests by what they check; a test of one's own is a kind of its own. */
function kindOf(node: GraphNode | undefined): string {
  if (node?.resourceType !== 'test') return node?.resourceType ?? 'test';
  return visibleLine(node.testMetadata?.name ?? node.name);
}

export function notes(input: SummaryInput): string[] {
  if (input.warnings.length === 0) return [];
  return [
    ...input.warnings.flatMap((text) =>
      wrapText(`${input.paint.yellow('Warning:')} ${visible(text)}`, input.width),
    ),
    '',
  ];
}
