/** The part of a lineage that belongs to one column. */
import { columnKey, columnsBelow } from './columns-of.js';
import type { ColumnRef, Lineage, LineageColumn } from './lineage.js';
import type { Reach } from './node-lineage.js';
import { within } from './within.js';

/**
 * The column, what it is made of and what is made of it, at most `depth` steps away,
 * and the nodes that these columns belong to.
 */
export function columnReach(lineage: Lineage, focus: ColumnRef, reach: Reach): Lineage {
  const columns = lineage.columns ?? [];
  const byKey = new Map(columns.map((column) => [columnKey(column), column]));
  const below = columnsBelow(columns);
  const start = columnKey(focus);
  const go = (wanted: boolean, next: (key: string) => readonly string[]): Set<string> =>
    wanted
      ? within(start, (key) => next(key).filter((other) => byKey.has(other)), reach.depth)
      : new Set([start]);
  const found = new Set([
    ...go(reach.upstream, (key) => (byKey.get(key)?.sources ?? []).map(columnKey)),
    ...go(reach.downstream, (key) => (below.get(key) ?? []).map(columnKey)),
  ]);
  const kept: LineageColumn[] = columns
    .filter((column) => found.has(columnKey(column)))
    .map((column) => ({
      ...column,
      sources: column.sources?.filter((source) => found.has(columnKey(source))) ?? null,
    }));
  const nodes = new Set(kept.map(({ node }) => node));
  return {
    nodes: lineage.nodes.filter(({ id }) => nodes.has(id)),
    edges: lineage.edges.filter(({ from, to }) => nodes.has(from) && nodes.has(to)),
    columns: kept,
    gaps: Object.fromEntries(Object.entries(lineage.gaps ?? {}).filter(([id]) => nodes.has(id))),
  };
}
