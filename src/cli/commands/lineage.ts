/** `lineage`: where tables and columns come from and what is made of them. */
import { extname } from 'node:path';
import { TechstoreError } from '../../errors.js';
import { select, type LineageGraph } from '../../graph/index.js';
import {
  around,
  columnList,
  columnReach,
  columnTree,
  dictionaryMarkdown,
  lineageDot,
  lineageJson,
  lineageMarkdown,
  lineageMermaid,
  lineageSvg,
  nodeLineage,
  nodeTree,
  type ColumnRef,
  type Lineage,
  type Reach,
} from '../../lineage/index.js';
import type { GraphNode, Manifest } from '../../manifest/nodes.js';
import { columnOf, findColumnNode, findNode } from '../lineage-focus.js';
import { load, type LoadedProject } from '../load.js';
import type { ProjectOptions, SelectionOptions } from '../options.js';
import { reporterOf, type Reporter } from '../reporter.js';
import { selectionOptions, warnOfUnmatched } from '../selection.js';
import { terminalOf } from '../terminal.js';
import { traceColumns } from '../trace-columns.js';
import { lineageGraph } from '../whole-lineage.js';
import { writeFileWhole } from '../write-file.js';

const formats = ['dot', 'mermaid', 'json', 'svg', 'html', 'markdown', 'dictionary'] as const;
type Format = (typeof formats)[number] | 'tree';

export interface LineageOptions
  extends ProjectOptions, SelectionOptions, Partial<Record<(typeof formats)[number], boolean>> {
  readonly sources?: string;
  readonly upstream?: boolean;
  readonly downstream?: boolean;
  readonly depth?: number;
  readonly tests?: boolean;
  readonly exposures?: boolean;
  readonly columns?: boolean;
  readonly column?: string;
  readonly output?: string;
  readonly force?: boolean;
}

interface Asked {
  readonly project: LoadedProject;
  readonly graph: LineageGraph;
  readonly options: LineageOptions;
  readonly reporter: Reporter;
}

interface Found {
  readonly lineage: Lineage;
  readonly focus: Focus;
}

interface Focus {
  readonly node: string | null;
  readonly column: ColumnRef | null;
}

/** Pages tell of columns and of who reads them, without being asked to. */
const pages: ReadonlySet<Format> = new Set(['markdown', 'dictionary']);

export async function lineage(name: string | undefined, given: LineageOptions): Promise<void> {
  const format = formatOf(given);
  const isPage = pages.has(format);
  const options = isPage ? { ...given, columns: true, exposures: true } : given;
  if (isPage && options.column !== undefined) {
    throw new TechstoreError('usage', `--column and --${format} cannot be combined`, {
      hint: `--${format} describes tables with all of their columns: name the model instead.`,
    });
  }
  if (name !== undefined && options.column !== undefined) {
    throw new TechstoreError('usage', 'A model and --column cannot be combined', {
      hint: 'Remove the model: --column already names it.',
    });
  }
  const reporter = await reporterOf(options);
  const project = load('list', options, reporter.logger);
  for (const warning of project.warnings) reporter.warning(warning);
  const asked = { project, graph: lineageGraph(project, options), options, reporter };
  const { lineage: found, focus } =
    options.column === undefined
      ? await ofNodes(name, asked)
      : await ofColumn(options.column, asked);
  if (found.nodes.length === 0) reporter.warning({ message: 'No nodes selected!' });
  const text = await textOf(found, focus, format, options, project.manifest);
  if (options.output === undefined) process.stdout.write(text);
  else {
    await writeFileWhole(options.output, text, { force: options.force === true });
    if (options.quiet !== true) process.stderr.write(`Wrote ${options.output}\n`);
  }
}

async function ofNodes(
  name: string | undefined,
  { project, graph, options, reporter }: Asked,
): Promise<Found> {
  const { manifest } = project;
  const node = name === undefined ? null : findNode(manifest, name);
  const near = node === null ? null : around(graph, node.uniqueId, reachOf(options));
  const selection = await selectionOptions(options, project);
  const picked = select(project.graph, manifest, selection);
  warnOfUnmatched(picked.unmatched, reporter);
  const wanted = kinds(options, node);
  const ids = [...picked.ids].filter((id) => {
    const type = manifest.nodes.get(id)?.resourceType;
    return type !== undefined && wanted.has(type) && (near === null || near.has(id));
  });
  const nodes = nodeLineage(manifest, graph, ids);
  const focus = {
    node: node !== null && ids.includes(node.uniqueId) ? node.uniqueId : null,
    column: null,
  };
  if (options.columns !== true) return { lineage: nodes, focus };
  const traced = await traceColumns(project, graph, ids, tracingNote(reporter));
  return { lineage: { ...nodes, ...traced }, focus };
}

async function ofColumn(
  text: string,
  { project, graph, options, reporter }: Asked,
): Promise<Found> {
  const { manifest } = project;
  const { node, column } = findColumnNode(manifest, text);
  const reach = reachOf(options);
  const tables = new Set(['model', 'seed', 'source']);
  const ids = [...around(graph, node.uniqueId, reach)].filter((id) =>
    tables.has(manifest.nodes.get(id)?.resourceType ?? ''),
  );
  const traced = await traceColumns(project, graph, ids, tracingNote(reporter));
  const focus = columnOf(node, column, traced);
  const all = { ...nodeLineage(manifest, graph, ids), ...traced };
  return { lineage: columnReach(all, focus, reach), focus: { node: null, column: focus } };
}

/** Both ways unless one of them was asked for. */
function reachOf({ upstream, downstream, depth }: LineageOptions): Reach {
  const both = upstream === downstream;
  return { upstream: both || upstream === true, downstream: both || downstream === true, depth };
}

/** Tables, and what else was asked for by an option, a selection or a name. */
function kinds(
  options: LineageOptions,
  focus: GraphNode | null,
): ReadonlySet<GraphNode['resourceType']> {
  const all = ['model', 'seed', 'source', 'exposure', 'test', 'unit_test', 'analysis'] as const;
  if (options.resourceType !== undefined) return new Set(all);
  const asks = (word: string): boolean =>
    options.select?.some((criterion) => criterion.includes(word)) === true;
  const found = new Set<GraphNode['resourceType']>(['model', 'seed', 'source']);
  if (options.exposures === true || asks('exposure:')) found.add('exposure');
  if (options.tests === true || asks('test')) found.add('test').add('unit_test');
  if (focus !== null) found.add(focus.resourceType);
  return found;
}

function tracingNote(reporter: Reporter): () => void {
  let told = false;
  return () => {
    // The first time takes seconds; afterwards the answers are kept.
    if (!told) reporter.listener.note('Tracing columns ...');
    told = true;
  };
}

const formatsByEnding: Readonly<Record<string, Format>> = {
  '.dot': 'dot',
  '.gv': 'dot',
  '.mmd': 'mermaid',
  '.mermaid': 'mermaid',
  '.json': 'json',
  '.svg': 'svg',
  '.html': 'html',
  '.md': 'markdown',
  '.txt': 'tree',
};

function formatOf(options: LineageOptions): Format {
  const asked = formats.filter((format) => options[format] === true);
  if (asked.length > 1) {
    throw new TechstoreError(
      'usage',
      `Only one format at a time: ${asked.map((f) => `--${f}`).join(' or ')}`,
    );
  }
  if (asked[0] !== undefined) return asked[0];
  const ending = options.output === undefined ? '' : extname(options.output).toLowerCase();
  const format = ending === '' ? 'tree' : formatsByEnding[ending];
  if (format === undefined) {
    throw new TechstoreError('usage', `No format has the file extension ${ending}`, {
      hint: `The extensions are: ${Object.keys(formatsByEnding).join(', ')}. --${formats.join(', --')} set the format for any file name.`,
    });
  }
  return format;
}

async function textOf(
  found: Lineage,
  focus: Focus,
  format: Format,
  options: LineageOptions,
  manifest: Manifest,
): Promise<string> {
  switch (format) {
    case 'dot':
      return lineageDot(found);
    case 'mermaid':
      return lineageMermaid(found);
    case 'json':
      return `${JSON.stringify(lineageJson(found), null, 2)}\n`;
    case 'svg':
      return lineageSvg(found);
    case 'html': {
      const { lineageHtml } = await import('../../docs/lineage-page.js');
      return lineageHtml(found, { project: manifest.projectName, ...focus });
    }
    case 'markdown':
      return lineageMarkdown(found, manifest, `techstore lineage --${format}`);
    case 'dictionary':
      return dictionaryMarkdown(found, manifest, `techstore lineage --${format}`);
    case 'tree': {
      const { color, width } = terminalOf(process.stdout, options);
      const shown =
        options.output === undefined ? { color, width } : { color: false, width: undefined };
      if (focus.column !== null) return columnTree(found, focus.column, shown);
      if (options.columns === true) return columnList(found, shown);
      return found.nodes.length === 0 ? '' : nodeTree(found, { ...shown, focus: focus.node });
    }
  }
}
