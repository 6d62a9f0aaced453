/** `--svg`: drawn by Graphviz (its WebAssembly is loaded here and nowhere else). */
import type { Lineage } from '../lineage.js';
import { lineageDot, type DotOptions } from './dot.js';

export async function lineageSvg(lineage: Lineage, options: DotOptions = {}): Promise<string> {
  const { Graphviz } = await import('@hpcc-js/wasm-graphviz');
  const graphviz = await Graphviz.load();
  return graphviz.dot(lineageDot(lineage, options), 'svg');
}
