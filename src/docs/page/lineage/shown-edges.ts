/** The edges among what is shown. */
import { columnsOf, type PageGraph } from './graph.js';
import type { Lit, Mark, Shown, ShownEdge, ShownNode } from './shown.js';

/**
 * @param part nodes through which a path may lead that becomes one edge; null: all
 * @param byColumn a column is followed: between its tables the edges of columns stand for those of the tables
 */
export function edgesBetween(
  graph: PageGraph,
  nodes: readonly ShownNode[],
  part: ReadonlySet<number> | null,
  lit: Lit | null,
  byColumn: boolean,
): Pick<Shown, 'edges' | 'columnEdges'> {
  const columnEdges = edgesOfColumns(graph, nodes, lit, byColumn);
  const joined = new Set(
    columnEdges.map(({ from, to }) => `${nodeOf(graph, from)} ${nodeOf(graph, to)}`),
  );
  const markOf = (from: number, to: number): Mark =>
    lit === null ? 'plain' : isLit(lit.sides, from, to) ? 'lit' : 'dim';
  const edges = nearestEdges(graph, new Set(nodes.map(({ node }) => node)), part)
    .filter(({ from, to }) => !byColumn || !joined.has(`${from} ${to}`))
    .map((edge): ShownEdge => ({ ...edge, mark: markOf(edge.from, edge.to) }));
  return { edges, columnEdges };
}

/** Where a path leads through nodes that are left out, one edge that is not direct stands for it. */
function nearestEdges(
  graph: PageGraph,
  members: ReadonlySet<number>,
  part: ReadonlySet<number> | null,
): Omit<ShownEdge, 'mark'>[] {
  const nearest: (ReadonlySet<number> | undefined)[] = [];
  const edges: Omit<ShownEdge, 'mark'>[] = [];
  // Parents stand before their children, so that each finds what lies above it.
  graph.nodes.forEach((_, node) => {
    if (part !== null && !part.has(node)) return;
    const above = new Map<number, boolean>();
    for (const parent of graph.parents[node] ?? []) {
      if (members.has(parent)) above.set(parent, graph.isDirect(parent, node));
      else {
        for (const far of nearest[parent] ?? []) if (!above.has(far)) above.set(far, false);
      }
    }
    if (!members.has(node)) nearest[node] = new Set(above.keys());
    else for (const [from, direct] of above) edges.push({ from, to: node, direct });
  });
  return edges;
}

function edgesOfColumns(
  graph: PageGraph,
  nodes: readonly ShownNode[],
  lit: Lit | null,
  byColumn: boolean,
): ShownEdge[] {
  const shown = new Set(nodes.flatMap(({ columns }) => columns.map(({ column }) => column)));
  const opened = new Set(
    nodes
      .filter(({ node, columns }) => columns.length === columnsOf(graph, node).length)
      .flatMap(({ columns }) => columns.map(({ column }) => column)),
  );
  return [...shown].flatMap((to) =>
    [...new Set(graph.columnsAbove[to])].flatMap((from): ShownEdge[] => {
      if (!shown.has(from)) return [];
      const on = isLit(lit?.columnSides ?? [], from, to);
      if (byColumn && !on && !(opened.has(from) && opened.has(to))) return [];
      return [{ from, to, direct: true, mark: on ? 'lit' : byColumn ? 'dim' : 'plain' }];
    }),
  );
}

function isLit(sides: readonly ReadonlySet<number>[], from: number, to: number): boolean {
  return sides.some((side) => side.has(from) && side.has(to));
}

function nodeOf(graph: PageGraph, column: number): number {
  return graph.columns[column]?.node ?? -1;
}
