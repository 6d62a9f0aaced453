/** The project's graph as `lineage` shows it, and as a build keeps it. */
import { Graph } from '../graph/index.js';
import { lineageJson, nodeLineage } from '../lineage/index.js';
import { seedsOfSources } from '../run/edges.js';
import type { LoadedProject } from './load.js';

/** With the edges from seeds to the sources that they stand for, unless other files do. */
export function lineageGraph(
  { manifest, graph }: Pick<LoadedProject, 'manifest' | 'graph'>,
  { sources }: { readonly sources?: string },
): Graph {
  if (sources !== undefined) return graph;
  const extraEdges = [...seedsOfSources(manifest)].map(([source, seed]) => [seed, source] as const);
  return new Graph(manifest, { extraEdges });
}

/** Every node, tests and exposures too, as `lineage --json` writes it. */
export function wholeLineage(
  project: Pick<LoadedProject, 'manifest' | 'graph'>,
  options: { readonly sources?: string },
): object {
  const { manifest } = project;
  return lineageJson(nodeLineage(manifest, lineageGraph(project, options), manifest.nodes.keys()));
}
