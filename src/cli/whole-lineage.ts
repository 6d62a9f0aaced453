/** The project's graph as `lineage` shows it, and as a build keeps it. */
import { LineageGraph, seedsOfSources } from '../graph/index.js';
import { lineageJson, nodeLineage } from '../lineage/index.js';
import type { LoadedProject } from './load.js';

/** With the edges from seeds to the sources that they stand for, unless other files do. */
export function lineageGraph(
  { manifest, graph }: Pick<LoadedProject, 'manifest' | 'graph'>,
  { sources }: { readonly sources?: string },
): LineageGraph {
  return new LineageGraph(graph, sources === undefined ? seedsOfSources(manifest) : undefined);
}

/** Every node, tests and exposures too, as `lineage --json` writes it. */
export function wholeLineage(
  project: Pick<LoadedProject, 'manifest' | 'graph'>,
  options: { readonly sources?: string },
): object {
  const { manifest } = project;
  return lineageJson(nodeLineage(manifest, lineageGraph(project, options), manifest.nodes.keys()));
}
