/** What packages.yml and dependencies.yml list. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { TechstoreError, type Place } from '../errors.js';
import { throwIssues, type ProjectWarning } from './issues.js';
import { readText } from './read-text.js';
import { validate } from './validate.js';
import { parseYaml, type YamlDocument } from './yaml-document.js';

/** One entry, as written: texts may hold Jinja. */
export interface ListedPackage {
  readonly entry: PackageEntry;
  readonly place: Place;
  /** The folder that dbt and this program give it, where that is known before it is there. */
  readonly folderName: string | null;
}

export interface ListedPackages {
  /** `packages.yml` or `dependencies.yml`; the former also where neither is there. */
  readonly file: string;
  readonly packages: readonly ListedPackage[];
  readonly warnings: readonly ProjectWarning[];
}

const version = z.union([z.string(), z.number()]);
const common = { name: z.string().nullish() };
const pinned = {
  revision: version.nullish(),
  'warn-unpinned': z.boolean().nullish(),
  subdirectory: z.string().nullish(),
};
const text = z.string().min(1, 'must not be empty');

const hubEntry = z.strictObject({
  ...common,
  package: text,
  version: z.union([version, z.array(version)], { error: 'must be a version or a list of bounds' }),
  install_prerelease: z.boolean().nullish(),
});
const gitEntry = z.strictObject({ ...common, ...pinned, git: text });
const localEntry = z.strictObject({ ...common, local: text });
const tarballEntry = z.strictObject({ tarball: text, name: text });

export type HubEntry = z.output<typeof hubEntry>;
export type GitEntry = z.output<typeof gitEntry>;
export type LocalEntry = z.output<typeof localEntry>;
export type TarballEntry = z.output<typeof tarballEntry>;
export type PackageEntry = HubEntry | GitEntry | LocalEntry | TarballEntry;

const kinds = {
  package: hubEntry,
  git: gitEntry,
  local: localEntry,
  tarball: tarballEntry,
} as const;

/** Of the files of a folder; dbt takes one of them alone. */
const names = ['packages.yml', 'dependencies.yml'] as const;

/**
 * @param root folder of a project or package
 * @throws TechstoreError `project` for a file that is no list of packages, or where both list some; `unsupported`
 * for a private package, which only dbt Cloud can get
 */
export function listedPackages(root: string): ListedPackages {
  const found = names
    .filter((file) => existsSync(join(root, file)))
    .map((file) => readList(root, file));
  const filled = found.filter(({ packages }) => packages.length > 0);
  const [first, second] = filled;
  if (first !== undefined && second !== undefined) {
    throw new TechstoreError('project', `Both ${first.file} and ${second.file} list packages`, {
      place: { file: second.file },
      hint: `Move the entries of one file to the other.`,
    });
  }
  const warnings = found.flatMap((list) => list.warnings);
  const { file, packages } = first ?? found[0] ?? { file: names[0], packages: [] };
  return { file, packages, warnings };
}

function readList(root: string, file: string): ListedPackages {
  const source = readText(join(root, file), file);
  return listIn(parseYaml(source, file), file, source);
}

/** The list of a file that is read already. */
export function listIn(document: YamlDocument, file: string, source: string): ListedPackages {
  const value = document.value as Record<string, unknown> | null;
  const warnings: ProjectWarning[] = [];
  if (value !== null && (typeof value !== 'object' || Array.isArray(value))) {
    throw new TechstoreError('project', `${file} must have the key 'packages'`, {
      place: { file },
      hint: 'Write a list under packages:.',
    });
  }
  for (const key of Object.keys(value ?? {})) {
    if (key === 'packages') continue;
    const { length = 0 } = (value?.[key] ?? {}) as { length?: number };
    if (key === 'projects' && length === 0) continue;
    warnings.push({
      message: `'${key}' in ${file} has no effect`,
      place: document.placeOfKey([key]),
      ...(key === 'projects'
        ? { hint: 'Dependencies between projects belong to dbt Cloud. List packages instead.' }
        : {}),
    });
  }
  const list = value?.['packages'] ?? [];
  if (!Array.isArray(list)) {
    throw new TechstoreError('project', `'packages' in ${file} must be a list`, {
      place: document.placeOf(['packages']),
    });
  }
  const packages = list.map((item: unknown, index) => {
    const place = document.placeOf(['packages', index]);
    const kind = kindOf(item, place);
    const checked = validate(kinds[kind], document, ['packages', index]);
    // A key that is not known might be a pin: what it should pin is not to be guessed.
    throwIssues('project', file, source, [...checked.issues, ...checked.warnings]);
    const entry = checked.value as PackageEntry;
    return { entry, place, folderName: folderNameOf(entry) };
  });
  return { file, packages, warnings };
}

function kindOf(item: unknown, place: Place): keyof typeof kinds {
  const keys = item !== null && typeof item === 'object' ? Object.keys(item) : [];
  if (keys.includes('private')) {
    throw new TechstoreError('unsupported', 'Private packages belong to dbt Cloud', {
      place,
      hint: "List the repository with 'git' instead.",
    });
  }
  const found = keys.filter((key): key is keyof typeof kinds => Object.hasOwn(kinds, key));
  const [kind, other] = found;
  if (kind !== undefined && other === undefined) return kind;
  throw new TechstoreError(
    'project',
    'A package needs exactly one of: package, git, local, tarball',
    {
      place,
      hint: "For example: {package: dbt-labs/dbt_utils, version: '1.3.0'}.",
    },
  );
}

/** dbt names the folder as the package's dbt_project.yml does, and so does the hub. */
function folderNameOf(entry: PackageEntry): string | null {
  if ('package' in entry) return entry.package.split('/').at(-1) ?? null;
  if ('tarball' in entry) return entry.name;
  return null;
}
