/** `--svg`: drawn by Graphviz (its WebAssembly is loaded here and nowhere else). */
import type { Lineage } from '../lineage.js';
import { lineageDot } from './dot.js';

export async function lineageSvg(lineage: Lineage): Promise<string> {
  const { Graphviz } = await import('@hpcc-js/wasm-graphviz');
  const graphviz = await Graphviz.load();
  return graphviz.dot(lineageDot(lineage), 'svg');
}
