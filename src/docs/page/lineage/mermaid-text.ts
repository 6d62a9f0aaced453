/** What is shown as a flowchart of Mermaid. */
import { lineageMermaid } from '../../../lineage/formats/mermaid.js';
import type { Lineage, LineageColumn } from '../../../lineage/lineage.js';
import { howBetween, type PageGraph } from './graph.js';
import type { Shown } from './shown.js';

export function mermaidText(graph: PageGraph, shown: Shown): string {
  return lineageMermaid(lineageOf(graph, shown));
}

/** As the command line would select it. */
function lineageOf(graph: PageGraph, { nodes, edges, columnEdges }: Shown): Lineage {
  const idOf = (node: number): string => graph.nodes[node]?.id ?? '';
  const above = new Map<number, number[]>();
  for (const { from, to } of columnEdges) {
    const list = above.get(to);
    if (list === undefined) above.set(to, [from]);
    else list.push(from);
  }
  return {
    nodes: nodes.flatMap(({ node }) => graph.nodes[node] ?? []),
    edges: edges.map(({ from, to, direct }) => ({ from: idOf(from), to: idOf(to), direct })),
    columns: nodes.flatMap(({ node, columns }) =>
      columns.map(({ column }): LineageColumn => {
        const { name = '', type = null, sources = null } = graph.columns[column] ?? {};
        return {
          node: idOf(node),
          column: name,
          type,
          sources:
            sources === null
              ? null
              : (above.get(column) ?? []).map((from) => ({
                  node: idOf(graph.columns[from]?.node ?? -1),
                  column: graph.columns[from]?.name ?? '',
                  how: howBetween(graph, from, column),
                })),
        };
      }),
    ),
  };
}
