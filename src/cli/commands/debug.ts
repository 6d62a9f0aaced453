/** `debug`: checks project, profile, connection and rights, one line each. */
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, isAbsolute, relative } from 'node:path';
import { formatPlace, TechstoreError } from '../../errors.js';
import { painter } from '../../format/painter.js';
import { visible } from '../../format/visible.js';
import { load, openProfile, type OpenedProfile } from '../load.js';
import { describeForeign } from '../describe-foreign.js';
import { openBuild } from '../open-build.js';
import { openFileStore } from '../open-store.js';
import type { ProjectOptions } from '../options.js';
import { terminalOf } from '../terminal.js';
import { version } from '../version.js';
import { silentLogger } from '../../dbt/logger.js';
import { profilesFilesFor } from '../../project/index.js';

export async function debug(options: ProjectOptions): Promise<void> {
  const paint = painter(terminalOf(process.stdout, options).color);
  let failed = false;
  const check = async (name: string, work: () => string | Promise<string>): Promise<boolean> => {
    try {
      process.stdout.write(`${paint.green('ok  ')} ${name.padEnd(11)} ${visible(await work())}\n`);
      return true;
    } catch (error) {
      failed = true;
      const known = error instanceof TechstoreError;
      const where = known && error.place !== undefined ? ` (${formatPlace(error.place)})` : '';
      const hint =
        known && error.hint !== undefined ? `\n     ${' '.repeat(11)} ${error.hint}` : '';
      const message = error instanceof Error ? error.message : String(error);
      process.stdout.write(
        `${paint.red('FAIL')} ${name.padEnd(11)} ${visible(`${message}${where}${hint}`)}\n`,
      );
      return false;
    }
  };
  await check('techstore', () => `${version()} on Node ${process.versions.node}`);
  let opened: OpenedProfile | null = null;
  const hasProfile = await check('profile', () => {
    opened = openProfile(options);
    return profileText(opened, options);
  });
  await check('project', () => {
    if (!hasProfile) throw new TechstoreError('project', 'not checked: it needs a profile');
    const project = load('debug', options, silentLogger);
    return `${project.project.name}, ${project.manifest.nodes.size} nodes`;
  });
  if (opened !== null) {
    const { profile } = opened as OpenedProfile;
    if (profile.target.type === 'databricks') {
      const { debugWarehouse } = await import('./debug-warehouse.js');
      await debugWarehouse(profile.target, check, (notice) => {
        process.stderr.write(`${visible(notice)}\n`);
      });
      if (failed) process.exitCode = 2;
      return;
    }
    await check('rights', () => writable(profile));
    await check('connection', async () => {
      const store = openFileStore(profile);
      store.check();
      if (!existsSync(store.publishedPath)) {
        const { openDuckDB } = await import('../../engine/duckdb/index.js');
        const engine = await openDuckDB({ path: null });
        await engine.close();
        return 'DuckDB works; nothing is published yet';
      }
      const { engine, build } = await openBuild(profile);
      const connection = await engine.connect();
      await connection.query('select 1');
      await engine.close();
      return build === null
        ? 'the published file was not made by techstore'
        : `published build ${build.id}`;
    });
    await check('files', () => filesOf(profile));
    await check('foreign', () => foreignIn(profile));
  }
  if (failed) process.exitCode = 2;
}

/** Reads the published build from end to end; of the others what their records say. */
async function filesOf(profile: OpenedProfile['profile']): Promise<string> {
  const store = openFileStore(profile);
  const published = store.published();
  const told: string[] = [];
  for (const { file, state, problem, path } of published === null
    ? []
    : await store.verify('published')) {
    if (state === 'damaged' || (state === 'changed' && file === 'kept')) {
      throw new TechstoreError('publish', `${path}: ${problem}`, {
        hint: 'Publish an earlier build with `techstore builds rollback`, or build again. `techstore builds verify` checks all builds.',
      });
    }
    told.push(`the ${file} file is ${problem === null ? 'whole' : `${state}: ${problem}`}`);
  }
  const damaged = store.damagedBuilds().length;
  if (damaged > 0)
    told.push(`${damaged} damaged ${damaged === 1 ? 'build' : 'builds'} in ${store.buildsFolder}`);
  return told.length === 0 ? 'no build is published' : told.join('; ');
}

/** What others made in the published file. */
async function foreignIn(profile: OpenedProfile['profile']): Promise<string> {
  const contents = await openFileStore(profile).publishedContents();
  if (contents === null) return 'nothing is published yet';
  if (contents.foreign === null)
    throw new TechstoreError('publish', contents.message ?? 'not known');
  const changed = contents.changed
    ? 'another program changed tables of the project in the published file; '
    : '';
  return `${changed}${describeForeign(contents.foreign) ?? 'other programs added nothing to the published file'}`;
}

function writable(profile: OpenedProfile['profile']): string {
  const folder = dirname(openFileStore(profile).publishedPath);
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

/** With the file that was read, and those that a user may take it for. */
function profileText({ profile, project, env }: OpenedProfile, options: ProjectOptions): string {
  const shown = (path: string): string => {
    const inside = relative(project.root, path);
    return inside.startsWith('..') || isAbsolute(inside) ? path : inside;
  };
  const others = profilesFilesFor(project.root, options.profilesDir, env).filter(
    (path) => path !== profile.file,
  );
  const not = others.map((path) => `\n     ${' '.repeat(11)} not read: ${shown(path)}`);
  return `${profile.name}, target ${profile.targetName}, from ${shown(profile.file)}${not.join('')}`;
}
