import type { GraphNode, ModelNode } from './nodes.js';

/** A model without a relation: its SQL is part of what reads it. */
export type EphemeralModel = ModelNode & { readonly config: { materialized: 'ephemeral' } };

export function isEphemeral(node: GraphNode | undefined): node is EphemeralModel {
  return node?.resourceType === 'model' && node.config.materialized === 'ephemeral';
}
