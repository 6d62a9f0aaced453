/** The steps of the way from sources to consumers, for pages that tell it. */
import { TechstoreError } from '../errors.js';
import { didYouMean } from '../ground/did-you-mean.js';
import type { ExposureNode, Manifest } from '../manifest/nodes.js';
import type { Lineage, LineageEdge, LineageNode } from './lineage.js';

export interface Stage {
  readonly title: string;
  /** What its nodes are: tables, or exposures, which have no columns. */
  readonly kind: 'tables' | 'exposures';
  readonly nodes: readonly LineageNode[];
}

/**
 * Seeds, sources and layers in the order in which data reach their tables on average, then the exposures: programs (API), and
 * who else reads.
 */
export function stagesOf(lineage: Pick<Lineage, 'nodes' | 'edges'>, manifest: Manifest): Stage[] {
  const layers = new Map<string, LineageNode[]>();
  const programs: LineageNode[] = [];
  const readers: LineageNode[] = [];
  for (const node of lineage.nodes) {
    const exposure = manifest.nodes.get(node.id);
    if (exposure?.resourceType === 'exposure') {
      (exposure.type === 'application' ? programs : readers).push(node);
      continue;
    }
    const layer = layers.get(node.layer);
    if (layer === undefined) layers.set(node.layer, [node]);
    else layer.push(node);
  }
  const stages: Stage[] = inOrder(layers, lineage).map(([layer, inLayer]) => ({
    title: titleOf(layer),
    kind: 'tables',
    nodes: inLayer,
  }));
  if (programs.length > 0) stages.push({ title: 'API', kind: 'exposures', nodes: programs });
  if (readers.length > 0) stages.push({ title: 'Consumers', kind: 'exposures', nodes: readers });
  return stages;
}

function inOrder(
  layers: ReadonlyMap<string, readonly LineageNode[]>,
  { nodes, edges }: Pick<Lineage, 'nodes' | 'edges'>,
): [string, readonly LineageNode[]][] {
  const parents = new Map<string, string[]>();
  for (const { from, to } of edges) parents.set(to, [...(parents.get(to) ?? []), from]);
  const depths = new Map<string, number>();
  const depth = (id: string): number => depths.get(id) ?? 0;
  // Parents come before their children.
  for (const { id } of nodes) {
    depths.set(id, Math.max(0, ...(parents.get(id) ?? []).map((parent) => depth(parent) + 1)));
  }
  const rank = (layer: string, own: readonly LineageNode[]): number => {
    if (layer === 'seed' || layer === 'source') return layer === 'seed' ? -2 : -1;
    return own.reduce((sum, { id }) => sum + depth(id), 0) / own.length;
  };
  return [...layers]
    .map(([layer, own]) => ({ layer, own, at: rank(layer, own) }))
    .sort((a, b) => a.at - b.at)
    .map(({ layer, own }) => [layer, own]);
}

const kinds: Readonly<Record<string, string>> = {
  seed: 'Seeds',
  source: 'Sources',
  model: 'Models',
  test: 'Data tests',
  unit_test: 'Unit tests',
  analysis: 'Analyses',
};

function titleOf(layer: string): string {
  if (Object.hasOwn(kinds, layer)) return kinds[layer] ?? layer;
  return layer.slice(0, 1).toUpperCase() + layer.slice(1);
}

/**
 * The edges, with those of exposures that read through another one (`meta: {reads_through: …}`)
 * leading from there, as the data go.
 *
 * @throws TechstoreError `project` where it names no exposure
 */
export function edgesThrough(
  { nodes, edges }: Pick<Lineage, 'nodes' | 'edges'>,
  manifest: Manifest,
): readonly LineageEdge[] {
  const shown = new Set(nodes.map(({ id }) => id));
  const moved = new Map<string, LineageEdge[]>();
  for (const { id } of nodes) {
    const exposure = manifest.nodes.get(id);
    if (exposure?.resourceType !== 'exposure') continue;
    const through = readsThrough(exposure, manifest).filter((other) => shown.has(other.uniqueId));
    if (through.length === 0) continue;
    // What the other one does not read, this one reads itself.
    const covered = new Set(through.flatMap((other) => other.dependsOn.nodes));
    const own = edges.filter(({ from, to }) => to === id && !covered.has(from));
    const first = through.map((other) => ({ from: other.uniqueId, to: id, direct: true }));
    moved.set(id, [...own, ...first]);
  }
  return [...edges.filter(({ to }) => !moved.has(to)), ...[...moved.values()].flat()];
}

/** The exposures that this one reads through. */
export function readsThrough(exposure: ExposureNode, manifest: Manifest): ExposureNode[] {
  const given = exposure.meta['reads_through'];
  if (given === undefined || given === null) return [];
  const names: readonly unknown[] = Array.isArray(given) ? given : [given];
  const exposures = [...manifest.nodes.values()].filter(
    (node): node is ExposureNode => node.resourceType === 'exposure',
  );
  return names.map((name) => {
    const found = exposures.find((other) => other.name === name && other !== exposure);
    if (found !== undefined) return found;
    const others = exposures.filter((other) => other !== exposure).map((other) => other.name);
    const near = didYouMean(String(name), others) ?? '';
    throw new TechstoreError(
      'project',
      `exposure ${exposure.name}: meta.reads_through names ${JSON.stringify(name)}, which is no other exposure`,
      { place: exposure.place, hint: `${near} Write the name of an exposure.`.trim() },
    );
  });
}
