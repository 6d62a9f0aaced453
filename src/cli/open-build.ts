/** Opens a build for reading: the published one, or one that the user names. */
import { existsSync } from 'node:fs';
import { TechstoreError } from '../errors.js';
import type { Engine, RelationName } from '../engine/engine.js';
import type { DuckdbTarget, Profile } from '../project/index.js';
import { visible } from '../format/visible.js';
import type { FileToRead, KeptBuild } from '../builds/index.js';
import { openFileStore } from './open-store.js';

export interface OpenBuild {
  readonly engine: Engine;
  /** Null for tables that this program did not make. */
  readonly build: KeptBuild | null;
  /** Where names without a schema are looked up. */
  readonly schema: string;
  /** Where the build has what is published under this name. */
  relationOf(table: { readonly schema: string; readonly identifier: string }): RelationName;
}

/**
 * Read only. A file is locked down too; on a warehouse `connectReader` of the engine refuses what would write.
 *
 * @param name id, its beginning, `published` (default), `previous`, `latest` or `failed`
 * @throws TechstoreError `publish` when there is no such build
 */
export async function openBuild(profile: Profile, name = 'published'): Promise<OpenBuild> {
  const { target } = profile;
  if (target.type === 'duckdb') return openFile(profile, target, name);
  return (await import('./open-schema.js')).openSchema(target, name);
}

async function openFile(profile: Profile, target: DuckdbTarget, name: string): Promise<OpenBuild> {
  const store = openFileStore(profile);
  const build = name === 'published' ? store.published() : store.showBuild(name);
  if (build === null && !existsSync(store.publishedPath)) throw nothingPublished();
  const engine = await openToRead(
    target,
    build === null ? { path: store.publishedPath } : store.toRead(build),
  );
  return {
    engine,
    build,
    schema: target.schema,
    relationOf: ({ schema, identifier }) => ({ database: engine.database, schema, identifier }),
  };
}

async function openToRead(
  { database: catalog }: DuckdbTarget,
  { path, notice = null, opened }: Partial<FileToRead> & { readonly path: string },
): Promise<Engine> {
  if (notice !== null) process.stderr.write(`Warning: ${visible(notice)}\n`);
  const { openDuckDB } = await import('../engine/duckdb/index.js');
  try {
    return await openDuckDB({ path, readOnly: true, catalog });
  } finally {
    opened?.();
  }
}

export function nothingPublished(): TechstoreError {
  return new TechstoreError('publish', 'Nothing is published yet', {
    hint: 'Run: techstore build',
  });
}
