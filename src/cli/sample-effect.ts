/** Whether `--sample` changes what any of the selected models reads. */
import { isEphemeral } from '../manifest/is-ephemeral.js';
import type { Manifest } from '../manifest/nodes.js';

/** @param ids what is selected */
export function isSampled(ids: ReadonlySet<string>, { nodes }: Manifest): boolean {
  const seen = new Set<string>();
  const readsTimed = (id: string): boolean => {
    const node = nodes.get(id);
    if (node?.resourceType !== 'model' || seen.has(id)) return false;
    seen.add(id);
    return node.dependsOn.nodes.some((parent) => {
      const input = nodes.get(parent);
      const isTimed =
        (input?.resourceType === 'model' ||
          input?.resourceType === 'seed' ||
          input?.resourceType === 'source') &&
        (input.config.eventTime ?? null) !== null;
      return isTimed || (isEphemeral(input) && readsTimed(parent));
    });
  };
  return [...ids].some(readsTimed);
}
