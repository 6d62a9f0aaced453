/**
 * Versions of packages on the hub and the bounds on them, by dbt's rules: unlike with npm's, an upper bound such as
 * `<2.0.0` also excludes the release candidates of 2.0.0, and there are no ranges such as `^1.2`.
 */
import { TechstoreError, type Place } from '../errors.js';

export interface Version {
  readonly text: string;
  readonly numbers: readonly [number, number, number];
  /** `rc1`; null for a release. */
  readonly prerelease: string | null;
}

export interface Bound {
  readonly matcher: '=' | '>' | '>=' | '<' | '<=';
  readonly version: Version;
}

const pattern =
  /^(?<matcher>>=|<=|>|<|=)?\s*(?<version>(\d+)\.(\d+)\.(\d+)(?:-?(?<prerelease>[0-9A-Za-z][0-9A-Za-z-]*(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?)$/;

/** @returns undefined where the text is no version */
export function parseVersion(text: string): Version | undefined {
  const bound = parse(text);
  return bound?.matcher === '=' && !/^=/.test(text.trim()) ? bound.version : undefined;
}

/**
 * @param texts bounds, each of which may hold several behind commas
 * @throws TechstoreError `project` for one that cannot be read
 */
export function parseBounds(texts: readonly string[], place?: Place): Bound[] {
  return texts
    .flatMap((text) => text.split(','))
    .map((text) => {
      const bound = parse(text.trim());
      if (bound !== undefined) return bound;
      throw new TechstoreError('project', `'${text.trim()}' is not a version of a package`, {
        ...(place === undefined ? {} : { place }),
        hint: "Write three numbers, such as 1.3.0, or bounds: ['>=1.0.0', '<2.0.0'].",
      });
    });
}

function parse(text: string): Bound | undefined {
  const match = pattern.exec(text);
  if (match?.groups === undefined) return undefined;
  const {
    matcher = '=',
    version = '',
    prerelease = null,
  } = match.groups as {
    matcher?: Bound['matcher'];
    version?: string;
    prerelease?: string | null;
  };
  const numbers = [Number(match[3]), Number(match[4]), Number(match[5])] as const;
  return { matcher, version: { text: version, numbers, prerelease } };
}

/** Negative where `a` is the older one. */
export function compareVersions(a: Version, b: Version): number {
  for (const index of [0, 1, 2] as const) {
    const difference = a.numbers[index] - b.numbers[index];
    if (difference !== 0) return difference;
  }
  if (a.prerelease === b.prerelease) return 0;
  if (a.prerelease === null) return 1;
  if (b.prerelease === null) return -1;
  return comparePrereleases(a.prerelease.split('.'), b.prerelease.split('.'));
}

function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const [x = '', y = ''] = [a[i], b[i]];
    if (x === y) continue;
    const [isNumberX, isNumberY] = [/^\d+$/.test(x), /^\d+$/.test(y)];
    if (isNumberX && isNumberY) return Number(x) - Number(y);
    if (isNumberX !== isNumberY) return isNumberX ? -1 : 1;
    return x < y ? -1 : 1;
  }
  return a.length - b.length;
}

export function satisfies(version: Version, bounds: readonly Bound[]): boolean {
  return bounds.every((bound) => satisfiesOne(version, bound));
}

function satisfiesOne(version: Version, { matcher, version: limit }: Bound): boolean {
  const order = compareVersions(version, limit);
  switch (matcher) {
    case '=':
      return order === 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    case '<': {
      const isCandidate =
        version.prerelease !== null &&
        limit.prerelease === null &&
        version.numbers.every((number, i) => number === limit.numbers[i]);
      return order < 0 && !isCandidate;
    }
  }
}

/**
 * The newest version within all bounds. Prereleases count where they are asked for, where a bound names one, or
 * where there is no release at all.
 */
export function newest(
  versions: readonly Version[],
  bounds: readonly Bound[],
  prereleases: boolean,
): Version | undefined {
  const wanted = prereleases || bounds.some(({ version }) => version.prerelease !== null);
  const releases = versions.filter(({ prerelease }) => prerelease === null);
  const installable = wanted || releases.length === 0 ? versions : releases;
  return installable
    .filter((version) => satisfies(version, bounds))
    .sort(compareVersions)
    .at(-1);
}
