import type { ModelNode, SeedNode, SourceNode, TestNode } from './nodes.js';

export interface NodeRelation {
  readonly database: string;
  readonly schema: string;
  readonly identifier: string;
}

/** Where the project says that the relation of a node is; of a test, that of its failing rows. */
export function relationOf(node: ModelNode | SeedNode | SourceNode | TestNode): NodeRelation {
  const { database, schema } = node;
  const identifier = node.resourceType === 'source' ? node.identifier : node.alias;
  return { database, schema, identifier };
}
