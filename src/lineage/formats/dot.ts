/** `--dot`: the language of Graphviz. */
import { visibleLine } from '../../format/visible.js';
import { columnKey, columnsByNode } from '../columns-of.js';
import { layerColours } from '../layers.js';
import type { Lineage, LineageColumn, LineageEdge, LineageNode } from '../lineage.js';

export interface DotOptions {
  /** Ids (`n0`, `n0c3`) on nodes and columns, and links on columns, for a page that works with them. */
  readonly forPage?: boolean;
}

/** A directed graph from left to right; with columns each node is a table of them. */
export function lineageDot(lineage: Lineage, options: DotOptions = {}): string {
  const { nodes, edges, columns } = lineage;
  const colours = layerColours(nodes);
  const index = new Map(nodes.map(({ id }, i) => [id, i]));
  const byNode = columnsByNode(columns);
  const lines = nodes.map((node, i) => {
    const colour = colours.get(node.layer);
    const attributes = [
      ['fillcolor', quoted(colour?.fill ?? 'white')],
      ['color', quoted(colour?.border ?? 'black')],
      // A tooltip is a link, and the links of columns can't stand inside of another.
      ...(options.forPage === true ? [] : [['tooltip', label(`${node.type} ${node.name}`)]]),
      ...(options.forPage === true ? [['id', quoted(`n${i}`)]] : []),
    ];
    const own = byNode.get(node.id);
    attributes.unshift(
      own === undefined
        ? ['label', label(node.name)]
        : ['label', `<${tableLabel(node, i, own, options)}>`],
      ...(own === undefined ? [] : [['shape', 'plain']]),
    );
    return `  ${quoted(node.id)} [${attributes.map(([k, v]) => `${k}=${v}`).join(', ')}];`;
  });
  return [
    'digraph lineage {',
    // One font by a name that Graphviz has the widths of: of a list it knows none, and boxes get too narrow.
    '  graph [rankdir=LR, bgcolor=transparent, ranksep=0.6, nodesep=0.15];',
    '  node [shape=box, style="filled,rounded", fontname="Helvetica", fontsize=11, fontcolor="#1a1a1a"];',
    '  edge [color="#8a8f98", arrowsize=0.6];',
    ...lines,
    ...edges.map((edge) => nodeEdge(edge, index, byNode.size > 0, options)),
    ...columnEdges(columns ?? [], index, byNode, options),
    '}',
    '',
  ].join('\n');
}

function nodeEdge(
  { from, to, direct }: LineageEdge,
  index: ReadonlyMap<string, number>,
  withColumns: boolean,
  options: DotOptions,
): string {
  const attributes = [
    ...(direct ? [] : ['style=dashed']),
    // Beside the edges of columns those of tables step back.
    ...(withColumns ? ['color="#c9ccd1"', 'penwidth=2'] : []),
    ...(options.forPage === true ? [`id="e-n${index.get(from) ?? 0}-n${index.get(to) ?? 0}"`] : []),
  ];
  const list = attributes.length === 0 ? '' : ` [${attributes.join(', ')}]`;
  return `  ${quoted(from)} -> ${quoted(to)}${list};`;
}

function columnEdges(
  columns: readonly LineageColumn[],
  index: ReadonlyMap<string, number>,
  byNode: ReadonlyMap<string, readonly LineageColumn[]>,
  options: DotOptions,
): string[] {
  const place = new Map<string, number>();
  for (const list of byNode.values()) list.forEach((c, i) => place.set(columnKey(c), i));
  return columns.flatMap((to) =>
    (to.sources ?? []).flatMap((from) => {
      const start = place.get(columnKey(from));
      const end = place.get(columnKey(to));
      if (start === undefined || end === undefined) return [];
      const attributes = [
        ...(from.how === null ? [] : [`tooltip="${from.how}"`]),
        ...(from.how === 'aggregated' ? ['style=bold'] : []),
        ...(options.forPage === true
          ? [
              `id="e-n${index.get(from.node) ?? 0}c${start}-n${index.get(to.node) ?? 0}c${end}"`,
              'class=column',
            ]
          : []),
      ];
      const list = attributes.length === 0 ? '' : ` [${attributes.join(', ')}]`;
      return [`  ${quoted(from.node)}:c${start}:e -> ${quoted(to.node)}:c${end}:w${list};`];
    }),
  );
}

function tableLabel(
  node: LineageNode,
  index: number,
  columns: readonly LineageColumn[],
  options: DotOptions,
): string {
  const cells = columns.map(({ column, type, sources }, i) => {
    const id = `n${index}c${i}`;
    const link =
      options.forPage === true ? ` id="${id}" href="#${id}" title="${html(type ?? '')}"` : '';
    const text = sources === null ? `${html(column)} ?` : html(column);
    return `<tr><td port="c${i}" align="left"${link}>${text}</td></tr>`;
  });
  const head = `<tr><td><b>${html(node.name)}</b></td></tr>`;
  return `<table border="0" cellborder="1" cellspacing="0" cellpadding="4">${head}${cells.join('')}</table>`;
}

/** A quoted string, in which a backslash must not begin an escape. */
function quoted(text: string): string {
  return `"${visibleLine(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** As quoted, where Graphviz also looks for entities. */
function label(text: string): string {
  return quoted(text.replaceAll('&', '&amp;'));
}

function html(text: string): string {
  return visibleLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
