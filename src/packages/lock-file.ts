/** package-lock.yml: the exact versions that were chosen, in dbt's form, so that both programs take either's file. */
import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { TechstoreError } from '../errors.js';
import { fromHost, toJson } from '../jinja/index.js';
import {
  listIn,
  parseYaml,
  readText,
  type ListedPackage,
  type PackageEntry,
  type Render,
} from '../project/index.js';

export const lockFile = 'package-lock.yml';
const hashKey = 'sha1_hash';

export interface Lock {
  readonly hash: string | null;
  readonly packages: readonly ListedPackage[];
}

/** @returns null where there is none */
export function readLock(root: string): Lock | null {
  const path = join(root, lockFile);
  if (!existsSync(path)) return null;
  const text = readText(path, lockFile);
  const document = parseYaml(text, lockFile);
  const { packages } = listIn(document, lockFile, text);
  const hash = (document.value as Record<string, unknown> | null)?.[hashKey];
  return { hash: typeof hash === 'string' ? hash : null, packages };
}

/** One package of the lock file, by dbt's keys. */
export type LockedEntry = Readonly<Record<string, string>>;

export function writeLock(root: string, entries: readonly LockedEntry[], hash: string): void {
  const sorted = entries.map((entry) =>
    Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1))),
  );
  const text = stringify({ packages: sorted, [hashKey]: hash }, { lineWidth: 0 });
  try {
    writeFileSync(join(root, lockFile), text);
  } catch (cause) {
    throw new TechstoreError('project', `${lockFile} cannot be written`, { cause });
  }
}

/** dbt's hash of a list: a lock file with another one is of another list. */
export function hashOfList(packages: readonly ListedPackage[], render: Render): string {
  const texts = packages.map(({ entry, place }) => {
    const unrendered = withoutNull(entry);
    const rendered = Object.fromEntries(
      Object.entries(unrendered).map(([key, value]) => [
        key,
        typeof value === 'string' && value.includes('{') ? render(value, place) : value,
      ]),
    );
    return toJson(fromHost({ ...defaultsOf(entry), ...rendered, unrendered }), { sortKeys: true });
  });
  return createHash('sha1').update(texts.sort().join('\n')).digest('hex');
}

/** What dbt fills in where an entry does not say it. */
function defaultsOf(entry: PackageEntry): Record<string, unknown> {
  if ('package' in entry) return { install_prerelease: false };
  if ('git' in entry) return { revision: null, subdirectory: null, 'warn-unpinned': null };
  return {};
}

function withoutNull(entry: PackageEntry): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(entry).filter(([, value]) => value !== undefined && value !== null),
  );
}
