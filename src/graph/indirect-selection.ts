/** Tests that come along with the nodes that they test. */
import type { Manifest } from '../manifest/nodes.js';
import type { Graph } from './graph.js';
import type { IndirectSelection } from './selection-spec.js';

export interface Picked {
  readonly direct: ReadonlySet<string>;
  /** Tests of which only some parents are selected: they wait for the others. */
  readonly waiting: ReadonlySet<string>;
}

function isTest(manifest: Manifest, id: string): boolean {
  const type = manifest.nodes.get(id)?.resourceType;
  return type === 'test' || type === 'unit_test';
}

const within = (ids: readonly string[], set: ReadonlySet<string>) => ids.every((id) => set.has(id));

/**
 * Adds the tests of the nodes that a criterion picked:
 * - eager: a test with any parent picked;
 * - cautious: a test with all parents picked;
 * - buildable: a test whose parents are picked, or above what is picked, or sources;
 * - empty: none.
 */
export function withTests(
  graph: Graph,
  manifest: Manifest,
  picked: ReadonlySet<string>,
  mode: IndirectSelection,
): Picked {
  if (mode === 'empty') return { direct: picked, waiting: new Set() };
  const direct = new Set(picked);
  const waiting = new Set<string>();
  const buildable = new Set(picked);
  if (mode === 'buildable') {
    for (const id of graph.ancestors(picked)) buildable.add(id);
    for (const [id, node] of manifest.nodes) if (node.resourceType === 'source') buildable.add(id);
  }
  for (const id of picked) {
    for (const child of graph.children(id)) {
      if (!isTest(manifest, child)) continue;
      const parents = graph.parents(child);
      const fits =
        mode === 'eager' ||
        within(parents, picked) ||
        (mode === 'buildable' && within(parents, buildable));
      (fits ? direct : waiting).add(child);
    }
  }
  return { direct, waiting };
}

/** Adds waiting tests whose other parents a combination brought together. */
export function withWaitingTests(
  graph: Graph,
  manifest: Manifest,
  direct: ReadonlySet<string>,
  waiting: ReadonlySet<string>,
  mode: IndirectSelection,
): Set<string> {
  const all = new Set(direct);
  if (mode !== 'cautious' && mode !== 'buildable') return all;
  const reach = new Set(direct);
  if (mode === 'buildable') for (const id of graph.ancestors(direct)) reach.add(id);
  for (const id of waiting) {
    // As in dbt, where a unit test has one parent and so never waits.
    if (manifest.nodes.get(id)?.resourceType === 'unit_test') continue;
    if (within(graph.parents(id), reach)) all.add(id);
  }
  return all;
}
