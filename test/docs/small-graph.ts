/** The small lineage of test/lineage as the page has it. */
import { lineageData } from '../../src/docs/lineage-data.js';
import { graphOf, type PageGraph } from '../../src/docs/page/lineage/graph.js';
import { shownOf } from '../../src/docs/page/lineage/shown-of.js';
import type { Shown } from '../../src/docs/page/lineage/shown.js';
import { readViewState } from '../../src/docs/page/lineage/view-state.js';
import type { Lineage } from '../../src/lineage/index.js';
import { diamondColumns } from '../lineage/small.js';

/** raw -> clean -> (sales, people) -> report, with columns. */
export const diamondGraph = graphOf(lineageData(diamondColumns, 'shop'));

export const graphOfLineage = (lineage: Lineage): PageGraph =>
  graphOf(lineageData(lineage, 'shop'));

/** What is shown at an address, as `focus=sales&only=1`. */
export function shownAt(address: string, graph: PageGraph = diamondGraph): Shown {
  return shownOf(graph, readViewState(new URLSearchParams(address)));
}

/** Names of the nodes that are shown, in their order. */
export function namesOf(shown: Shown, graph: PageGraph = diamondGraph): string[] {
  return shown.nodes.map(({ node }) => graph.nodes[node]?.name ?? '');
}

/** `from -> to` of the edges of tables, with the mark where it is not plain; `..>` where it is not direct. */
export function edgesOf(shown: Shown, graph: PageGraph = diamondGraph): string[] {
  const name = (node: number): string => graph.nodes[node]?.name ?? '';
  return shown.edges.map(
    ({ from, to, direct, mark }) =>
      `${name(from)} ${direct ? '->' : '..>'} ${name(to)}${mark === 'plain' ? '' : ` ${mark}`}`,
  );
}

/** A chain of so many nodes, `n0` to the last. */
export function chain(length: number): PageGraph {
  return graphOf({
    project: 'chain',
    nodes: Array.from({ length }, (_, i) => ({
      id: `n${i}`,
      name: `n${i}`,
      type: 'model',
      layer: 'gold',
      tags: [],
      materialized: 'table',
      description: '',
      path: '',
      gap: null,
      columns: [],
    })),
    edges: Array.from({ length: length - 1 }, (_, i) => [i, i + 1, true] as const),
  });
}
