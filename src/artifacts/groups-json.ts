/** `groups` and `group_map` of manifest.json. */
import { pathInPackage } from '../manifest/path-in-package.js';
import type { Group, Manifest } from '../manifest/nodes.js';
import { plainObject, type Json } from './plain.js';

/** Entries of `groups`, by unique id. */
export function groupsJson(groups: readonly Group[]): Json {
  return Object.fromEntries(groups.map((group) => [group.uniqueId, groupJson(group)]));
}

function groupJson(group: Group): Json {
  return {
    name: group.name,
    resource_type: 'group',
    package_name: group.packageName,
    path: group.path,
    original_file_path: pathInPackage(group),
    unique_id: group.uniqueId,
    owner: { email: null, name: null, ...plainObject(group.owner) },
    description: group.description,
    config: { meta: {}, ...plainObject(group.config) },
  };
}

/** The group of a generic test, which is the one of the node that it is written under. */
export function groupOfTested(attachedNode: string, { nodes }: Manifest): string | null {
  const tested = nodes.get(attachedNode);
  return tested !== undefined && 'group' in tested.config ? tested.config.group : null;
}

/**
 * Unique ids of the members of each group, by its name. A group without members is there too.
 *
 * @param nodes entries of `nodes`
 */
export function groupMap(groups: readonly Group[], nodes: Json): Record<string, string[]> {
  const members = new Map(groups.map(({ name }): [string, string[]] => [name, []]));
  for (const [id, node] of Object.entries(nodes)) {
    members.get(String((node as Json)['group']))?.push(id);
  }
  return Object.fromEntries(members);
}
