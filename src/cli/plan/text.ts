/** A plan as a person reads it. */
import { formatCalls, formatPlace, type TechstoreError } from '../../errors.js';
import type { Painter } from '../../format/painter.js';
import { shorten } from '../../format/shorten.js';
import { visibleLine } from '../../format/visible.js';
import { wrapText } from '../../format/wrap.js';
import { nodeName } from '../../manifest/node-name.js';
import type { GraphNode } from '../../manifest/nodes.js';
import type { Readers } from '../../plan/readers.js';
import type { PlannedBuild, PlannedNode } from './planned-build.js';
import { sqlDiff } from './sql-diff.js';
import { counted, plural, reasonText } from './words.js';

export interface PlanTextOptions {
  readonly paint: Painter;
  /** Undefined where there is no terminal. */
  readonly width: number | undefined;
  readonly targetName: string;
  readonly nodes: ReadonlyMap<string, GraphNode>;
}

/** Names in a row that are shown; the rest is counted. */
const mostNames = 60;

/** Lines of a diff that are shown; the rest is counted. */
const longestDiff = 40;

export function planText(build: PlannedBuild, options: PlanTextOptions): string {
  const { paint, width } = options;
  const tables = build.nodes.filter(({ node }) => isTable(node));
  const [own, others] = partition(tables, hasOwnReason);
  const fresh = others.filter(({ reasons }) => reasons[0]?.kind === 'new');
  const below = others.filter(({ reasons }) => reasons[0]?.kind !== 'new');
  const tests = build.nodes.filter((one) => !isTable(one.node) && hasOwnReason(one));
  const lines = [
    ...wrapText(paint.bold(head(build, options)), width),
    ...own.flatMap((one) => ['', ...nodeLines(one, options)]),
    ...testLines(tests, options),
    ...section('New', fresh, options),
    ...section('Below a change', below, options),
    ...fresh.concat(below).flatMap((one) => columnSection(one, options)),
    ...uncheckedLines(build, options),
    ...errorLines(build, options),
    '',
    ...wrapText(summary(build), width),
  ];
  return `${lines.join('\n')}\n`;
}

function head({ base, hasCode }: PlannedBuild, { targetName }: PlanTextOptions): string {
  if (base === null) return `Plan for ${targetName}: nothing is published to go on from`;
  const told = hasCode ? '' : '. It does not say what it was made by, so that causes are not known';
  return `Plan for ${targetName}, compared with build ${base.id}${told}`;
}

function isTable({ resourceType }: GraphNode): boolean {
  return ['model', 'seed', 'source'].includes(resourceType);
}

function hasOwnReason({ reasons }: PlannedNode): boolean {
  return reasons.some(
    ({ kind }) => kind !== 'new' && kind !== 'upstream' && kind !== 'full-refresh',
  );
}

function partition<T>(all: readonly T[], test: (one: T) => boolean): [T[], T[]] {
  return [all.filter(test), all.filter((one) => !test(one))];
}

function nodeLines(planned: PlannedNode, options: PlanTextOptions): string[] {
  const { paint, width } = options;
  const { node, reasons } = planned;
  const why = reasons.map((reason) => reasonText(reason, (id) => nameOf(id, options))).join('; ');
  const sql = reasons.find(({ kind }) => kind === 'sql');
  return [
    ...wrapText(`${paint.yellow(visibleLine(nodeName(node)))}: ${why}`, width),
    ...(sql === undefined ? [] : diffLines(node, sql.before ?? null, options)),
    ...columnLines(planned, options),
  ];
}

/** Tests that run for a reason of their own, those of one reason together. */
function testLines(tests: readonly PlannedNode[], options: PlanTextOptions): string[] {
  const byReason = new Map<string, PlannedNode[]>();
  for (const one of tests) {
    const own = one.reasons.filter(({ kind }) => kind !== 'upstream');
    const why = own.map((reason) => reasonText(reason, (id) => nameOf(id, options))).join('; ');
    byReason.set(why, [...(byReason.get(why) ?? []), one]);
  }
  return [...byReason].flatMap(([why, all]) => section(`Tests, ${why}`, all, options));
}

function diffLines(node: GraphNode, before: string | null, options: PlanTextOptions): string[] {
  if (before === null || !('rawCode' in node)) return [];
  const { paint, width } = options;
  const lines = sqlDiff(before, node.rawCode);
  const shown = lines.slice(0, longestDiff).map((line) => {
    const text = `  ${visibleLine(line)}`;
    const cut = width === undefined ? text : shorten(text, width);
    if (line.startsWith('+')) return paint.green(cut);
    if (line.startsWith('-')) return paint.red(cut);
    return line.startsWith('@@') ? paint.cyan(cut) : cut;
  });
  const more = lines.length - shown.length;
  return more > 0 ? [...shown, paint.dim(`  … ${plural(more, 'more line')}`)] : shown;
}

function columnSection(planned: PlannedNode, options: PlanTextOptions): string[] {
  const lines = columnLines(planned, options);
  if (lines.length === 0) return [];
  return ['', `${options.paint.yellow(visibleLine(planned.node.name))}: other columns`, ...lines];
}

function columnLines({ columns, readers }: PlannedNode, options: PlanTextOptions): string[] {
  if (columns === null) return [];
  const { paint, width } = options;
  const lines = [
    ...columns.gained.map(({ name, type }) => paint.green(`+ ${name} ${type}`)),
    ...columns.lost.map(
      ({ name, type }) => `${paint.red(`- ${name} ${type}`)}, ${readBy(name, readers, options)}`,
    ),
    ...columns.retyped.map(
      ({ name, from, to }) =>
        `${paint.yellow(`~ ${name} ${from} → ${to}`)}, ${readBy(name, readers, options)}`,
    ),
  ];
  return lines.flatMap((line) => wrapText(line, width, '  '));
}

function readBy(
  column: string,
  readers: ReadonlyMap<string, Readers>,
  options: PlanTextOptions,
): string {
  const { tables = [], tests = [], exposures = [], metrics = [] } = readers.get(column) ?? {};
  const parts = [
    ...tables.map((id) => nameOf(id, options)),
    ...(tests.length === 0 ? [] : [plural(tests.length, 'test')]),
    ...exposures.map((id) => `the exposure ${nameOf(id, options)}`),
    ...metrics.map((name) => `the metric ${name}`),
  ];
  return `read by ${parts.length === 0 ? 'nothing in the project' : parts.join(', ')}`;
}

/** Nodes of which there is nothing else to say, their names in a row. */
function section(title: string, all: readonly PlannedNode[], options: PlanTextOptions): string[] {
  if (all.length === 0) return [];
  const shown = all.slice(0, mostNames).map(({ node }) => visibleLine(nodeName(node)));
  const more = all.length - shown.length;
  const names = `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return [
    '',
    `${options.paint.yellow(title)}: ${counted(all.map(({ node }) => node))}`,
    ...wrapText(names, options.width, '  '),
  ];
}

function uncheckedLines(build: PlannedBuild, options: PlanTextOptions): string[] {
  const lines = build.nodes.flatMap(({ node, bound }) =>
    bound?.kind === 'unchecked'
      ? wrapText(`${visibleLine(node.name)}: ${bound.why}`, options.width, '  ')
      : [],
  );
  return lines.length === 0 ? [] : ['', options.paint.yellow('Not checked'), ...lines];
}

function errorLines(build: PlannedBuild, options: PlanTextOptions): string[] {
  const { paint, width } = options;
  const below = build.nodes.filter(({ bound }) => bound?.kind === 'below');
  const held = below.length === 0 ? [] : section('Skipped because of an error', below, options);
  return [
    ...held,
    ...[...build.ephemeral, ...build.nodes].flatMap(({ node, bound }) => {
      if (bound?.kind !== 'error') return [];
      const { error } = bound;
      const where = error.place === undefined ? '' : ` (${formatPlace(error.place)})`;
      const title = `${paint.red('ERROR')} ${visibleLine(node.name)}${where}`;
      return ['', ...wrapText(title, width), ...wrapText(errorBody(error), width, '  ')];
    }),
  ];
}

function errorBody(error: TechstoreError): string {
  return [error.message, error.excerpt, error.hint, ...formatCalls(error.stackOfCalls)]
    .filter((part) => part !== undefined && part !== '')
    .join('\n');
}

function summary(build: PlannedBuild): string {
  const all = build.nodes.map(({ node }) => node);
  const [loads, runs] = partition(all, ({ resourceType }) => resourceType === 'source');
  if (all.length + build.unchanged.length === 0) return 'Nothing to do: nothing is selected.';
  const stays = `${counted(build.unchanged)} up to date`;
  if (all.length === 0) return `Nothing to do: ${stays}.`;
  const parts = [
    ...(loads.length === 0 ? [] : [`load ${counted(loads)}`]),
    ...(runs.length === 0 ? [] : [`run ${counted(runs)}`]),
  ];
  const errors = [...build.nodes, ...build.ephemeral].filter(
    ({ bound }) => bound?.kind === 'error',
  );
  const found = errors.length === 0 ? '' : ` ${plural(errors.length, 'error')}.`;
  return `A build would ${parts.join(' and ')}; ${stays}.${found}`;
}

function nameOf(id: string, { nodes }: PlanTextOptions): string {
  const node = nodes.get(id);
  return visibleLine(node === undefined ? id : nodeName(node));
}
