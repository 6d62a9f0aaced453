import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { TechstoreError } from '../errors.js';
import type { Environment } from './environment.js';

export interface ProfilesFile {
  readonly absolutePath: string;
  /** As messages show it: relative where it lies in the project. */
  readonly name: string;
}

/**
 * profiles.yml in `--profiles-dir` or DBT_PROFILES_DIR, where given; otherwise in
 * the project, then in `~/.dbt`. A folder that was named is the only one looked at.
 * @throws TechstoreError 'profile' listing where it was looked for.
 */
export function findProfilesFile(
  root: string,
  profilesDir: string | undefined,
  env: Environment,
): ProfilesFile {
  const named = profilesDir ?? (env['DBT_PROFILES_DIR'] || undefined);
  const home = env['HOME'] || homedir();
  const folders = named === undefined ? [root, join(home, '.dbt')] : [resolve(named)];
  for (const folder of folders) {
    const absolutePath = join(folder, 'profiles.yml');
    if (!existsSync(absolutePath)) continue;
    const inside = relative(root, absolutePath);
    return { absolutePath, name: inside.startsWith('..') ? absolutePath : inside };
  }
  throw new TechstoreError('profile', `profiles.yml was not found in ${folders.join(' or ')}`, {
    hint: 'Create one next to dbt_project.yml, or pass its folder with --profiles-dir.',
  });
}

/** Every profiles.yml that may be meant for the project, whether it is the one that is read or not. */
export function profilesFilesFor(
  root: string,
  profilesDir: string | undefined,
  env: Environment,
): readonly string[] {
  const home = env['HOME'] || homedir();
  const folders = [profilesDir, env['DBT_PROFILES_DIR'], root, join(home, '.dbt')]
    .filter((folder): folder is string => folder !== undefined && folder !== '')
    .map((folder) => join(resolve(folder), 'profiles.yml'));
  return [...new Set(folders)].filter((path) => existsSync(path));
}
