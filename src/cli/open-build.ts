/** Opens a build for reading: the published one, or one that the user names. */
import { TechstoreError } from '../errors.js';
import type { DuckDBEngine } from '../engine/duckdb/index.js';
import type { Profile } from '../project/index.js';
import { openStore } from './open-store.js';

export interface OpenBuild {
  readonly engine: DuckDBEngine;
  /** Null for a published file that this program did not make. */
  readonly id: string | null;
}

/**
 * Read only and locked down: nothing can be written, no other file can be read.
 *
 * @param name id, its beginning, `published` (default), `previous`, `latest` or `failed`
 * @throws TechstoreError `publish` when there is no such build
 */
export async function openBuild(profile: Profile, name = 'published'): Promise<OpenBuild> {
  const store = openStore(profile);
  const { openDuckDB } = await import('../engine/duckdb/index.js');
  const { existsSync } = await import('node:fs');
  const open = async (path: string): Promise<DuckDBEngine> =>
    openDuckDB({ path, readOnly: true, catalog: profile.target.database });
  if (name === 'published') {
    if (!existsSync(store.publishedPath)) {
      throw new TechstoreError('publish', 'Nothing is published yet', {
        hint: 'Run: techstore build',
      });
    }
    const published = store.published();
    return { engine: await open(store.publishedPath), id: published?.id ?? null };
  }
  const build = store.showBuild(name);
  return { engine: await open(build.path), id: build.id };
}
