/** The same project with the relations of some nodes in another schema: that of a build. */
import { Compiler } from '../../dbt/compile.js';
import type { GraphNode, Manifest } from '../../manifest/nodes.js';

/**
 * Models, seeds and tests among `ids` get the schema; names that two of them share get their own
 * schema's name before them. Everything that reads them by `ref` then reads them there.
 */
export function relocate(manifest: Manifest, ids: Iterable<string>, schema: string): Manifest {
  const nodes = new Map(manifest.nodes);
  const taken = new Set<string>();
  for (const id of ids) {
    const node = manifest.nodes.get(id);
    if (!isRelocatable(node)) continue;
    const alias = taken.has(node.alias.toLowerCase())
      ? `${node.schema}__${node.alias}`
      : node.alias;
    taken.add(alias.toLowerCase());
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
