import { TechstoreError } from '../../errors.js';
import { readBuilds, readDamaged, type FileBuild } from './builds.js';
import { findBuild } from '../build.js';
import type { Layout } from './layout.js';

/** Like `findBuild`, for the builds of a folder. For a damaged build, the error says what is damaged. */
export function findAmong(layout: Layout, name: string): FileBuild {
  const builds = readBuilds(layout);
  const damaged = readDamaged(layout).find(({ id }) => name !== '' && id.startsWith(name));
  if (damaged === undefined || builds.some(({ id }) => id.startsWith(name)))
    return findBuild(builds, name);
  throw new TechstoreError('publish', `The build ${damaged.id} is damaged: ${damaged.damage}.`, {
    hint: 'Choose another build: `techstore builds list` shows them.',
  });
}
