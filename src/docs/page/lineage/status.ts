/** One sentence about what is shown and what is not. */
import { columnName, type PageGraph } from './graph.js';
import type { Shown } from './shown.js';
import type { Depth, ViewState } from './view-state.js';

export function statusOf(graph: PageGraph, shown: Shown, state: ViewState): string {
  const all = graph.nodes.length;
  const count = shown.nodes.length;
  const parts = [count === all ? tables(all) : `${number(count)} of ${tables(all)}`];
  const name = (id: string | null): string =>
    graph.nodes[graph.indexOf.get(id ?? '') ?? -1]?.name ?? id ?? '';
  if (state.focus !== null && shown.focus === null) {
    parts.push(`This page has no ${state.focus}`);
  } else if (shown.focus !== null && state.to !== null) {
    const ends = `${name(state.focus)} and ${name(state.to)}`;
    parts.push(shown.noPath ? `No path leads between ${ends}` : `Paths between ${ends}`);
  } else if (shown.focus !== null) {
    const of = shown.column === null ? name(state.focus) : columnName(graph, shown.column);
    parts.push(`Lineage of ${of}`);
    if (state.column !== null && shown.column === null) {
      parts.push(`${name(state.focus)} has no column ${state.column} here`);
    }
    if (shown.up !== null) parts.push(`${steps(shown.up)} up`);
    if (shown.down !== null) parts.push(`${steps(shown.down)} down`);
  }
  const hidden = state.hidden.filter((id) => graph.indexOf.has(id)).length;
  if (hidden > 0) parts.push(`${number(hidden)} hidden`);
  if (shown.tooMany !== null) {
    parts.push(`${number(shown.tooMany)} columns are too many for one picture: filter first`);
  }
  if (shown.edges.some(({ direct }) => !direct)) {
    parts.push('Dashed lines lead through tables that are not shown');
  }
  return `${parts.join('. ')}.`;
}

function steps(depth: Depth): string {
  return depth === 1 ? '1 step' : `${depth} steps`;
}

function tables(count: number): string {
  return count === 1 ? '1 table' : `${number(count)} tables`;
}

function number(count: number): string {
  return count.toLocaleString('en-GB');
}
