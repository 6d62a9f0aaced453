/** What is shown as a drawing for Graphviz: only sizes and edges, no text of the project. */
import type { Box } from './boxes.js';
import { headHeight, rowHeight } from './boxes.js';
import type { Shown } from './shown.js';

/** More nodes than this, and lines are drawn in less time: straight between their corners. */
const manyNodes = 150;

export interface Dot {
  readonly text: string;
  /** What `plain-ext` calls the ends of each edge, without quotes: first those of nodes, then those of columns. */
  readonly ends: readonly string[];
}

/** Nodes are `n3`, the ports of columns `c2` by their rows; that of a table is its header. */
export function dotOf({ edges, columnEdges }: Shown, boxes: readonly Box[]): Dot {
  const rowOf = new Map<number, string>();
  const withRows = new Set<number>();
  for (const { node, rows } of boxes) {
    if (rows.length > 0) withRows.add(node);
    rows.forEach(({ column }, row) => {
      if (column !== null) rowOf.set(column, `n${node}:c${row}`);
    });
  }
  const head = (node: number): string => (withRows.has(node) ? `n${node}:h` : `n${node}`);
  const ends = [
    ...edges.map(({ from, to }) => [head(from), head(to)] as const),
    ...columnEdges.map(({ from, to }) => [rowOf.get(from) ?? '', rowOf.get(to) ?? ''] as const),
  ].map(([from, to]) => [`${from}:e`, `${to}:w`] as const);
  const lines = [
    'digraph {',
    `graph [rankdir=LR, nodesep=0.17, ranksep=${boxes.length > manyNodes ? 1.2 : 0.8}, ${effort(boxes.length)}];`,
    'node [shape=box, fixedsize=true, label=""];',
    'edge [arrowhead=none];',
    ...boxes.map((box) => `n${box.node} [${attributesOf(box)}];`),
    ...ends.map(([from, to]) => `${from} -> ${to};`),
    '}',
  ];
  return { text: lines.join('\n'), ends: ends.map(([from, to]) => `${from} ${to}`) };
}

/** How long Graphviz may try to make it better. */
function effort(nodes: number): string {
  return nodes > manyNodes
    ? 'splines=polyline, nslimit=1, nslimit1=1, mclimit=0.1'
    : 'splines=true, nslimit=4, nslimit1=4';
}

function attributesOf({ width, height, rows }: Box): string {
  if (rows.length === 0) return `width=${inches(width)}, height=${inches(height)}`;
  const cell = (port: string, size: number): string =>
    `<tr><td port="${port}" fixedsize="true" width="${width}" height="${size}"></td></tr>`;
  const cells = [cell('h', headHeight), ...rows.map((_, row) => cell(`c${row}`, rowHeight))];
  return `shape=plain, fixedsize=false, label=<<table border="0" cellborder="0" cellspacing="0" cellpadding="0">${cells.join('')}</table>>`;
}

/** Graphviz counts in inches of 72 points: a point is a pixel here. */
function inches(pixels: number): string {
  return (pixels / 72).toFixed(4);
}
