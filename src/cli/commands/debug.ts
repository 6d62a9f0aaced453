/** `debug`: checks project, profile, connection and rights, one line each. */
import { isAbsolute, relative } from 'node:path';
import { checkTarget } from '../../builds/index.js';
import { formatPlace, TechstoreError } from '../../errors.js';
import { painter } from '../../format/painter.js';
import { visible } from '../../format/visible.js';
import { load, openProfile, type OpenedProfile } from '../load.js';
import type { ProjectOptions } from '../options.js';
import { tellOnStderr } from '../store-options.js';
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
  if (opened !== null) await checkTarget((opened as OpenedProfile).profile, check, tellOnStderr);
  if (failed) process.exitCode = 2;
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
