/** What is shown of the lineage: all of it is in the address, so that links and the back button lead to it. */

/** Steps from the focus; null: all. */
export type Depth = number | null;

export interface ViewState {
  /** Unique id of the node that is followed. */
  readonly focus: string | null;
  /** Column of the focus that is followed. */
  readonly column: string | null;
  /** Unique id of the other end of a path from the focus. */
  readonly to: string | null;
  /** Whether only what the focus reaches is shown, or all with the rest dimmed. Null: by the size of the graph. */
  readonly only: boolean | null;
  /** `auto`: all that can be read at once. */
  readonly up: Depth | 'auto';
  readonly down: Depth | 'auto';
  /** Empty: all. */
  readonly layers: readonly string[];
  readonly tags: readonly string[];
  readonly types: readonly string[];
  /** Unique ids of nodes that are hidden. */
  readonly hidden: readonly string[];
  /** Unique ids of nodes whose columns are shown, besides those of the focus; `*`: all nodes. */
  readonly open: readonly string[];
}

/** Stands in `open` for all nodes. */
export const allNodes = '*';

export const everything: ViewState = {
  focus: null,
  column: null,
  to: null,
  only: null,
  up: 'auto',
  down: 'auto',
  layers: [],
  tags: [],
  types: [],
  hidden: [],
  open: [],
};

/** Of the parameters of an address; what makes no sense is passed over. */
export function readViewState(parameters: URLSearchParams): ViewState {
  const text = (name: string): string | null => parameters.get(name);
  const only = text('only');
  const focus = text('focus');
  return {
    focus,
    column: focus === null ? null : text('column'),
    to: focus === null ? null : text('to'),
    only: only === '1' ? true : only === '0' ? false : null,
    up: depthOf(text('up')),
    down: depthOf(text('down')),
    layers: parameters.getAll('layer'),
    tags: parameters.getAll('tag'),
    types: parameters.getAll('type'),
    hidden: parameters.getAll('hide'),
    open: parameters.getAll('open'),
  };
}

function depthOf(text: string | null): Depth | 'auto' {
  if (text === 'all') return null;
  return text !== null && /^\d{1,3}$/.test(text) ? Number(text) : 'auto';
}

/** The shortest parameters that `readViewState` reads the same from. */
export function writeViewState(state: ViewState): URLSearchParams {
  const parameters = new URLSearchParams();
  const set = (name: string, value: string | null): void => {
    if (value !== null) parameters.append(name, value);
  };
  const depth = (value: Depth | 'auto'): string | null =>
    value === 'auto' ? null : value === null ? 'all' : String(value);
  set('focus', state.focus);
  if (state.focus !== null) {
    set('column', state.column);
    set('to', state.to);
  }
  set('only', state.only === null ? null : state.only ? '1' : '0');
  set('up', depth(state.up));
  set('down', depth(state.down));
  for (const [name, values] of [
    ['layer', state.layers],
    ['tag', state.tags],
    ['type', state.types],
    ['hide', state.hidden],
    ['open', state.open],
  ] as const) {
    for (const value of values) parameters.append(name, value);
  }
  return parameters;
}
