/** Who may read a model, and the groups that this goes by. */
import { TechstoreError, type Place } from '../../errors.js';
import type { NodeConfig } from '../../manifest/config.js';
import type { Group } from '../../manifest/nodes.js';
import { didYouMeanFirst } from '../../ground/did-you-mean.js';
import { resourceWords } from './twins.js';
import type { Workshop } from './workshop.js';

const levels = ['private', 'protected', 'public'] as const;

/**
 * A model's access: of its configuration, else beside its name in YAML, else protected.
 *
 * @throws TechstoreError `project` where it is none, or public for a model that has no relation
 */
export function accessOf(
  name: string,
  config: NodeConfig,
  written: string | null,
  place: Place,
): string {
  const wanted = config.extra['access'] ?? written ?? 'protected';
  const access = levels.find((level) => level === wanted);
  if (access === undefined) {
    throw new TechstoreError(
      'project',
      `The access of ${name} cannot be ${JSON.stringify(wanted)}`,
      {
        place,
        hint: 'Set it to private, protected or public.',
      },
    );
  }
  if (access === 'public' && config.materialized === 'ephemeral') {
    throw new TechstoreError(
      'project',
      `The access of ${name} cannot be public: an ephemeral model has no relation`,
      { place, hint: 'Set it to protected.' },
    );
  }
  return access;
}

/** @throws TechstoreError `project` for the first enabled node whose group no property file has */
export function checkGroups(groups: readonly Group[], { nodes }: Workshop): void {
  const known = groups.map((group) => group.name);
  for (const node of nodes.values()) {
    if (!('group' in node.config) || node.config.group === null) continue;
    const { group } = node.config;
    if (known.includes(group)) continue;
    throw new TechstoreError(
      'project',
      `The ${resourceWords[node.resourceType]} ${node.name} is in the group '${group}', which does not exist`,
      {
        place: node.place,
        hint: `${didYouMeanFirst(group, known)}Describe it under groups: in a property file.`,
      },
    );
  }
}
