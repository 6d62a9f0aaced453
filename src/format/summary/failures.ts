/** What failed, with its message, its rows and the way to see all of them. */
import { formatPlace } from '../../errors.js';
import type { NodeResult } from '../../manifest/results.js';
import { shorten } from '../shorten.js';
import { visible, visibleLine } from '../visible.js';
import { wrapText } from '../wrap.js';
import {
  nameOf,
  nodeOf,
  number,
  showBuild,
  shownNames,
  widthOf,
  type SummaryInput,
} from './input.js';
import { wrapped } from './wrapped.js';

/** Failures that are told in full on a terminal; the rest is a command away. */
const shownFailures = 5;

/** Failed nodes; those with one and the same message, such as the tests of a broken model, together. */
export function failures(input: SummaryInput): string[] {
  const groups = new Map<string, NodeResult[]>();
  for (const result of input.result.results) {
    if (result.status !== 'error' && result.status !== 'fail') continue;
    const alone = result.failuresRelation ?? (result.sample === null ? '' : result.uniqueId);
    const key = JSON.stringify([result.status, withoutFile(result.message), alone]);
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  const all = [...groups.values()];
  const lines: string[] = [];
  // A log has no last screen: there all are told in full.
  const shown = input.width === undefined ? all.length : shownFailures;
  const unshown = all.slice(shown).flat();
  if (unshown.length > 0) {
    const names = unshown.slice(0, shownNames).map((result) => nameOf(input, result));
    const more = unshown.length - names.length;
    lines.push(
      input.paint.red(`${number(unshown.length)} more failed`),
      wrapped([...names, ...(more > 0 ? [`${number(more)} more`] : [])], '  ', widthOf(input)),
      `  See them: ${showBuild(input, '--failed')}`,
      '',
    );
  }
  for (const group of all.slice(0, shown)) {
    for (const result of group) lines.push(...failureHead(input, result));
    const [first] = group;
    if (first === undefined) continue;
    lines.push(...wrapText(visible(first.message ?? ''), input.width, '  '));
    lines.push(...sample(input, first), ...seeAll(input, first), '');
  }
  return lines;
}

/** Nodes that fail for one reason have compiled files of their own. */
function withoutFile(message: string | null): string {
  return (message ?? '').replace(/^compiled: .*$/m, '');
}

function failureHead(input: SummaryInput, result: NodeResult): string[] {
  const place = result.place ?? nodeOf(input, result)?.place;
  const where = place === undefined ? '' : ` (${visibleLine(formatPlace(place))})`;
  return wrapText(
    `${input.paint.red(result.status.toUpperCase())} ${nameOf(input, result)}${where}`,
    input.width,
  );
}

function sample(input: SummaryInput, result: NodeResult): string[] {
  if (result.sample === null) return [];
  const { columns, rows } = result.sample;
  return rows.map((row) => `    ${shorten(rowText(columns, row), widthOf(input) - 4)}`);
}

/** `id=7  name=Ada`: every value short enough that several are seen. */
function rowText(columns: readonly string[], row: readonly (string | null)[]): string {
  return columns
    .map((column, i) => `${visibleLine(column)}=${shorten(visibleLine(row[i] ?? 'null'), 40)}`)
    .join('  ');
}

function seeAll(input: SummaryInput, result: NodeResult): string[] {
  if (result.failuresRelation === null) return [];
  const command = queryFor(input, result.failuresRelation);
  return wrapText(`All ${number(result.failures ?? 0)}: ${command}`, input.width, '  ');
}

/** A command to copy into a shell, for the rows of a table. */
function queryFor(input: SummaryInput, relation: string): string {
  const { allRowsOf = (all) => `select * from ${all}` } = input;
  return `${input.query} '${allRowsOf(visibleLine(relation)).replaceAll("'", "'\\''")}'`;
}
