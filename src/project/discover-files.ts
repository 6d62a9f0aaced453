/** Which files of the project are which resource. */
import { extname, resolve } from 'node:path';
import { TechstoreError } from '../errors.js';
import type { Project } from './load-project.js';
import type { ProjectFile } from './project-file.js';
import { byCodePoints } from './text-order.js';
import { Walker } from './walk-folder.js';

export interface ProjectFiles {
  /** `.sql` of the model paths. */
  readonly models: readonly ProjectFile[];
  /** `.csv` of the seed paths. */
  readonly seeds: readonly ProjectFile[];
  /** `.sql` of the test paths, without their folders `generic` and `fixtures`. */
  readonly singularTests: readonly ProjectFile[];
  /** `.sql` of `generic` in the test paths: macros that are tests. */
  readonly genericTests: readonly ProjectFile[];
  /** `.csv` and `.sql` of `fixtures` in the test paths, for unit tests. */
  readonly fixtures: readonly ProjectFile[];
  readonly analyses: readonly ProjectFile[];
  readonly macros: readonly ProjectFile[];
  /** `.sql` of the snapshot paths. */
  readonly snapshots: readonly ProjectFile[];
  /** `.md` of the docs paths. */
  readonly docs: readonly ProjectFile[];
  /** `.yml` and `.yaml` of all resource folders. */
  readonly properties: readonly ProjectFile[];
}

function refusePython(files: readonly ProjectFile[]): void {
  const python = files.filter((file) => extname(file.path) === '.py');
  const first = python[0];
  if (first === undefined) return;
  const others = python.length === 1 ? '' : ` (and ${python.length - 1} more)`;
  throw new TechstoreError(
    'unsupported',
    `${first.originalFilePath} is a Python model${others}. Python models are not supported`,
    {
      place: { file: first.originalFilePath },
      hint: 'Write the model in SQL, or move the file out of the model paths.',
    },
  );
}

/**
 * Lists the project's files, sorted by their path's code points. A file that
 * two overlapping folders hold is listed once, below the first of them.
 * @throws TechstoreError 'unsupported' on a Python model.
 */
export function discoverFiles(project: Project): ProjectFiles {
  const generated = [project.targetPath, project.logPath, project.packagesInstallPath];
  const walker = new Walker(
    project.root,
    new Set(generated.map((path) => resolve(project.root, path))),
    project.folder,
  );
  const collect = (
    folders: readonly string[],
    extensions: readonly string[],
    wanted: (file: ProjectFile) => boolean = () => true,
  ): ProjectFile[] => {
    const seen = new Map<string, ProjectFile>();
    for (const folder of folders) {
      for (const file of walker.below(folder)) {
        if (!extensions.includes(extname(file.path)) || !wanted(file)) continue;
        if (!seen.has(file.absolutePath)) seen.set(file.absolutePath, file);
      }
    }
    return [...seen.values()].sort((a, b) => byCodePoints(a.originalFilePath, b.originalFilePath));
  };
  const { paths } = project;
  const inside = (folder: string) => (file: ProjectFile) => file.path.startsWith(`${folder}/`);
  refusePython(collect(paths.models, ['.py']));
  const all = [
    ...paths.models,
    ...paths.seeds,
    ...paths.snapshots,
    ...paths.analyses,
    ...paths.macros,
    ...paths.tests,
  ];
  return {
    models: collect(paths.models, ['.sql']),
    seeds: collect(paths.seeds, ['.csv']),
    singularTests: collect(
      paths.tests,
      ['.sql'],
      (file) => !inside('generic')(file) && !inside('fixtures')(file),
    ),
    genericTests: collect(paths.tests, ['.sql'], inside('generic')),
    fixtures: collect(paths.tests, ['.csv', '.sql'], inside('fixtures')),
    analyses: collect(paths.analyses, ['.sql']),
    macros: collect(paths.macros, ['.sql']),
    snapshots: collect(paths.snapshots, ['.sql']),
    docs: collect(paths.docs, ['.md']),
    properties: collect(all, ['.yml', '.yaml']),
  };
}
