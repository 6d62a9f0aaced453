/** The graph of nodes as lineage. */
import { edgesAmong, type LineageGraph } from '../graph/index.js';
import { nodeName } from '../manifest/node-name.js';
import type { GraphNode, Manifest } from '../manifest/nodes.js';
import type { Lineage, LineageEdge, LineageNode } from './lineage.js';
import { within } from './within.js';

/**
 * The given nodes and how they hang together. Where a path between two of them leads
 * through nodes that are left out, an edge that is not `direct` stands for it.
 *
 * @param ids unique ids; those that the manifest has not are passed over
 */
export function nodeLineage(
  manifest: Manifest,
  graph: LineageGraph,
  ids: Iterable<string>,
): Required<Pick<Lineage, 'nodes' | 'edges'>> {
  const part = edgesAmong(graph.edges, new Set(ids));
  const nodes: LineageNode[] = [];
  const edges: LineageEdge[] = [];
  for (const [id, parents] of part) {
    const node = manifest.nodes.get(id);
    if (node === undefined) continue;
    nodes.push(lineageNode(node));
    const direct = new Set(graph.parents(id));
    for (const parent of parents) {
      edges.push({ from: parent, to: id, direct: direct.has(parent) });
    }
  }
  return { nodes, edges };
}

function lineageNode(node: GraphNode): LineageNode {
  return {
    id: node.uniqueId,
    name: nodeName(node),
    type: node.resourceType,
    layer: layerOf(node),
    tags: node.tags,
    materialized: 'materialized' in node.config ? node.config.materialized : null,
    description: node.description,
    path: node.originalFilePath,
  };
}

/** Only models lie in layers; whatever else there is makes a layer of its kind. */
export function layerOf(node: GraphNode): string {
  const { layer } = node.meta;
  if (typeof layer === 'string' && layer !== '') return layer;
  if (node.resourceType !== 'model') return node.resourceType;
  const [, folder] = node.fqn;
  return node.fqn.length > 2 && folder !== undefined ? folder : 'model';
}

export interface Reach {
  readonly upstream: boolean;
  readonly downstream: boolean;
  /** Steps; default all. */
  readonly depth?: number | undefined;
}

/** A node and what it is made from and what is made from it, the seeds of sources included. */
export function around(
  graph: Pick<LineageGraph, 'parents' | 'children'>,
  id: string,
  reach: Reach,
): Set<string> {
  const go = (wanted: boolean, next: (id: string) => readonly string[]): Set<string> =>
    wanted ? within(id, next, reach.depth) : new Set([id]);
  return new Set([
    ...go(reach.upstream, (other) => graph.parents(other)),
    ...go(reach.downstream, (other) => graph.children(other)),
  ]);
}
