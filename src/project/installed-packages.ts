/** The packages in the folder that `techstore deps`, dbt or a person filled. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { TechstoreError } from '../errors.js';
import { listedPackages } from './listed-packages.js';
import { loadProject, type LoadProjectOptions, type Project } from './load-project.js';
import { byCodePoints } from './text-order.js';

/** In these folders dbt looks for no package. */
const isHidden = (name: string): boolean => name.startsWith('__') || name.startsWith('.');

/**
 * Every folder of the install path is a package, listed or not, as in dbt.
 *
 * @returns sorted by the names of their folders
 * @throws TechstoreError `project` where fewer are there than packages.yml lists, where two have one name, and for
 * what a package's dbt_project.yml has wrong
 */
export function installedPackages(
  project: Project,
  options: Omit<LoadProjectOptions, 'folder'>,
): Project[] {
  const folders = packageFolders(project);
  const listed = listedPackages(project.root);
  if (listed.packages.length > folders.length) throw notInstalled(project, listed, folders);
  const packages = folders.map((name) => {
    const folder = posix.join(project.packagesInstallPath, name, '/');
    return loadProject(join(resolve(project.root, project.packagesInstallPath), name), {
      ...options,
      folder,
    });
  });
  const known = new Map<string, Project>([[project.name, project]]);
  for (const each of packages) {
    const twin = known.get(each.name);
    if (twin !== undefined) throw sameName(twin, each);
    known.set(each.name, each);
  }
  return packages;
}

/** Names of the folders in the install path. */
export function packageFolders({
  root,
  packagesInstallPath,
}: Pick<Project, 'root' | 'packagesInstallPath'>): string[] {
  const path = resolve(root, packagesInstallPath);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => !isHidden(name))
    .filter((name) => statSync(join(path, name), { throwIfNoEntry: false })?.isDirectory() === true)
    .sort(byCodePoints);
}

function notInstalled(
  { packagesInstallPath }: Project,
  { file, packages }: ReturnType<typeof listedPackages>,
  folders: readonly string[],
): TechstoreError {
  const missing = packages.filter(
    ({ folderName }) => folderName !== null && !folders.includes(folderName),
  );
  const place = missing[0]?.place ?? packages[0]?.place;
  const names = missing.map(({ folderName }) => folderName).join(', ');
  const which = names === '' ? '' : `; not found: ${names}`;
  return new TechstoreError(
    'project',
    `${file} lists ${packages.length} package${packages.length === 1 ? '' : 's'}, but ${packagesInstallPath} has ${folders.length}${which}`,
    { ...(place === undefined ? {} : { place }), hint: 'Run techstore deps to install them.' },
  );
}

function sameName(first: Project, second: Project): TechstoreError {
  const whose = first.folder === '' ? 'The project' : `The package in ${first.folder}`;
  return new TechstoreError(
    'project',
    `${whose} and the package in ${second.folder} have the same name: ${second.name}`,
    {
      place: { file: second.file },
      hint:
        first.folder === ''
          ? 'A project cannot be its own package. Rename one of them.'
          : 'Remove one of them.',
    },
  );
}
