/** The store that keeps each build in its own DuckDB file. Loads its modules on demand. */
import { existsSync } from 'node:fs';
import { hasLog } from '../../engine/duckdb/logs.js';
import type { DuckdbTarget, Profile } from '../../project/index.js';
import { nothingPublished } from '../nothing-published.js';
import type { OpenPublished } from '../open-build.js';
import type { StoreKind, StoreOptions } from '../store-kind.js';
import { readOptions } from './database-options.js';
import { layoutOf } from './layout.js';

export const inFiles: StoreKind = {
  openStore: async (profile, options) => {
    const target = fileTarget(profile);
    return new (await import('./file-store.js')).FileStore(target, options);
  },
  openPublished,
  check: async (profile, check, options) => {
    const target = fileTarget(profile);
    await (await import('./checks.js')).checkFiles(target, check, options);
  },
};

/**
 * The published file itself, where nothing speaks against it: which of the kept builds it is, is
 * found only when somebody asks.
 */
async function openPublished(profile: Profile, options: StoreOptions): Promise<OpenPublished> {
  const target = fileTarget(profile);
  const { published, asGiven } = layoutOf(target.path);
  const store = async () => new (await import('./file-store.js')).FileStore(target, options);
  if (!existsSync(published)) throw nothingPublished(await (await store()).list());
  // A log of another program is no part of the build: which file to read then takes a look at the builds.
  if (hasLog(published, asGiven)) {
    const opened = await (await store()).open();
    return { ...opened, buildId: () => Promise.resolve(opened.build?.id ?? null) };
  }
  const { openDuckDB } = await import('../../engine/duckdb/index.js');
  const engine = await openDuckDB({
    ...readOptions(target),
    path: published,
    readOnly: true,
    catalog: target.database,
  });
  return {
    engine,
    schema: target.schema,
    buildId: async () => (await (await store()).published())?.id ?? null,
    close: () => engine.close(),
  };
}

function fileTarget({ target }: Profile): DuckdbTarget {
  if (target.type !== 'duckdb') throw new TypeError(`A target of type ${target.type} has no file.`);
  return target;
}
