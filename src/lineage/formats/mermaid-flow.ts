/** A flowchart with a frame for each layer. */
import { layerColours } from '../layers.js';
import type { LineageEdge, LineageNode } from '../lineage.js';
import type { Stage } from '../stages.js';
import { mermaidBox, mermaidText } from './mermaid.js';

// What hosting sites draw: Mermaid's own defaults are 50,000 characters and 500 arrows.
const mostCharacters = 45_000;
const mostEdges = 450;

export interface Flow {
  readonly text: string;
  /** False where only the layers are shown, since the tables are too many. */
  readonly isWhole: boolean;
}

export function lineageFlow(stages: readonly Stage[], edges: readonly LineageEdge[]): Flow {
  const text = edges.length > mostEdges ? null : tablesFlow(stages, edges);
  if (text !== null && text.length <= mostCharacters) return { text, isWhole: true };
  return { text: layersFlow(stages, edges), isWhole: false };
}

function tablesFlow(stages: readonly Stage[], edges: readonly LineageEdge[]): string {
  const nodes = stages.flatMap((stage) => stage.nodes);
  const layers = [...layerColours(nodes)];
  const classes = new Map(layers.map(([layer], i) => [layer, `layer${i}`]));
  const ids = new Map(nodes.map(({ id }, i) => [id, `n${i}`]));
  const box = (node: LineageNode): string =>
    `    ${mermaidBox(node, ids.get(node.id) ?? '')}:::${classes.get(node.layer) ?? ''}`;
  return flowchart([
    ...stages.flatMap(({ title, nodes: own }, i) => [
      `  subgraph s${i}["${mermaidText(title)}"]`,
      ...own.map(box),
      '  end',
    ]),
    ...edges.map(
      ({ from, to, direct }) =>
        `  ${ids.get(from) ?? ''} ${direct ? '-->' : '-.->'} ${ids.get(to) ?? ''}`,
    ),
    ...layers.map(
      ([, { fill, border }], i) =>
        `  classDef layer${i} fill:${fill},stroke:${border},color:#1a1a1a`,
    ),
  ]);
}

function layersFlow(stages: readonly Stage[], edges: readonly LineageEdge[]): string {
  const stageOf = new Map(
    stages.flatMap(({ nodes }, i) => nodes.map(({ id }) => [id, i] as const)),
  );
  const between = new Set<string>();
  for (const { from, to } of edges) {
    const [start, end] = [stageOf.get(from), stageOf.get(to)];
    if (start === undefined || end === undefined || start === end) continue;
    between.add(`  s${start} --> s${end}`);
  }
  return flowchart([
    ...stages.map(({ title, nodes }, i) => `  s${i}["${mermaidText(title)}: ${nodes.length}"]`),
    ...between,
  ]);
}

function flowchart(lines: readonly string[]): string {
  return `flowchart LR\n${lines.join('\n')}\n`;
}
