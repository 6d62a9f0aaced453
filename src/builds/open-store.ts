/**
 * Chooses the build store by the type of the profile's target. Another kind of store needs a
 * folder beside `file` and `schema`, and a line here.
 */
import type { Profile } from '../project/index.js';
import type { BuildStore } from './build-store.js';
import type { OpenBuild, OpenPublished } from './open-build.js';
import type { Check, StoreKind, StoreOptions } from './store-kind.js';

async function kindOf({ target }: Profile): Promise<StoreKind> {
  switch (target.type) {
    case 'duckdb':
      return (await import('./file/in-files.js')).inFiles;
    case 'databricks':
      return (await import('./schema/in-schemas.js')).inSchemas;
  }
}

/** Opens the store of the profile's target. Close it. @throws TechstoreError `profile` for a target that cannot keep builds */
export async function openStore(profile: Profile, options: StoreOptions): Promise<BuildStore> {
  return (await kindOf(profile)).openStore(profile, options);
}

/**
 * Opens one build for reading; closing it closes its store too.
 *
 * @param name as in `findBuild`. Default `published`
 * @throws TechstoreError `publish` if there is no such build
 */
export async function openBuild(
  profile: Profile,
  name: string | undefined,
  options: StoreOptions,
): Promise<OpenBuild> {
  const store = await openStore(profile, options);
  try {
    const opened = await store.open(name);
    return {
      ...opened,
      close: async () => {
        await opened.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** @param build as in `findBuild`. Default: the published file, opened as fast as possible */
export async function openTables(
  profile: Profile,
  build: string | undefined,
  options: StoreOptions,
): Promise<OpenPublished> {
  if (build === undefined) return (await kindOf(profile)).openPublished(profile, options);
  const opened = await openBuild(profile, build, options);
  return { ...opened, buildId: () => Promise.resolve(opened.build?.id ?? null) };
}

/** See `StoreKind`. */
export async function checkTarget(
  profile: Profile,
  check: Check,
  options: StoreOptions,
): Promise<void> {
  await (await kindOf(profile)).check(profile, check, options);
}
