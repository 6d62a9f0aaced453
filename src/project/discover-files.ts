/** Which files of the project are which resource. */
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { extname, join, posix, relative, resolve, sep } from 'node:path';
import { TechstoreError } from '../errors.js';
import type { Project } from './load-project.js';
import { byCodePoints } from './text-order.js';

export interface ProjectFile {
  readonly absolutePath: string;
  /** The resource folder as dbt_project.yml names it: `models`. */
  readonly folder: string;
  /** Inside the resource folder: `silver/orders.sql`. Always with slashes. */
  readonly path: string;
  /** Inside the project: `models/silver/orders.sql`. Always with slashes. */
  readonly originalFilePath: string;
}

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

const neverEntered = new Set(['node_modules', 'venv', '__pycache__']);

function toSlashes(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/');
}

/** Files below a folder of the project, each once, hidden and generated ones left out. */
class Walker {
  readonly #root: string;
  readonly #skipped: ReadonlySet<string>;
  readonly #cache = new Map<string, readonly ProjectFile[]>();

  constructor(project: Project) {
    this.#root = project.root;
    this.#skipped = new Set(
      [project.targetPath, project.logPath, project.packagesInstallPath].map((path) =>
        resolve(project.root, path),
      ),
    );
  }

  below(folder: string): readonly ProjectFile[] {
    const known = this.#cache.get(folder);
    if (known !== undefined) return known;
    const files: ProjectFile[] = [];
    const start = resolve(this.#root, folder);
    this.#visit(start, start, posix.normalize(toSlashes(folder)), new Set(), files);
    files.sort((a, b) => byCodePoints(a.originalFilePath, b.originalFilePath));
    this.#cache.set(folder, files);
    return files;
  }

  #visit(start: string, dir: string, folder: string, open: Set<string>, into: ProjectFile[]): void {
    let names: string[];
    let real: string;
    try {
      names = readdirSync(dir);
      real = realpathSync(dir);
    } catch (cause) {
      // dbt takes a resource folder that is not there for an empty one.
      if (dir === start && (cause as NodeJS.ErrnoException).code === 'ENOENT') return;
      const name = toSlashes(relative(this.#root, dir)) || '.';
      throw new TechstoreError('project', `The folder ${name} cannot be read`, { cause });
    }
    // A link to a folder above would be walked for ever.
    if (open.has(real)) return;
    open.add(real);
    for (const name of names) {
      if (name.startsWith('.') || neverEntered.has(name)) continue;
      const path = join(dir, name);
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat?.isDirectory()) {
        if (!this.#skipped.has(path)) this.#visit(start, path, folder, open, into);
      } else if (stat?.isFile()) {
        into.push({
          absolutePath: path,
          folder,
          path: toSlashes(relative(start, path)),
          originalFilePath: toSlashes(relative(this.#root, path)),
        });
      }
    }
    open.delete(real);
  }
}

function refusePython(files: readonly ProjectFile[]): void {
  const python = files.filter((file) => extname(file.path) === '.py');
  const first = python[0];
  if (first === undefined) return;
  const others = python.length === 1 ? '' : ` (and ${python.length - 1} more)`;
  throw new TechstoreError(
    'unsupported',
    `${first.originalFilePath} is a Python model${others}, which is not supported`,
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
  const walker = new Walker(project);
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
