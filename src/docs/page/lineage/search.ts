/** Finding tables and columns by a part of their names. */
import type { PageGraph } from './graph.js';

export interface Match {
  readonly node: number;
  /** Its number; null: the node itself. */
  readonly column: number | null;
}

/**
 * Whole names first, then beginnings, then parts; tables before columns. `table.column` finds columns of
 * tables. Case does not matter.
 *
 * @param limit the most matches that are given
 */
export function search(graph: PageGraph, text: string, limit = 50, withColumns = true): Match[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const ranked: { readonly rank: number; readonly match: Match }[] = [];
  graph.nodes.forEach(({ name }, node) => {
    const rank = rankOf(name.toLowerCase(), wanted);
    if (rank !== null) ranked.push({ rank: rank * 2, match: { node, column: null } });
  });
  if (withColumns) {
    graph.columns.forEach(({ name, node }, column) => {
      const own = name.toLowerCase();
      // The name of the table alone has been looked at already.
      const full = `${graph.nodes[node]?.name.toLowerCase() ?? ''}.${own}`;
      const rank = rankOf(own, wanted) ?? (wanted.includes('.') ? rankOf(full, wanted) : null);
      if (rank !== null) ranked.push({ rank: rank * 2 + 1, match: { node, column } });
    });
  }
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ match }) => match);
}

function rankOf(name: string, wanted: string): number | null {
  const at = name.indexOf(wanted);
  if (at < 0) return null;
  return name === wanted ? 0 : at === 0 ? 1 : 2;
}
