/** `--dot`: the language of Graphviz. */
import { visibleLine } from '../../format/visible.js';
import { columnKey, columnsByNode } from '../columns-of.js';
import { layerColours } from '../layers.js';
import type { Lineage, LineageColumn, LineageEdge, LineageNode } from '../lineage.js';

/** A directed graph from left to right; with columns each node is a table of them. */
export function lineageDot({ nodes, edges, columns }: Lineage): string {
  const colours = layerColours(nodes);
  const byNode = columnsByNode(columns);
  const lines = nodes.map((node) => {
    const colour = colours.get(node.layer);
    const attributes = [
      ['fillcolor', quoted(colour?.fill ?? 'white')],
      ['color', quoted(colour?.border ?? 'black')],
      ['tooltip', label(`${node.type} ${node.name}`)],
    ];
    const own = byNode.get(node.id);
    attributes.unshift(
      own === undefined ? ['label', label(node.name)] : ['label', `<${tableLabel(node, own)}>`],
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
    ...edges.map((edge) => nodeEdge(edge, byNode)),
    ...columnEdges(columns ?? [], byNode),
    '}',
    '',
  ].join('\n');
}

function nodeEdge(
  { from, to, direct }: LineageEdge,
  byNode: ReadonlyMap<string, readonly LineageColumn[]>,
): string {
  const attributes = [
    ...(direct ? [] : ['style=dashed']),
    // Beside the edges of columns those of tables step back.
    ...(byNode.size > 0 ? ['color="#c9ccd1"', 'penwidth=2'] : []),
  ];
  const list = attributes.length === 0 ? '' : ` [${attributes.join(', ')}]`;
  // At the name of a table: beside its columns it would seem to be an edge of one of them.
  const end = (id: string, side: 'e' | 'w'): string =>
    byNode.has(id) ? `${quoted(id)}:h:${side}` : quoted(id);
  return `  ${end(from, 'e')} -> ${end(to, 'w')}${list};`;
}

function columnEdges(
  columns: readonly LineageColumn[],
  byNode: ReadonlyMap<string, readonly LineageColumn[]>,
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
      ];
      const list = attributes.length === 0 ? '' : ` [${attributes.join(', ')}]`;
      return [`  ${quoted(from.node)}:c${start}:e -> ${quoted(to.node)}:c${end}:w${list};`];
    }),
  );
}

function tableLabel(node: LineageNode, columns: readonly LineageColumn[]): string {
  const cells = columns.map(({ column, sources }, i) => {
    const text = sources === null ? `${html(column)} ?` : html(column);
    return `<tr><td port="c${i}" align="left">${text}</td></tr>`;
  });
  const head = `<tr><td port="h"><b>${html(node.name)}</b></td></tr>`;
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
