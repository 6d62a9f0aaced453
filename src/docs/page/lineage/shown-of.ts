/** From a state to what is shown. */
import { passes } from './filters.js';
import { columnNumber, columnsOf, type PageGraph } from './graph.js';
import { between } from './path.js';
import { depthWithin, reach } from './reach.js';
import { edgesBetween } from './shown-edges.js';
import type { Lit, Mark, Shown, ShownNode } from './shown.js';
import { allNodes, type Depth, type ViewState } from './view-state.js';

/** More nodes than this, and a focus shows what it reaches alone. */
export const dimmedAtMost = 120;
/** So many nodes are shown around a focus unless more steps are asked for. */
export const nodesAtOnce = 120;
/** More nodes than this, and only those have columns that were opened. */
export const columnsAmong = 300;
/** So many columns of a node are shown unless it was opened. */
export const columnsAtOnce = 40;
/** All columns are shown at once where there are no more than these. */
export const columnsOfAll = 2000;

export function shownOf(graph: PageGraph, state: ViewState): Shown {
  const focus = placeOf(graph, state.focus);
  const other = placeOf(graph, state.to);
  const passing = new Set<number>();
  graph.nodes.forEach((node, i) => {
    if (i === focus || i === other || passes(node, state)) passing.add(i);
  });
  const column =
    focus === null || state.column === null
      ? null
      : (columnNumber(graph, focus, state.column) ?? null);
  const only = focus !== null && (state.only ?? passing.size > dimmedAtMost);
  const lit = litOf(graph, focus, column, other, only, state);
  const left = lit === null || (!only && other === null) ? passing : intersection(passing, lit.all);
  const part = lit === null || (!only && other === null) ? null : lit.all;
  const ids = [...left].sort((a, b) => a - b);
  const count = ids.reduce((sum, node) => sum + columnsOf(graph, node).length, 0);
  const tooMany = state.open.includes(allNodes) && count > columnsOfAll ? count : null;
  const opened = new Set(
    state.open.includes(allNodes) && tooMany === null
      ? ids
      : state.open.flatMap((id) => graph.indexOf.get(id) ?? []),
  );
  const markOf = (node: number): Mark =>
    lit === null ? 'plain' : node === focus ? 'focus' : lit.all.has(node) ? 'lit' : 'dim';
  const nodes = ids.map((node): ShownNode => {
    const columns = opened.has(node)
      ? columnsOf(graph, node)
      : columnsShown(graph, node, state, column, lit?.columns ?? null, ids.length);
    const all = graph.nodes[node]?.columns.length ?? 0;
    return {
      node,
      mark: markOf(node),
      columns: columns.map((number) => ({
        column: number,
        mark:
          lit?.columns === undefined
            ? 'plain'
            : number === column
              ? 'focus'
              : lit.columns.has(number)
                ? 'lit'
                : 'plain',
      })),
      more: columns.length === 0 ? 0 : all - columns.length,
      sign: signOf(opened.has(node), columns.length, all, ids.length),
    };
  });
  return {
    nodes,
    ...edgesBetween(graph, nodes, part, lit, column !== null),
    focus,
    column,
    only,
    up: lit?.up ?? null,
    down: lit?.down ?? null,
    reached: lit?.reached ?? graph.nodes.length,
    noPath: lit?.noPath ?? false,
    tooMany,
  };
}

function litOf(
  graph: PageGraph,
  focus: number | null,
  column: number | null,
  other: number | null,
  only: boolean,
  state: ViewState,
): Lit | null {
  if (focus === null) return null;
  if (other !== null) {
    const path = between(focus, other, graph.parents, graph.children);
    const all = path ?? new Set([focus, other]);
    const ends = { up: null, down: null, reached: all.size, noPath: path === null };
    return { all, sides: path === null ? [] : [all], ...ends };
  }
  const [above, below] =
    column === null ? [graph.parents, graph.children] : [graph.columnsAbove, graph.columnsBelow];
  const start = column ?? focus;
  const wholeUp = reach(start, above);
  const wholeDown = reach(start, below);
  const auto = only ? depthWithin(nodesAtOnce, wholeUp, wholeDown) : Infinity;
  const upSteps = stepsOf(state.up, auto);
  const downSteps = stepsOf(state.down, auto);
  const up = atMost(wholeUp, upSteps);
  const down = atMost(wholeDown, downSteps);
  const steps = {
    up: shownDepth(upSteps, wholeUp),
    down: shownDepth(downSteps, wholeDown),
    noPath: false,
  };
  const nodesOf = (columns: Iterable<number>): Set<number> =>
    new Set([...columns].map((c) => graph.columns[c]?.node ?? -1));
  if (column === null) {
    const whole = new Set([...wholeUp.keys(), ...wholeDown.keys()]);
    return { all: new Set([...up, ...down]), sides: [up, down], reached: whole.size, ...steps };
  }
  const columns = new Set([...up, ...down]);
  return {
    all: nodesOf(columns),
    sides: [],
    columns,
    columnSides: [up, down],
    reached: nodesOf([...wholeUp.keys(), ...wholeDown.keys()]).size,
    ...steps,
  };
}

function placeOf(graph: PageGraph, id: string | null): number | null {
  return id === null ? null : (graph.indexOf.get(id) ?? null);
}

function stepsOf(asked: Depth | 'auto', auto: number): number {
  return asked === 'auto' ? auto : (asked ?? Infinity);
}

/** Null where there is nothing further away. */
function shownDepth(steps: number, whole: ReadonlyMap<number, number>): Depth {
  return [...whole.values()].some((step) => step > steps) ? steps : null;
}

function atMost(steps: ReadonlyMap<number, number>, depth: number): Set<number> {
  return new Set([...steps].filter(([, step]) => step <= depth).map(([place]) => place));
}

function intersection(a: ReadonlySet<number>, b: ReadonlySet<number>): Set<number> {
  return new Set([...a].filter((value) => b.has(value)));
}

function columnsShown(
  graph: PageGraph,
  node: number,
  state: ViewState,
  column: number | null,
  lit: ReadonlySet<number> | null,
  nodes: number,
): readonly number[] {
  const all = columnsOf(graph, node);
  const isFocus = graph.nodes[node]?.id === state.focus && state.to === null;
  if (column !== null && lit !== null) {
    const reached = all.filter((c) => lit.has(c));
    if (!isFocus || all.length > columnsAtOnce) return reached;
    return all;
  }
  if (!isFocus || nodes > columnsAmong) return [];
  return all.slice(0, columnsAtOnce);
}

/** A picture of very many tables has no signs: what they open would be too much. */
function signOf(isOpen: boolean, shown: number, all: number, nodes: number): ShownNode['sign'] {
  if (isOpen && all > 0) return 'open';
  return shown < all && nodes <= columnsAmong ? 'closed' : null;
}
