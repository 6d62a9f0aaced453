/** What a list of packages asks for, checked and with its Jinja rendered. */
import { TechstoreError, type Place } from '../errors.js';
import type { ListedPackage, Render } from '../project/index.js';
import { parseBounds, type Bound } from './version.js';

export interface HubWanted {
  readonly kind: 'hub';
  /** `dbt-labs/dbt_utils`. */
  readonly name: string;
  readonly bounds: readonly Bound[];
  readonly prereleases: boolean;
  readonly place: Place;
}

export interface GitWanted {
  readonly kind: 'git';
  readonly url: string;
  /** As in the file, with its Jinja: a token of the environment is in no lock file. */
  readonly written: string;
  /** Null for the default branch. */
  readonly revision: string | null;
  readonly subdirectory: string | null;
  readonly warnsUnpinned: boolean;
  readonly place: Place;
}

export interface LocalWanted {
  readonly kind: 'local';
  /** Relative to the root project, or absolute. */
  readonly path: string;
  readonly place: Place;
}

export interface TarballWanted {
  readonly kind: 'tarball';
  readonly url: string;
  readonly written: string;
  readonly name: string;
  readonly place: Place;
}

export type Wanted = HubWanted | GitWanted | LocalWanted | TarballWanted;

const hubName = /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/;
const folderName = /^[A-Za-z0-9_][\w.-]*$/;

/** @throws TechstoreError `project` for a value that cannot be meant, at its place */
export function wantedOf({ entry, place }: ListedPackage, render: Render): Wanted {
  const rendered = (value: string): string => {
    const text = String(render(value, place)).trim();
    if (text === '') refuse(`${value} is empty`, place, 'Set what it reads.');
    return text;
  };
  if ('package' in entry) {
    const name = rendered(entry.package);
    if (!hubName.test(name)) {
      refuse(`'${name}' is not the name of a package`, place, 'Write it as owner/name.');
    }
    const versions = Array.isArray(entry.version) ? entry.version : [entry.version];
    const bounds = parseBounds(
      versions.map((version) => rendered(String(version))),
      place,
    );
    return { kind: 'hub', name, bounds, prereleases: entry.install_prerelease === true, place };
  }
  if ('git' in entry) {
    const url = rendered(entry.git);
    const { revision, subdirectory } = entry;
    return {
      kind: 'git',
      url: noOption(url, 'git', place),
      written: entry.git,
      revision:
        revision === null || revision === undefined
          ? null
          : noOption(rendered(String(revision)), 'revision', place),
      subdirectory:
        subdirectory === null || subdirectory === undefined
          ? null
          : inside(rendered(subdirectory), place),
      warnsUnpinned: entry['warn-unpinned'] !== false,
      place,
    };
  }
  if ('tarball' in entry) {
    const { name } = entry;
    if (!folderName.test(name)) {
      refuse(`'${name}' cannot be the name of a folder`, place, 'Use letters, digits and _.');
    }
    return { kind: 'tarball', url: rendered(entry.tarball), written: entry.tarball, name, place };
  }
  return { kind: 'local', path: rendered(entry.local), place };
}

/** What begins with a dash, git would take for an option of its own. */
function noOption(value: string, key: string, place: Place): string {
  if (!value.startsWith('-') && !/[\0\n]/.test(value)) return value;
  return refuse(`'${key}' cannot be '${value}'`, place, 'It must not begin with a dash.');
}

/** @returns the folder with slashes, which leads nowhere else */
function inside(path: string, place: Place): string {
  const parts = path.split(/[/\\]/).filter((part) => part !== '' && part !== '.');
  const isOutside = parts.includes('..') || /^([/\\]|[A-Za-z]:)/.test(path) || path.includes('\0');
  if (!isOutside && parts.length > 0) return parts.join('/');
  return refuse(
    `'subdirectory' cannot be '${path}'`,
    place,
    'It must be a folder inside the repository.',
  );
}

function refuse(message: string, place: Place, hint: string): never {
  throw new TechstoreError('project', message, { place, hint });
}
