/** `--markdown`: the way of the data as a page: a diagram, the tables of each layer, and columns. */
import { markdownLine, markdownName, markdownTable, plainMarkdown } from '../../format/markdown.js';
import type { ExposureNode, Manifest } from '../../manifest/nodes.js';
import { columnsByNode, nameOfId } from '../columns-of.js';
import type { ColumnRef, Lineage, LineageColumn, LineageEdge, LineageNode } from '../lineage.js';
import { originsIn, type Origins } from '../origins.js';
import { edgesThrough, readsThrough, stagesOf, type Stage } from '../stages.js';
import { lineageFlow } from './mermaid-flow.js';

/** @param command what a reader runs to make the page again */
export function lineageMarkdown(lineage: Lineage, manifest: Manifest, command: string): string {
  const stages = stagesOf(lineage, manifest);
  const edges = edgesThrough(lineage, manifest);
  const shown = columnsShown(lineage, stages);
  const parts = [
    `# Data lineage of ${plainMarkdown(manifest.projectName)}`,
    `Written by \`${command}\`. Do not change it by hand.`,
    ...overview(stages, edges),
    ...stages.flatMap((stage) => stageSection(stage, edges, lineage, manifest)),
    ...columnSections(shown, lineage),
  ];
  return `${parts.join('\n\n')}\n`;
}

function overview(stages: readonly Stage[], edges: readonly LineageEdge[]): string[] {
  if (stages.length === 0) return ['No tables are selected.'];
  const flow = lineageFlow(stages, edges);
  return [
    stages.map(({ title }) => plainMarkdown(title)).join(' → '),
    `\`\`\`mermaid\n${flow.text}\`\`\``,
    ...(flow.isWhole
      ? []
      : [
          'The project is too large for one diagram of its tables: the diagram shows its layers, and `techstore lineage --html` shows all of it.',
        ]),
  ];
}

function stageSection(
  stage: Stage,
  edges: readonly LineageEdge[],
  lineage: Lineage,
  manifest: Manifest,
): string[] {
  const names = new Map(lineage.nodes.map(({ id, name }) => [id, name]));
  const list = (ids: readonly string[]): string =>
    ids.map((id) => markdownName(names.get(id) ?? nameOfId(id))).join(', ');
  const parents = (id: string): string =>
    list(edges.filter(({ to }) => to === id).map(({ from }) => from));
  const children = (id: string): string =>
    list(edges.filter(({ from }) => from === id).map(({ to }) => to));
  const heading = `## ${plainMarkdown(stage.title)}`;
  if (stage.kind === 'exposures') return [heading, ...exposures(stage.nodes, manifest, parents)];
  return [
    heading,
    markdownTable(
      ['Table', 'Made as', 'Made from', 'Used by', 'Description'],
      stage.nodes.map((node) => [
        markdownName(node.name),
        plainMarkdown(node.materialized ?? node.type.replace('_', ' ')),
        parents(node.id),
        children(node.id),
        markdownLine(node.description),
      ]),
    ),
  ];
}

function exposures(
  nodes: readonly LineageNode[],
  manifest: Manifest,
  parents: (id: string) => string,
): string[] {
  const found = nodes
    .map(({ id }) => manifest.nodes.get(id))
    .filter((node): node is ExposureNode => node?.resourceType === 'exposure');
  const rows = found.map((exposure) => [
    markdownName(exposure.name),
    plainMarkdown(exposure.type),
    parents(exposure.uniqueId),
    plainMarkdown([exposure.owner.name, exposure.owner.email].filter(Boolean).join(', ')),
    plainMarkdown(exposure.maturity ?? ''),
    markdownLine(exposure.description),
  ]);
  return [
    markdownTable(['Name', 'Type', 'Reads', 'Owner', 'Maturity', 'Description'], rows),
    ...found.flatMap((exposure) => endpoints(exposure, manifest)),
  ];
}

/** `meta: {endpoints: […]}`: what a program can be asked. */
function endpoints(exposure: ExposureNode, manifest: Manifest): string[] {
  const given = exposure.meta['endpoints'];
  const through = readsThrough(exposure, manifest).map(({ name }) => markdownName(name));
  const lines = Array.isArray(given) ? given.map((one) => `- ${endpoint(String(one))}`) : [];
  return [
    ...(lines.length === 0
      ? []
      : [`Endpoints of ${markdownName(exposure.name)}:`, lines.join('\n')]),
    ...(through.length === 0
      ? []
      : [`${markdownName(exposure.name)} reads its data through ${through.join(', ')}.`]),
  ];
}

function endpoint(text: string): string {
  return /^[\w /{}:.-]+$/.test(text) ? `\`${text}\`` : plainMarkdown(text);
}

/** The last layer of tables is what others read: its columns are told one by one. */
function columnsShown(lineage: Lineage, stages: readonly Stage[]): readonly LineageNode[] {
  if (lineage.columns === undefined) return [];
  const made = stages.filter(
    ({ kind, nodes }) => kind === 'tables' && nodes.some(({ type }) => type === 'model'),
  );
  return made.at(-1)?.nodes ?? [];
}

function columnSections(nodes: readonly LineageNode[], lineage: Lineage): string[] {
  if (nodes.length === 0) return [];
  const byNode = columnsByNode(lineage.columns);
  const names = new Map(lineage.nodes.map(({ id, name }) => [id, name]));
  const originsOf = originsIn(lineage);
  const column = ({ node, column: name }: ColumnRef): string =>
    markdownName(`${names.get(node) ?? nameOfId(node)}.${name}`);
  return [
    '## Columns',
    'A column comes from the columns that its expression reads. It is _direct_ where the value stays as it is, _transformed_ where it is computed with, and _aggregated_ where values of several rows are brought together.',
    ...nodes.flatMap((node) => [
      `### ${plainMarkdown(node.name)}`,
      ...(lineage.gaps?.[node.id] === undefined
        ? []
        : [`Not everything is known: ${plainMarkdown(lineage.gaps[node.id] ?? '')}`]),
      markdownTable(
        ['Column', 'Type', 'Made from', 'Comes from'],
        (byNode.get(node.id) ?? []).map((one) => [
          markdownName(one.column),
          plainMarkdown(one.type ?? ''),
          madeFrom(one, column),
          comesFrom(one, originsOf(one), column),
        ]),
      ),
    ]),
  ];
}

function madeFrom({ sources }: LineageColumn, show: (ref: ColumnRef) => string): string {
  if (sources === null) return 'not known';
  if (sources.length === 0) return 'no column';
  return sources.map((ref) => show(ref) + (ref.how === null ? '' : ` ${ref.how}`)).join(', ');
}

function comesFrom(
  { sources }: LineageColumn,
  { columns, isWhole }: Origins,
  show: (ref: ColumnRef) => string,
): string {
  if (sources?.length === 0) return '';
  return [...columns.map(show), ...(isWhole ? [] : ['and what is not known'])].join(', ');
}
