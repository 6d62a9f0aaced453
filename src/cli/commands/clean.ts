/** `clean`: removes the folders that clean-targets names, and nothing outside of the project. */
import { existsSync, rmSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { TechstoreError } from '../../errors.js';
import { loadProject } from '../../project/index.js';
import type { ProjectOptions } from '../options.js';
import { projectDir } from '../project-dir.js';

export async function clean(options: ProjectOptions): Promise<void> {
  const project = loadProject(projectDir(options.projectDir));
  const { root, paths } = project;
  const kept = [
    ...paths.models,
    ...paths.seeds,
    ...paths.tests,
    ...paths.analyses,
    ...paths.macros,
    ...paths.snapshots,
  ];
  const targets = project.cleanTargets.map((target) => ({ target, path: resolve(root, target) }));
  for (const { target, path } of targets) {
    const outside = path === root || !`${path}${sep}`.startsWith(`${root}${sep}`);
    const holds = kept.find((folder) =>
      `${resolve(root, folder)}${sep}`.startsWith(`${path}${sep}`),
    );
    if (!outside && holds === undefined) continue;
    throw new TechstoreError(
      'project',
      `clean-targets names ${target}, which ${outside ? 'is not inside the project' : `holds ${holds}`}`,
      {
        place: { file: project.file },
        hint: 'Nothing was removed. Take it out of clean-targets.',
      },
    );
  }
  for (const { target, path } of targets) {
    if (!existsSync(path)) continue;
    rmSync(path, { recursive: true, force: true });
    if (options.quiet !== true) process.stdout.write(`Removed ${target}\n`);
  }
}
