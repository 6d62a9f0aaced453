/** The repository's own project, parsed in this process; nothing is built. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load, type LoadedProject } from '../../src/cli/load.js';
import { traceColumns } from '../../src/cli/trace-columns.js';
import { LineageGraph, seedsOfSources } from '../../src/graph/index.js';
import { nodeLineage, type ColumnLineage, type Lineage } from '../../src/lineage/index.js';
import { root } from '../helpers/shop.js';

const log = { info: () => undefined, warn: () => undefined, debug: () => undefined };

export function loaded(projectDir = root): { project: LoadedProject; graph: LineageGraph } {
  const project = load('list', { projectDir }, log);
  return { project, graph: new LineageGraph(project.graph, seedsOfSources(project.manifest)) };
}

const tables = new Set(['model', 'seed', 'source']);

export function tableIds(project: LoadedProject): string[] {
  return [...project.manifest.nodes.values()]
    .filter((node) => tables.has(node.resourceType))
    .map((node) => node.uniqueId);
}

/** Traced anew, in a target folder of its own: the repository's cache is left alone. */
export async function traced(
  { project, graph }: { project: LoadedProject; graph: LineageGraph },
  ids: Iterable<string> = tableIds(project),
): Promise<ColumnLineage> {
  const targetDir = mkdtempSync(join(tmpdir(), 'techstore-lineage-'));
  try {
    return await traceColumns({ ...project, targetDir }, graph, ids);
  } finally {
    rmSync(targetDir, { recursive: true, force: true });
  }
}

export function wholeLineage(
  at: { project: LoadedProject; graph: LineageGraph },
  columns?: ColumnLineage,
): Lineage {
  return { ...nodeLineage(at.project.manifest, at.graph, tableIds(at.project)), ...columns };
}
