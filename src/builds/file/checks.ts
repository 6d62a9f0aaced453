/** The checks of `debug` for builds in files: rights, connection, damage, what others made. */
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { TechstoreError } from '../../errors.js';
import type { DuckdbTarget } from '../../project/index.js';
import { describeForeign } from '../describe-foreign.js';
import type { Check, StoreOptions } from '../store-kind.js';
import type { FileBuilds } from './file-builds.js';
import { FileStore } from './file-store.js';

export async function checkFiles(
  target: DuckdbTarget,
  check: Check,
  options: StoreOptions,
): Promise<void> {
  const store = new FileStore(target, options);
  await check('rights', () => writable(store.builds));
  await check('connection', () => connected(store));
  await check('files', () => wholeFiles(store.builds));
  await check('foreign', () => foreignIn(store.builds));
}

function writable({ publishedPath }: FileBuilds): string {
  const folder = dirname(publishedPath);
  try {
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new TechstoreError('publish', `The folder ${folder} is not writable`, {
      hint: 'Give this user permission to write there, or change the path in profiles.yml.',
      cause,
    });
  }
  return `${folder} is writable`;
}

async function connected(store: FileStore): Promise<string> {
  store.builds.check();
  if (!existsSync(store.builds.publishedPath)) {
    const { openDuckDB } = await import('../../engine/duckdb/index.js');
    const engine = await openDuckDB({ path: null });
    await engine.close();
    return 'DuckDB works; nothing is published yet';
  }
  const { engine, build, close } = await store.open();
  const connection = await engine.connect();
  await connection.query('select 1');
  await close();
  return build === null
    ? 'the published file was not made by techstore'
    : `published build ${build.id}`;
}

/** Reads the published build from end to end; of the others what their records say. */
async function wholeFiles(builds: FileBuilds): Promise<string> {
  const published = builds.published();
  const told: string[] = [];
  for (const { file, state, problem, path } of published === null
    ? []
    : await builds.verify('published')) {
    if (state === 'damaged' || (state === 'changed' && file === 'kept')) {
      throw new TechstoreError('publish', `${path}: ${problem}`, {
        hint: 'Publish an earlier build with `techstore builds rollback`, or build again. `techstore builds verify` checks all builds.',
      });
    }
    told.push(`the ${file} file is ${problem === null ? 'whole' : `${state}: ${problem}`}`);
  }
  const damaged = builds.damagedBuilds().length;
  if (damaged > 0)
    told.push(`${damaged} damaged ${damaged === 1 ? 'build' : 'builds'} in ${builds.buildsFolder}`);
  return told.length === 0 ? 'no build is published' : told.join('; ');
}

/** What others made in the published file. */
async function foreignIn(builds: FileBuilds): Promise<string> {
  const contents = await builds.publishedContents();
  if (contents === null) return 'nothing is published yet';
  if (contents.foreign === null)
    throw new TechstoreError(
      'publish',
      contents.message ?? 'The objects of other programs are unknown',
    );
  const changed = contents.changed
    ? 'another program changed tables of the project in the published file; '
    : '';
  return `${changed}${describeForeign(contents.foreign) ?? 'other programs added nothing to the published file'}`;
}
