import { isEphemeral } from '../manifest/is-ephemeral.js';
import type { Manifest, ModelNode } from '../manifest/nodes.js';

/**
 * The models that run and the ephemeral ones that they read, parents before children.
 *
 * @param order every node's id, parents before children
 */
export function modelsToBind(
  manifest: Manifest,
  order: readonly string[],
  runs: ReadonlySet<string>,
): ModelNode[] {
  const wanted = new Set<string>();
  const addEphemerals = (model: ModelNode): void => {
    for (const id of model.dependsOn.nodes) {
      const parent = manifest.nodes.get(id);
      if (!isEphemeral(parent) || wanted.has(id)) continue;
      wanted.add(id);
      addEphemerals(parent);
    }
  };
  for (const id of runs) {
    const node = manifest.nodes.get(id);
    if (node?.resourceType !== 'model') continue;
    wanted.add(id);
    addEphemerals(node);
  }
  return order.flatMap((id) => {
    const node = wanted.has(id) ? manifest.nodes.get(id) : undefined;
    return node?.resourceType === 'model' ? [node] : [];
  });
}
