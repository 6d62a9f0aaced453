/** `deps --add-package`: an entry more in packages.yml, with the comments of the file kept. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument, type Document, YAMLMap, YAMLSeq } from 'yaml';
import { TechstoreError } from '../errors.js';
import { listedPackages, readText } from '../project/index.js';

export type PackageKind = 'hub' | 'git' | 'local';

export interface AddedPackage {
  /** The file that was written. */
  readonly file: string;
  /** Names of entries of the same package, which are gone. */
  readonly replaced: readonly string[];
}

/**
 * @param text `dbt-labs/dbt_utils@1.3.0`, `dbt-labs/dbt_utils@>=1.0.0,<2.0.0`, `https://host/tools.git@v1`, `../tools`
 * @throws TechstoreError `usage` for a hub package without a version, or what the file has wrong
 */
export function addToList(root: string, text: string, kind: PackageKind): AddedPackage {
  const { name, version } = parts(text, kind);
  const { file } = listedPackages(root);
  const path = join(root, file);
  const document: Document = parseDocument(existsSync(path) ? readText(path, file) : '');
  const list = document.get('packages');
  const packages = list instanceof YAMLSeq ? (list as YAMLSeq<YAMLMap>) : new YAMLSeq<YAMLMap>();
  const same = packages.items.filter((item) => isSame(nameIn(item), name));
  packages.items = packages.items.filter((item) => !same.includes(item));
  packages.flow = false;
  packages.add(document.createNode(entryOf(name, version, kind)));
  if (document.contents === null) document.contents = document.createNode({});
  document.set('packages', packages);
  writeFileSync(path, String(document));
  // What was written is read once: a bound that is none is told now.
  return { file, replaced: same.map(nameIn) };
}

/** The version is behind the last `@` that is not of an address: `git@host:tools.git` has none. */
function parts(text: string, kind: PackageKind): { name: string; version: string | null } {
  const at = text.lastIndexOf('@');
  const behind = text.slice(at + 1);
  const hasVersion = at > 0 && behind !== '' && !/[/:]/.test(behind);
  const name = hasVersion ? text.slice(0, at) : text.replace(/@$/, '');
  if (name === '' || name.startsWith('-'))
    throw new TechstoreError('usage', `--add-package cannot be '${text}'`);
  if (kind === 'hub' && !hasVersion) {
    throw new TechstoreError('usage', `--add-package ${name} needs a version`, {
      hint: `Write ${name}@1.0.0, or bounds: '${name}@>=1.0.0,<2.0.0'.`,
    });
  }
  if (kind === 'local' && hasVersion) {
    throw new TechstoreError('usage', `A local package has no version: ${text}`);
  }
  return { name, version: hasVersion ? behind : null };
}

function entryOf(name: string, version: string | null, kind: PackageKind): object {
  const key = kind === 'hub' ? 'package' : kind;
  if (version === null) return { [key]: name };
  const bounds = version.split(',').map((bound) => bound.trim());
  const value = bounds.length > 1 && kind === 'hub' ? bounds : version;
  return { [key]: name, [kind === 'git' ? 'revision' : 'version']: value };
}

function nameIn(item: YAMLMap): string {
  for (const key of ['package', 'git', 'local', 'tarball']) {
    const value: unknown = item instanceof YAMLMap ? item.get(key) : undefined;
    if (typeof value === 'string') return value;
  }
  return '';
}

/** `dbt-labs/dbt_utils` and `https://host/dbt-labs/dbt-utils.git` are one package. */
function isSame(a: string, b: string): boolean {
  const last = (name: string): string =>
    (
      name
        .replace(/\.git$/, '')
        .split('/')
        .at(-1) ?? ''
    )
      .replaceAll('-', '_')
      .toLowerCase();
  return last(a) !== '' && last(a) === last(b);
}
