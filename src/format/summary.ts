/** What a run did, as a person wants to read it. */
import stringWidth from 'string-width';
import { formatPlace } from '../errors.js';
import type { GraphNode, Manifest } from '../manifest/nodes.js';
import type { NodeResult, RunResult } from '../manifest/results.js';
import type { Painter } from './painter.js';
import { shorten } from './shorten.js';
import { visible, visibleLine } from './visible.js';
import { wrapText } from './wrap.js';

export interface SummaryInput {
  readonly result: Pick<RunResult, 'results' | 'startedAt' | 'completedAt'>;
  readonly manifest: Pick<Manifest, 'nodes'>;
  /** Rows of each table there is now, by unique id; of source files too. */
  readonly rows: ReadonlyMap<string, number | null>;
  /** Rows in the build before, by unique id; null when there was none. */
  readonly previousRows: ReadonlyMap<string, number | null> | null;
  readonly rejected: readonly (readonly [table: string, reason: string, rows: number])[];
  readonly warnings: readonly string[];
  /** The last line: what became of the build. */
  readonly outcome: string;
  readonly ok: boolean;
  /** How the failing rows are reached: `techstore query --build failed`. */
  readonly query: string;
  /** How the engine writes a query of all rows of a relation. Default: as every engine knows it. */
  readonly allRowsOf?: (relation: string) => string;
  readonly paint: Painter;
  /** True for failures, counts and the outcome alone. Default: false. */
  readonly brief?: boolean;
  /** Columns of the terminal; undefined where the text goes to a file or another program. */
  readonly width?: number | undefined;
  /** The build as commands name it, to see more of it: `failed`. Default: the published one. */
  readonly build?: string | undefined;
}

/** Failures that are told in full on a terminal; the rest is a command away. */
const shownFailures = 5;
/** Names of skipped models, and of failures that are not told in full. */
const shownNames = 12;
/** Of a text that goes to a file or another program, where that is any width. */
const defaultWidth = 80;

const number = (value: number): string => value.toLocaleString('en-US');
const counted = (count: number, word: string): string =>
  `${number(count)} ${word}${count === 1 ? '' : 's'}`;

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

const widthOf = (input: SummaryInput): number => input.width ?? defaultWidth;

/** The command that shows the nodes of this build that came out so. */
function showBuild(input: SummaryInput, filter: '--failed' | '--warnings'): string {
  const name = input.build === undefined ? '' : ` ${input.build}`;
  return `techstore builds show${name} ${filter}`;
}

function nodeOf(input: SummaryInput, result: NodeResult): GraphNode | undefined {
  return input.manifest.nodes.get(result.uniqueId);
}

function nameOf(input: SummaryInput, result: NodeResult): string {
  return visibleLine(nodeOf(input, result)?.name ?? result.uniqueId);
}

/** Failed nodes; those with one and the same message, such as the tests of a broken model, together. */
function failures(input: SummaryInput): string[] {
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

function skips(input: SummaryInput): string[] {
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

/** Warnings in one line, or by kind where nothing failed; which rows they are about is a command away. */
function warned(input: SummaryInput): string[] {
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

/** Rows in and out by folder: in is what the folder's models read from outside of it. */
function layers(input: SummaryInput): string[] {
  const members = new Map<string, GraphNode[]>();
  for (const result of input.result.results) {
    const node = nodeOf(input, result);
    if (node?.resourceType !== 'model') continue;
    const layer = node.fqn.length > 2 ? (node.fqn[1] ?? '') : 'models';
    members.set(layer, [...(members.get(layer) ?? []), node]);
  }
  if (members.size === 0) return [];
  const lines = [...members].map(([layer, nodes]) => {
    const own = new Set(nodes.map((node) => node.uniqueId));
    const parents = new Set(
      nodes.flatMap((node) => node.dependsOn.nodes).filter((id) => !own.has(id)),
    );
    const sum = (ids: Iterable<string>): string => {
      const rows = [...ids].map((id) => rowsOf(input, id));
      return rows.includes('unknown')
        ? '-'
        : number(rows.reduce<number>((total, one) => total + Number(one), 0));
    };
    return [layer, String(nodes.length), sum(parents), sum(own)];
  });
  return [...table(['layer', 'models', 'rows in', 'rows out'], lines), ''];
}

/** A source has the rows of its file, or of the seed that makes it; a table of others was not counted. */
function rowsOf(input: SummaryInput, id: string): number | 'unknown' {
  const known = input.rows.get(id);
  if (known != null) return known;
  const node = input.manifest.nodes.get(id);
  if (node?.resourceType !== 'source') return 0;
  for (const [other, rows] of input.rows) {
    const seed = input.manifest.nodes.get(other);
    if (
      seed?.resourceType === 'seed' &&
      seed.alias === node.identifier &&
      seed.schema === node.schema
    ) {
      return rows ?? 0;
    }
  }
  return 'unknown';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((h, i) =>
    Math.max(h.length, ...rows.map((row) => (row[i] ?? '').length)),
  );
  return [head, ...rows].map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('   ')
      .trimEnd(),
  );
}

function setAside(input: SummaryInput): string[] {
  if (input.rejected.length === 0) return [];
  const byTable = new Map<string, [string, number][]>();
  for (const [name, reason, rows] of input.rejected) {
    byTable.set(name, [...(byTable.get(name) ?? []), [reason, rows]]);
  }
  const total = input.rejected.reduce((sum, [, , rows]) => sum + rows, 0);
  const width = Math.max(...[...byTable.keys()].map((name) => name.length));
  const lines = [...byTable].map(([name, reasons]) => {
    const rows = reasons.reduce((sum, [, n]) => sum + n, 0);
    const head = `  ${visibleLine(name).padEnd(width)} ${number(rows).padStart(6)}  `;
    const list = reasons.map(([reason, n]) => `${visibleLine(reason)} ${number(n)}`);
    return wrapped(list, head, widthOf(input));
  });
  return [`${counted(total, 'row')} set aside`, ...lines, ''];
}

/** A list behind a head, broken between its items; further lines stand below the first item. */
function wrapped(items: readonly string[], head: string, width: number): string {
  const lines: string[] = [];
  let line = head;
  for (const [index, item] of items.entries()) {
    const text = index === items.length - 1 ? item : `${item}, `;
    if (stringWidth(line) + text.trimEnd().length > width && line.trim() !== '' && line !== head) {
      lines.push(line.trimEnd());
      line = ' '.repeat(head.length);
    }
    line += text;
  }
  return [...lines, line.trimEnd()].join('\n');
}

function changes(input: SummaryInput): string[] {
  if (input.previousRows === null) return [];
  const lines: string[] = [];
  for (const [id, rows] of input.rows) {
    const node = input.manifest.nodes.get(id);
    if (node?.resourceType !== 'model' || rows === null) continue;
    const before = input.previousRows.get(id);
    if (before === rows) continue;
    if (before == null) lines.push(`  ${node.name}: new, ${counted(rows, 'row')}`);
    else
      lines.push(`  ${visibleLine(node.name)}: ${counted(rows, 'row')} (${signed(rows - before)})`);
  }
  for (const [id] of input.previousRows) {
    // A model that was skipped is not gone, it only has no table in this build.
    if (!input.manifest.nodes.has(id) && id.startsWith('model.'))
      lines.push(`  ${visibleLine(id.split('.').slice(2).join('.'))}: gone`);
  }
  return lines.length === 0 ? [] : ['Changes since the previous build', ...lines, ''];
}

function signed(value: number): string {
  return value > 0 ? `+${number(value)}` : `-${number(-value)}`;
}

function notes(input: SummaryInput): string[] {
  if (input.warnings.length === 0) return [];
  return [
    ...input.warnings.flatMap((text) =>
      wrapText(`${input.paint.yellow('Warning:')} ${visible(text)}`, input.width),
    ),
    '',
  ];
}

function counts(input: SummaryInput): string[] {
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
