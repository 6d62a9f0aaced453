/** Opens published tables to ask them, loading as little as an answer needs. */
import { existsSync } from 'node:fs';
import { TechstoreError } from '../../errors.js';
import type { Engine } from '../../engine/engine.js';
import type { Profile } from '../../project/index.js';
import { layoutOf } from '../../builds/file/layout.js';
import { hasLog } from '../../engine/duckdb/logs.js';
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

export interface OpenTables {
  readonly engine: Engine;
  /** Where the tables are. */
  readonly schema: string;
  /** Id of the build, null for a file that no build made; found when it is asked for. */
  readonly buildId: () => Promise<string | null>;
}

/**
 * @param build as `openBuild` takes it; default the published one
 * @throws TechstoreError `publish` when there is no such build
 */
export async function openTables(profile: Profile, build?: string): Promise<OpenTables> {
  const { target } = profile;
  if (build === undefined && target.type === 'duckdb' && target.path !== ':memory:') {
    const layout = layoutOf(target.path);
    const { published } = layout;
    if (!existsSync(published)) {
      throw new TechstoreError('publish', 'Nothing is published yet', {
        hint: 'Run: techstore build',
      });
    }
    // A log of another program is no part of the build: which file to read then takes a look at the builds.
    if (!hasLog(published, layout.asGiven)) {
      const { openDuckDB } = await import('../../engine/duckdb/index.js');
      return {
        engine: await openDuckDB({ path: published, readOnly: true, catalog: target.database }),
        schema: target.schema,
        buildId: async () =>
          (await import('../open-store.js')).openFileStore(profile).published()?.id ?? null,
      };
    }
  }
  const { openBuild } = await import('../open-build.js');
  const opened = await openBuild(profile, build);
  return {
    engine: opened.engine,
    schema: opened.schema,
    buildId: () => Promise.resolve(opened.build?.id ?? null),
  };
}
