/** Finds the profile, loading as little as an answer needs. */
import type { Profile } from '../../project/index.js';
import type { ProjectOptions } from '../options.js';
import { projectDir } from '../project-dir.js';
import { recallProfile, rememberProfile } from '../unchanged/unchanged-profile.js';

/**
 * The profile, without the Jinja interpreter where nothing of the target is Jinja: loading it
 * takes longer than an answer.
 */
export async function profileFor(options: ProjectOptions): Promise<Profile> {
  if (options.vars !== undefined) return (await import('../load.js')).openProfile(options).profile;
  const known = recallProfile(options);
  if (known !== null) return known;
  const { loadEnvironment, loadProfile, loadProject } = await import('../../project/index.js');
  let hasJinja = false;
  try {
    const root = projectDir(options.projectDir);
    const profile = loadProfile(loadProject(root), {
      env: loadEnvironment(root, process.env),
      render: () => {
        hasJinja = true;
        throw new Error('The target contains Jinja.');
      },
      profilesDir: options.profilesDir,
      target: options.target,
      profile: options.profile,
    });
    rememberProfile(profile, options);
    return profile;
  } catch (error) {
    if (!hasJinja) throw error;
  }
  return (await import('../load.js')).openProfile(options).profile;
}
