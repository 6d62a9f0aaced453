/** `deps`: from the list of packages to the folder that holds them. */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { interruptedError, TechstoreError } from '../errors.js';
import {
  listedPackages,
  type Project,
  type ProjectWarning,
  type Render,
} from '../project/index.js';
import { Fetcher } from './fetcher.js';
import { hashOfList, readLock, writeLock } from './lock-file.js';
import { pinnedIn, resolvePackages, type Pinned } from './resolve.js';

export interface DepsOptions {
  readonly project: Project;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly render: Render;
  readonly signal: AbortSignal;
  readonly warn: (warning: ProjectWarning) => void;
  /** Chooses versions again, though the lock file is that of the list. */
  readonly upgrade?: boolean;
  /** Writes the lock file and installs nothing. */
  readonly lockOnly?: boolean;
}

export interface InstalledPackage {
  readonly name: string;
  /** `version 1.3.0`. */
  readonly shown: string;
  /** A newer version that is not within the bounds, or not chosen; else null. */
  readonly newer: string | null;
}

export interface DepsOutcome {
  readonly packages: readonly InstalledPackage[];
  /** Whether package-lock.yml was written. */
  readonly locked: boolean;
  /** Whether the packages were installed. */
  readonly installed: boolean;
}

/**
 * What is in the install path stays until everything that replaces it is there.
 *
 * @throws TechstoreError `project` for what cannot be had or installed; `interrupted`
 */
export async function installPackages(options: DepsOptions): Promise<DepsOutcome> {
  const { project, signal } = options;
  const { packages: listed, warnings } = listedPackages(project.root);
  warnings.forEach(options.warn);
  if (listed.length === 0) return { packages: [], locked: false, installed: false };
  const target = resolve(project.root, project.packagesInstallPath);
  if (options.lockOnly !== true) refuseOtherContents(target, project);
  // Beside the folder that it becomes, so that a rename does it.
  mkdirSync(dirname(target), { recursive: true });
  const temp = mkdtempSync(join(dirname(target), '.techstore-deps-'));
  try {
    const fetcher = new Fetcher({ ...options, root: project.root, temp });
    const hash = hashOfList(listed, options.render);
    const lock = options.upgrade === true ? null : readLock(project.root);
    const isCurrent = lock?.hash === hash;
    const pins = isCurrent
      ? await pinnedIn(lock.packages, project.name, fetcher)
      : await resolvePackages(listed, project.name, fetcher);
    const packages = pins.map(({ name, shown, newer }) => ({ name, shown, newer }));
    if (options.lockOnly !== true) await install(pins, target, temp);
    if (!isCurrent)
      writeLock(
        project.root,
        pins.map(({ entry }) => entry),
        hash,
      );
    return { packages, locked: !isCurrent, installed: options.lockOnly !== true };
  } catch (error) {
    if (signal.aborted) throw interruptedError('Interrupted: the packages are as they were');
    throw error;
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

async function install(pins: readonly Pinned[], target: string, temp: string): Promise<void> {
  const fresh = join(temp, 'new');
  mkdirSync(fresh);
  for (const pin of pins) {
    const { name } = pin;
    const { folder, isLink } = await pin.fetch();
    if (isLink) symlinkSync(folder, join(fresh, name), 'junction');
    else renameSync(folder, join(fresh, name));
  }
  try {
    if (existsSync(target)) renameSync(target, join(temp, 'old'));
    renameSync(fresh, target);
  } catch (cause) {
    throw new TechstoreError('project', `${target} cannot be replaced`, {
      hint: 'Check its permissions.',
      cause,
    });
  }
}

/** The install path is replaced as a whole, so that it must hold packages and nothing else. */
function refuseOtherContents(target: string, project: Project): void {
  const fail = (why: string): never => {
    throw new TechstoreError(
      'project',
      `techstore deps replaces ${project.packagesInstallPath}, which ${why}`,
      {
        place: { file: project.file },
        hint: "Set 'packages-install-path' to a folder of its own.",
      },
    );
  };
  const isWithin = (path: string): boolean => path === target || path.startsWith(target + sep);
  if (isWithin(project.root)) fail('holds the project itself');
  const folders = Object.values(project.paths).flat() as readonly string[];
  const own = folders.find((path) => isWithin(resolve(project.root, path)));
  if (own !== undefined) fail(`holds ${own}`);
  const stat = lstatSync(target, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (!stat.isDirectory()) fail('is not a folder');
  for (const name of readdirSync(target)) {
    if (name.startsWith('.') || name.startsWith('__')) continue;
    const path = join(target, name);
    // A link whose target is gone is one that an earlier run left.
    const isGone = statSync(path, { throwIfNoEntry: false }) === undefined;
    if (!isGone && !existsSync(join(path, 'dbt_project.yml'))) fail(`holds ${name}: no package`);
  }
}
