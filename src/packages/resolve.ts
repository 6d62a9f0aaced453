/** Which packages a list comes to, with those that the packages list themselves. */
import { existsSync } from 'node:fs';
import { join, resolve as resolvePath } from 'node:path';
import { formatPlace, TechstoreError, type Place } from '../errors.js';
import {
  acceptsOurLevel,
  dbtLevel,
  listIn,
  listedPackages,
  loadProject,
  parseYaml,
  type ListedPackage,
} from '../project/index.js';
import type { Fetched, Fetcher } from './fetcher.js';
import type { HubVersion } from './hub.js';
import type { LockedEntry } from './lock-file.js';
import { newest, type Bound } from './version.js';
import { wantedOf, type HubWanted, type Wanted } from './wanted.js';

/** A package of which it is known what to install. */
export interface Pinned {
  /** Name of the project, and of its folder. */
  readonly name: string;
  readonly wanted: Wanted;
  readonly entry: LockedEntry;
  /** What it is, for people: `version 1.3.0`. */
  readonly shown: string;
  /** The newest version for this program; null where that is this one, or where there are none. */
  readonly newer: string | null;
  /** Puts its files in a folder, or says where they are. */
  fetch(): Promise<Fetched>;
}

/**
 * As dbt: level by level, and the bounds of all that want a package count together.
 *
 * @throws TechstoreError `project` where no version fits, and what fetching throws
 */
export async function resolvePackages(
  listed: readonly ListedPackage[],
  projectName: string,
  fetcher: Fetcher,
): Promise<Pinned[]> {
  const known = new Map<string, Wanted>();
  const pinned = new Map<string, Pinned>();
  let pending = listed.map((one) => wantedOf(one, fetcher.render));
  while (pending.length > 0) {
    const next: ListedPackage[] = [];
    const keys = new Set<string>();
    for (const wanted of pending) {
      const key = keyOf(wanted);
      known.set(key, merged(known.get(key), wanted));
      keys.add(key);
    }
    for (const key of keys) {
      const wanted = known.get(key);
      if (wanted === undefined) continue;
      const { pin, packages } = await pinOf(wanted, fetcher);
      const before = pinned.get(key);
      pinned.set(key, pin);
      if (before === undefined || before.shown !== pin.shown) next.push(...packages);
    }
    pending = next.map((one) => wantedOf(one, fetcher.render));
  }
  refuseSameNames([...pinned.values()], projectName);
  return [...pinned.values()];
}

/** The packages of a lock file: nothing is chosen any more. */
export async function pinnedIn(
  listed: readonly ListedPackage[],
  projectName: string,
  fetcher: Fetcher,
): Promise<Pinned[]> {
  const pins: Pinned[] = [];
  for (const one of listed) pins.push((await pinOf(wantedOf(one, fetcher.render), fetcher)).pin);
  refuseSameNames(pins, projectName);
  return pins;
}

/** What makes two entries the same package. */
function keyOf(wanted: Wanted): string {
  switch (wanted.kind) {
    case 'hub':
      return `hub ${wanted.name}`;
    case 'git':
      return `git ${wanted.url.replace(/\.git$/, '')}/${wanted.subdirectory ?? ''}`;
    case 'local':
      return `local ${wanted.path}`;
    case 'tarball':
      return `tarball ${wanted.url}`;
  }
}

function merged(first: Wanted | undefined, second: Wanted): Wanted {
  if (first?.kind === 'hub' && second.kind === 'hub') {
    return {
      ...first,
      bounds: [...first.bounds, ...second.bounds],
      prereleases: first.prereleases || second.prereleases,
    };
  }
  if (first?.kind === 'git' && second.kind === 'git') {
    const revision = first.revision ?? second.revision;
    if (second.revision !== null && second.revision !== revision) {
      throw new TechstoreError(
        'project',
        `Two revisions of one repository are listed: ${revision ?? ''} and ${second.revision}`,
        { place: second.place, hint: 'Use the same revision in both places.' },
      );
    }
    return { ...first, revision, warnsUnpinned: first.warnsUnpinned && second.warnsUnpinned };
  }
  return first ?? second;
}

interface PinAndNeeds {
  readonly pin: Pinned;
  readonly packages: readonly ListedPackage[];
}

async function pinOf(wanted: Wanted, fetcher: Fetcher): Promise<PinAndNeeds> {
  switch (wanted.kind) {
    case 'hub':
      return pinOfHub(wanted, fetcher);
    case 'git': {
      const { folder, commit } = await fetcher.git(wanted);
      const project = projectIn(folder, wanted.place);
      if (wanted.warnsUnpinned && ['HEAD', 'main', 'master'].includes(wanted.revision ?? 'HEAD')) {
        fetcher.warn({
          message: `The package ${project.name} is not pinned: it is what its default branch has now`,
          place: wanted.place,
          hint: "Set 'revision' to a tag or a commit, or 'warn-unpinned: false'.",
        });
      }
      const entry = {
        git: wanted.written,
        name: project.name,
        revision: commit,
        ...(wanted.subdirectory === null ? {} : { subdirectory: wanted.subdirectory }),
      };
      const shown = `revision ${commit.slice(0, 10)}${named(wanted.revision, commit)}`;
      return pinned(project, wanted, entry, shown, folder);
    }
    case 'local': {
      const folder = resolvePath(fetcher.root, wanted.path);
      const project = projectIn(folder, wanted.place);
      const entry = { local: wanted.path, name: project.name };
      const shown = `the folder ${wanted.path}`;
      return pinned(project, wanted, entry, shown, folder);
    }
    case 'tarball': {
      const folder = await fetcher.tarball(wanted.url, wanted.name, wanted.place);
      const project = { ...projectIn(folder, wanted.place), name: wanted.name };
      const entry = { tarball: wanted.written, name: wanted.name };
      return pinned(project, wanted, entry, 'an archive', folder);
    }
  }
}

const named = (revision: string | null, commit: string): string =>
  revision === null || commit.startsWith(revision) ? '' : ` (${revision})`;

interface ProjectOfPackage {
  readonly name: string;
  readonly packages: readonly ListedPackage[];
}

function pinned(
  { name, packages }: ProjectOfPackage,
  wanted: Wanted,
  entry: LockedEntry,
  shown: string,
  folder: string,
): PinAndNeeds {
  const fetch = (): Promise<Fetched> =>
    Promise.resolve({ folder, isLink: wanted.kind === 'local' });
  return { pin: { name, wanted, entry, shown, newer: null, fetch }, packages };
}

function projectIn(folder: string, place: Place): ProjectOfPackage {
  if (!existsSync(join(folder, 'dbt_project.yml'))) {
    throw new TechstoreError('project', `The package has no dbt_project.yml`, {
      place,
      hint: 'Check the path: in a repository, subdirectory names the folder of the package.',
    });
  }
  const { name } = loadProject(folder, { folder: '' });
  return { name, packages: listedPackages(folder).packages };
}

async function pinOfHub(wanted: HubWanted, fetcher: Fetcher): Promise<PinAndNeeds> {
  const { versions, movedTo } = await fetcher.hub.package(wanted.name, wanted.place);
  if (movedTo !== null) {
    fetcher.warn({
      message: `The package ${wanted.name} is now ${movedTo}`,
      place: wanted.place,
      hint: 'Change the name in your list.',
    });
  }
  // Versions for another dbt count only where there is nothing else.
  const fitting = versions.filter(({ requires }) => acceptsOurLevel(requires));
  const choose = (
    from: readonly HubVersion[],
    bounds: readonly Bound[],
  ): HubVersion | undefined => {
    const all = from.map(({ version }) => version);
    const chosen = newest(all, bounds, wanted.prereleases);
    return from.find(({ version }) => version === chosen);
  };
  const found = choose(fitting, wanted.bounds) ?? choose(versions, wanted.bounds);
  if (found === undefined) throw noVersion(wanted, versions);
  const latest = choose(fitting, []) ?? found;
  const { text } = found.version;
  const needs = listOf(found, wanted);
  return {
    packages: needs,
    pin: {
      name: found.project,
      wanted,
      entry: { package: wanted.name, name: found.project, version: text },
      shown: `version ${text}`,
      newer: latest.version.text === text ? null : latest.version.text,
      fetch: async () => ({
        folder: await fetcher.tarball(found.tarball, wanted.name, wanted.place),
        isLink: false,
      }),
    },
  };
}

/** What a version on the hub needs, read as a packages.yml. */
function listOf(
  { packages, version }: HubVersion,
  { name, place }: HubWanted,
): readonly ListedPackage[] {
  if (packages.length === 0) return [];
  const file = `${name} ${version.text}`;
  const text = JSON.stringify({ packages });
  return listIn(parseYaml(text, file), file, text).packages.map((one) => ({ ...one, place }));
}

function noVersion(
  { name, bounds, place }: HubWanted,
  versions: readonly HubVersion[],
): TechstoreError {
  const wanted = bounds.map(
    ({ matcher, version }) => `${matcher === '=' ? '' : matcher}${version.text}`,
  );
  const last = versions.slice(-6).map(({ version }) => version.text);
  return new TechstoreError('project', `${name} has no version ${wanted.join(', ')}`, {
    place,
    hint: `The newest ones are ${last.join(', ')}; techstore behaves like dbt ${dbtLevel}.`,
  });
}

function refuseSameNames(pins: readonly Pinned[], projectName: string): void {
  const known = new Map<string, Pinned>();
  for (const pin of pins) {
    if (pin.name === projectName) {
      throw new TechstoreError(
        'project',
        `The package ${pin.name} has the name of the project itself`,
        { place: pin.wanted.place, hint: 'Rename the project, or remove the package.' },
      );
    }
    const twin = known.get(pin.name);
    if (twin !== undefined) {
      throw new TechstoreError(
        'project',
        `Two packages have the name ${pin.name}: at ${formatPlace(twin.wanted.place)} and ${formatPlace(pin.wanted.place)}`,
        { place: pin.wanted.place, hint: 'Remove one of them.' },
      );
    }
    known.set(pin.name, pin);
  }
}
