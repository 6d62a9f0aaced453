/** The data as a graph: nodes by their places, and all columns by one number each. */
import type { How } from '../../../lineage/lineage.js';
import type { DataColumn, DataNode, LineageData } from './lineage-data.js';

export interface PageGraph {
  readonly project: string;
  readonly nodes: readonly DataNode[];
  readonly indexOf: ReadonlyMap<string, number>;
  readonly parents: Links;
  readonly children: Links;
  /** Whether an edge of the data is direct. */
  readonly isDirect: (from: number, to: number) => boolean;
  readonly columns: readonly GraphColumn[];
  /** The number of the first column of each node; the others follow. */
  readonly firstColumn: readonly number[];
  readonly columnsAbove: Links;
  readonly columnsBelow: Links;
}

/** What each leads to, by its place. */
export type Links = readonly (readonly number[])[];

export interface GraphColumn extends DataColumn {
  /** The place of its node. */
  readonly node: number;
}

export function graphOf({ project, nodes, edges }: LineageData): PageGraph {
  const indirect = new Set(edges.filter(([, , direct]) => !direct).map(([a, b]) => `${a} ${b}`));
  const pairs = edges.map(([from, to]) => [from, to] as const);
  const firstColumn: number[] = [];
  const columns: GraphColumn[] = [];
  nodes.forEach((node, n) => {
    firstColumn.push(columns.length);
    for (const column of node.columns) columns.push({ ...column, node: n });
  });
  const columnPairs = columns.flatMap(({ sources }, to) =>
    (sources ?? []).map(([node, column]) => [(firstColumn[node] ?? 0) + column, to] as const),
  );
  return {
    project,
    nodes,
    indexOf: new Map(nodes.map(({ id }, i) => [id, i])),
    parents: linksOf(
      nodes.length,
      pairs.map(([from, to]) => [to, from]),
    ),
    children: linksOf(nodes.length, pairs),
    isDirect: (from, to) => !indirect.has(`${from} ${to}`),
    columns,
    firstColumn,
    columnsAbove: linksOf(
      columns.length,
      columnPairs.map(([from, to]) => [to, from]),
    ),
    columnsBelow: linksOf(columns.length, columnPairs),
  };
}

function linksOf(size: number, pairs: readonly (readonly [number, number])[]): Links {
  const links: number[][] = Array.from({ length: size }, () => []);
  for (const [from, to] of pairs) links[from]?.push(to);
  return links;
}

/** The number of a column; undefined where the node or the column is not there. Case does not matter. */
export function columnNumber(graph: PageGraph, node: number, name: string): number | undefined {
  const wanted = name.toLowerCase();
  const place = graph.nodes[node]?.columns.findIndex((c) => c.name.toLowerCase() === wanted) ?? -1;
  return place < 0 ? undefined : (graph.firstColumn[node] ?? 0) + place;
}

/** The numbers of the columns of a node. */
export function columnsOf(graph: PageGraph, node: number): number[] {
  const first = graph.firstColumn[node] ?? 0;
  return (graph.nodes[node]?.columns ?? []).map((_, i) => first + i);
}

/** What becomes of one column in another that is made of it. */
export function howBetween(graph: PageGraph, from: number, to: number): How {
  const sources = graph.columns[to]?.sources ?? [];
  const found = sources.find(([node, column]) => (graph.firstColumn[node] ?? 0) + column === from);
  return found?.[2] ?? null;
}

/** `table.column` */
export function columnName(graph: PageGraph, column: number): string {
  const { node, name } = graph.columns[column] ?? { node: -1, name: '' };
  return `${graph.nodes[node]?.name ?? ''}.${name}`;
}
