/** Drawings by the real Graphviz, with letters of one width. */
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { Artist, type LineageDrawing } from '../../src/docs/page/lineage/drawing.js';
import type { PageGraph } from '../../src/docs/page/lineage/graph.js';
import { shownAt } from './small-graph.js';

export const measure = (text: string): number => text.length * 7;

export async function draw(address: string, graph: PageGraph): Promise<LineageDrawing> {
  return new Artist(graph, await Graphviz.load(), measure).draw(shownAt(address, graph));
}
