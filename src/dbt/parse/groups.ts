/** The groups that property files define. */
import type { Group } from '../../manifest/nodes.js';
import type { Project, Properties } from '../../project/index.js';
import { pathInFolder } from './generic-tests.js';

/** @returns in the order of the files, whether or not any node is in them */
export function groupsOf(properties: readonly Properties[], project: Project): Group[] {
  const { name, folder } = project;
  return properties.flatMap(({ file, groups }) =>
    groups.map((group) => ({
      uniqueId: `group.${name}.${group.name}`,
      name: group.name,
      packageName: name,
      path: pathInFolder(file, project),
      originalFilePath: file,
      ...(folder === '' ? {} : { packageFolder: folder }),
      owner: group.owner,
      description: group.description,
      config: group.config,
    })),
  );
}
