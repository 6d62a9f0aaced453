/** Colours of layers: those of metals for the usual three, others in turn. */
import type { LineageNode } from './lineage.js';

export interface LayerColour {
  /** Fill of a box; dark text reads well on it. */
  readonly fill: string;
  readonly border: string;
  /** A colour of the terminal by chalk's name. */
  readonly terminal: TerminalColour;
}

export type TerminalColour =
  'blue' | 'cyan' | 'gray' | 'green' | 'magenta' | 'red' | 'yellow' | 'yellowBright';

const usual: Readonly<Record<string, LayerColour>> = {
  seed: { fill: '#dcefdc', border: '#4a8f4a', terminal: 'green' },
  source: { fill: '#d5ecf2', border: '#2f8299', terminal: 'cyan' },
  bronze: { fill: '#f0dcc8', border: '#a3683a', terminal: 'yellow' },
  silver: { fill: '#e3e6ea', border: '#6c7784', terminal: 'blue' },
  gold: { fill: '#fbecb6', border: '#b18a12', terminal: 'yellowBright' },
  exposure: { fill: '#f3d9ee', border: '#a04a90', terminal: 'magenta' },
  test: { fill: '#f1f1f1', border: '#8a8a8a', terminal: 'gray' },
  unit_test: { fill: '#f1f1f1', border: '#8a8a8a', terminal: 'gray' },
};

const others: readonly LayerColour[] = [
  { fill: '#dbe2fb', border: '#5163b8', terminal: 'green' },
  { fill: '#fbdcdc', border: '#b85151', terminal: 'red' },
  { fill: '#e7f3d0', border: '#77963a', terminal: 'green' },
  { fill: '#e8dcf7', border: '#7e57b0', terminal: 'magenta' },
  { fill: '#d3efe8', border: '#2f8f78', terminal: 'cyan' },
];

/** A colour for each layer of the nodes, by their order. */
export function layerColours(nodes: readonly LineageNode[]): ReadonlyMap<string, LayerColour> {
  const colours = new Map<string, LayerColour>();
  let turn = 0;
  for (const { layer } of nodes) {
    if (colours.has(layer)) continue;
    const colour = Object.hasOwn(usual, layer) ? usual[layer] : others[turn++ % others.length];
    if (colour !== undefined) colours.set(layer, colour);
  }
  return colours;
}
