/** `--defer`: tables that are read from where another environment has them. */
import type { RelationName } from '../engine/engine.js';
import { seedsOfSources } from '../graph/index.js';
import { isEphemeral } from '../manifest/is-ephemeral.js';
import type { NodeStates } from '../manifest/node-state.js';
import type { GraphNode, Manifest } from '../manifest/nodes.js';

export interface Defer {
  /** Relations of the state, by the id of their node. */
  readonly relations: ReadonlyMap<string, RelationName>;
  /** True to read them also where the build that this one begins from has the table: `--favor-state`. */
  readonly favorState: boolean;
  /** On this machine: the published file of the database of this name; null where no target has it. */
  readonly fileOf: (database: string) => string | null;
}

interface Readers {
  readonly manifest: Manifest;
  /** What is selected and runs. */
  readonly nodes: readonly GraphNode[];
  /** States of the build that it begins from. */
  readonly prior: NodeStates;
  readonly defer: Pick<Defer, 'relations' | 'favorState'> | undefined;
}

/** Models and seeds that the nodes read, that are not among them, and that the state has: as in dbt. */
export function deferredNodes({
  manifest,
  nodes,
  prior,
  defer,
}: Readers): ReadonlyMap<string, RelationName> {
  const deferred = new Map<string, RelationName>();
  if (defer === undefined) return deferred;
  const own = new Set(nodes.map(({ uniqueId }) => uniqueId));
  const seeds = seedsOfSources(manifest);
  const seen = new Set<string>();
  const visit = (id: string): void => {
    if (seen.has(id) || own.has(id)) return;
    seen.add(id);
    const node = manifest.nodes.get(id);
    if (node?.resourceType === 'source') visit(seeds.get(id) ?? id);
    if (isEphemeral(node)) node.dependsOn.nodes.forEach(visit);
    const relation = defer.relations.get(id);
    const isHere = (prior[id]?.relation ?? null) !== null;
    if (relation !== undefined && node !== undefined && (defer.favorState || !isHere))
      deferred.set(id, relation);
  };
  for (const node of nodes) {
    node.dependsOn.nodes.forEach(visit);
    if (node.resourceType !== 'unit_test') continue;
    // The columns of what its model reads are asked for.
    for (const id of node.dependsOn.nodes) {
      const model = manifest.nodes.get(id);
      model?.dependsOn.nodes.forEach(visit);
    }
  }
  return deferred;
}
