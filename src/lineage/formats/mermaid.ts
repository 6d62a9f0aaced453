/** `--mermaid`: a flowchart for Markdown pages. */
import { visibleLine } from '../../format/visible.js';
import { columnKey, columnsByNode } from '../columns-of.js';
import { layerColours } from '../layers.js';
import type { Lineage, LineageColumn, LineageNode } from '../lineage.js';

/** Nodes are called n0, n1, … since the language has no way to quote an id. */
export function lineageMermaid({ nodes, edges, columns }: Lineage): string {
  const layers = [...layerColours(nodes)];
  const classes = new Map(layers.map(([layer], i) => [layer, `layer${i}`]));
  const ids = new Map(nodes.map(({ id }, i) => [id, `n${i}`]));
  const columnIds = new Map<string, string>();
  const byNode = columnsByNode(columns);
  const lines = nodes.flatMap((node) => {
    const id = ids.get(node.id) ?? '';
    const own = byNode.get(node.id) ?? [];
    const style = `:::${classes.get(node.layer) ?? ''}`;
    if (own.length === 0) return [`  ${box(node, id)}${style}`];
    own.forEach((column, i) => columnIds.set(columnKey(column), `${id}c${i}`));
    return [
      `  subgraph ${id}["${text(node.name)}"]`,
      ...own.map((column, i) => `    ${id}c${i}["${columnText(column)}"]${style}`),
      '  end',
    ];
  });
  const joined = new Set(
    (columns ?? []).flatMap((to) =>
      (to.sources ?? [])
        .filter((from) => columnIds.has(columnKey(from)))
        .map((from) => JSON.stringify([from.node, to.node])),
    ),
  );
  // Between tables whose columns are joined, the columns' own arrows say it better.
  const nodeEdges = edges
    .filter(({ from, to }) => !joined.has(JSON.stringify([from, to])))
    .map(
      ({ from, to, direct }) =>
        `  ${ids.get(from) ?? ''} ${direct ? '-->' : '-.->'} ${ids.get(to) ?? ''}`,
    );
  const columnEdges = (columns ?? []).flatMap((to) =>
    (to.sources ?? []).flatMap((from) => {
      const [start, end] = [columnIds.get(columnKey(from)), columnIds.get(columnKey(to))];
      return start === undefined || end === undefined ? [] : [`  ${start} --> ${end}`];
    }),
  );
  return [
    'flowchart LR',
    ...lines,
    ...nodeEdges,
    ...columnEdges,
    ...layers.map(
      ([, { fill, border }], i) =>
        `  classDef layer${i} fill:${fill},stroke:${border},color:#1a1a1a`,
    ),
    '',
  ].join('\n');
}

/** Where data lies, a drum; what reads it, a stadium; else a box. */
function box(node: LineageNode, id: string): string {
  const name = text(node.name);
  if (node.type === 'source' || node.type === 'seed') return `${id}[("${name}")]`;
  return node.type === 'exposure' ? `${id}(["${name}"])` : `${id}["${name}"]`;
}

function columnText({ column, sources }: LineageColumn): string {
  return sources === null ? `${text(column)} ?` : text(column);
}

/** Everything that could end the text, or be taken for Markdown or HTML, as a number. */
function text(name: string): string {
  return visibleLine(name).replace(/[#&<>"'`*_~|\\]/g, (character) =>
    // An underscore inside of a word is no emphasis, and most names have one.
    character === '_' ? '_' : `#${character.charCodeAt(0)};`,
  );
}
