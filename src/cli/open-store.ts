/** The builds of a profile's target, wherever they are kept. */
import { TechstoreError } from '../errors.js';
import type { Profile } from '../project/index.js';
import {
  BuildStore,
  type DamagedBuild,
  type KeptBuild,
  type PublishedContents,
  type RollbackOptions,
} from '../builds/index.js';

/** What a command may pass on: see `LockOptions` of publish. */
type Lock = Parameters<BuildStore['prune']>[0];

export interface KeptBuilds {
  /** Newest first. */
  list(): Promise<readonly KeptBuild[]>;
  /** As `findBuild` of publish. */
  find(name: string): Promise<KeptBuild>;
  /** What lies there of builds that nothing can be done with. */
  damaged(): Promise<readonly DamagedBuild[]>;
  /** What others made in the published file; null where there is no such file. */
  publishedContents(): Promise<PublishedContents | null>;
  rollback(options: RollbackOptions): Promise<KeptBuild>;
  /** Removes old builds, and says which. */
  prune(options: Lock & { readonly keep: number }): Promise<readonly KeptBuild[]>;
  close(): Promise<void>;
}

export async function openStore(profile: Profile): Promise<KeptBuilds> {
  if (profile.target.type === 'databricks') {
    return (await import('./open-schema-store.js')).openSchemaStore(profile, profile.target);
  }
  const store = openFileStore(profile);
  return {
    list: () => Promise.resolve(store.listBuilds()),
    publishedContents: () => store.publishedContents(),
    find: async (name) => store.showBuild(name),
    damaged: () => Promise.resolve(store.damagedBuilds()),
    rollback: (options) => store.rollback(options),
    prune: (options) => store.prune(options),
    close: () => Promise.resolve(),
  };
}

/**
 * The builds of the profile's file.
 *
 * @throws TechstoreError `unsupported` for a target whose builds are no files
 */
export function openFileStore(profile: Profile): BuildStore {
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
  const { path, settings, extensions } = target;
  return new BuildStore({ path, database: { settings, extensions } });
}
