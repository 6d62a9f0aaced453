/** The same project with the relations of some nodes in another schema: that of a build. */
import { Compiler } from '../../dbt/compile.js';
import type { GraphNode, Manifest } from '../../manifest/nodes.js';

/**
 * Models, seeds and tests among `ids` get the schema; names that two of them share get their own
 * schema's name before them. Everything that reads them by `ref` then reads them there.
 */
export function relocate(manifest: Manifest, ids: Iterable<string>, schema: string): Manifest {
  const moves = new Set(ids);
  const taken = new Set<string>();
  // All of them are asked, so that a selection gives its nodes the names that a whole build would.
  return relocateTo(manifest, (node) => {
    const alias = taken.has(node.alias.toLowerCase())
      ? `${node.schema}__${node.alias}`
      : node.alias;
    taken.add(alias.toLowerCase());
    return moves.has(node.uniqueId) ? { schema, alias } : node;
  });
}

/** @param place where the relation of each node is */
export function relocateTo(
  manifest: Manifest,
  place: (node: Relocatable) => { readonly schema: string; readonly alias: string },
): Manifest {
  const nodes = new Map(manifest.nodes);
  for (const [id, node] of manifest.nodes) {
    if (!isRelocatable(node)) continue;
    const { schema, alias } = place(node);
    nodes.set(id, { ...node, schema, alias });
  }
  return { ...manifest, nodes };
}

type Relocatable = Extract<GraphNode, { resourceType: 'model' | 'seed' | 'test' }>;

function isRelocatable(node: GraphNode | undefined): node is Relocatable {
  return (
    node?.resourceType === 'model' || node?.resourceType === 'seed' || node?.resourceType === 'test'
  );
}

/** A compiler of the relocated project, with the templates of the other. */
export function relocatedCompiler(compiler: Compiler, manifest: Manifest): Compiler {
  return new Compiler(compiler.session, manifest, compiler);
}
