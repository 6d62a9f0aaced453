import { TechstoreError } from '../errors.js';
import type { Profile } from '../project/index.js';
import { BuildStore } from '../publish/index.js';

/**
 * The builds of the profile's file.
 *
 * @throws TechstoreError `unsupported` for a target whose builds are no files
 */
export function openStore(profile: Profile): BuildStore {
  const { target } = profile;
  if (target.type !== 'duckdb') {
    throw new TechstoreError(
      'unsupported',
      `This reads the file of a build, and the target ${profile.targetName} of type ${target.type} has none`,
      {
        hint: 'Use a target of type duckdb: --target dev. docs/databricks.md lists what works on Databricks.',
      },
    );
  }
  if (target.path === ':memory:') {
    throw new TechstoreError('profile', 'The target has no file to publish: its path is :memory:', {
      hint: 'Give the target a path, such as techstore.duckdb.',
    });
  }
  return new BuildStore({ path: target.path });
}
