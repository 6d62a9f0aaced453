/** What the controls make of a state. */
import { allNodes, everything, type ViewState } from './view-state.js';

/** Follows a node, or a column of it; whoever asks for a hidden one gets it back. */
export function follow(state: ViewState, id: string, column: string | null = null): ViewState {
  return {
    ...state,
    focus: id,
    column,
    to: null,
    up: 'auto',
    down: 'auto',
    hidden: without(state.hidden, id),
  };
}

export function letGo(state: ViewState): ViewState {
  const { focus, column, to, only, up, down } = everything;
  return { ...state, focus, column, to, only, up, down };
}

export function pathTo(state: ViewState, id: string): ViewState {
  return { ...state, column: null, to: id, hidden: without(state.hidden, id) };
}

export function hide(state: ViewState, id: string): ViewState {
  const rest = state.focus === id ? letGo(state) : state;
  return {
    ...rest,
    to: rest.to === id ? null : rest.to,
    hidden: [...without(state.hidden, id), id],
  };
}

/** Opens or closes the columns of a node; where all are open, the others stay so. */
export function toggleColumns(state: ViewState, id: string, ids: readonly string[]): ViewState {
  const open = state.open.includes(allNodes) ? ids : state.open;
  return { ...state, open: toggled(open, id) };
}

export function toggled(list: readonly string[], value: string): readonly string[] {
  return list.includes(value) ? without(list, value) : [...list, value];
}

function without(list: readonly string[], value: string): readonly string[] {
  return list.filter((other) => other !== value);
}
