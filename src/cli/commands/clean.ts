/** `clean`: removes the folders that clean-targets names, and nothing outside of the project. */
import { lstatSync, realpathSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { TechstoreError } from '../../errors.js';
import { filesOf, loadProject, type Project } from '../../project/index.js';
import { openProfile } from '../load.js';
import type { ProjectOptions } from '../options.js';
import { did } from '../output.js';
import { projectDir } from '../project-dir.js';

interface Target {
  /** As clean-targets writes it. */
  readonly name: string;
  /** Where it really lies; the last part may be a link, which is then removed in place of what it points to. */
  readonly path: string;
}

export async function clean(options: ProjectOptions): Promise<void> {
  const project = loadProject(projectDir(options.projectDir));
  const root = realpathSync(project.root);
  const kept = keptPlaces(project, options);
  const targets = project.cleanTargets.map((name) => ({
    name,
    path: realPlace(resolve(project.root, name)),
  }));
  for (const { name, path } of targets) {
    const outside = path === root || !isWithin(path, root);
    const held = outside ? undefined : kept.find((place) => isWithin(place.path, path));
    if (!outside && held === undefined) continue;
    throw new TechstoreError(
      'project',
      `clean-targets lists ${name}, which ${held === undefined ? 'is not inside the project' : `contains ${held.name}`}`,
      {
        place: { file: project.file },
        hint: 'Nothing was removed. Remove the entry from clean-targets.',
      },
    );
  }
  for (const { name, path } of targets) {
    if (!isThere(path)) continue;
    rmSync(path, { recursive: true, force: true });
    did(`${name} is removed`);
    if (options.quiet !== true) process.stdout.write(`Removed ${name}\n`);
  }
}

/** What no target may hold: the project's own files, and what was built from them. */
function keptPlaces({ root, paths, file }: Project, options: ProjectOptions): readonly Target[] {
  const names = [
    ...paths.models,
    ...paths.seeds,
    ...paths.tests,
    ...paths.analyses,
    ...paths.macros,
    ...paths.snapshots,
    file,
    'profiles.yml',
    ...publishedFile(options),
  ];
  // Both count: the place in the project, and where a link there leads to.
  return names.flatMap((name) => {
    const place = resolve(root, name);
    return [realPlace(place), realPath(place)].map((path) => ({ name, path }));
  });
}

/** None where the profile can't be read: whoever cleans need not have one. */
function publishedFile(options: ProjectOptions): readonly string[] {
  try {
    return filesOf(openProfile(options).profile.target);
  } catch {
    return [];
  }
}

/** The path with all links followed but that of its last part. */
function realPlace(path: string): string {
  return join(realPath(dirname(path)), basename(path));
}

/** The path with all links followed, as far as it is there. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path === dirname(path) ? path : realPlace(path);
  }
}

function isWithin(path: string, folder: string): boolean {
  return `${path}${sep}`.startsWith(`${folder}${sep}`);
}

/** True of a link too that leads nowhere. */
function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
