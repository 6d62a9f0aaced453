import { describe, expect, it } from 'vitest';
import { compareVersions, newest, parseBounds, parseVersion } from '../../src/packages/version.js';

const versions = (texts: string): ReturnType<typeof parseVersion>[] =>
  texts.split(' ').map(parseVersion);

function chosen(texts: string, bounds: string[], prereleases = false): string | undefined {
  const all = versions(texts).flatMap((version) => version ?? []);
  return newest(all, parseBounds(bounds), prereleases)?.text;
}

// Expected values are those of dbt_common.semver: resolve_to_specific_version and filter_installable.
describe('the newest version within bounds', () => {
  it.each([
    [['>=0.9.0', '<2.0.0'], '0.8.0 0.9.0 1.10.0 1.9.9 2.0.0', '1.10.0'],
    [['>=0.9.0,<1.0.0'], '0.8.0 0.9.5 1.10.0', '0.9.5'],
    [['1.9.9'], '1.9.8 1.9.9 2.0.0', '1.9.9'],
    [['=1.9.9'], '1.9.8 1.9.9 2.0.0', '1.9.9'],
    [['>1.0.0'], '1.0.0', undefined],
    [['<=1.0.0'], '0.1.0 1.0.0 1.0.1', '1.0.0'],
    [['<2.0.0'], '1.0.0 2.0.0-rc1', '1.0.0'],
    [['>=1.0.0-a1', '<2.0.0'], '1.0.0 2.0.0-rc1', '1.0.0'],
    [['>=1.0.0'], '1.0.0 1.1.0-b1', '1.0.0'],
    [['1.1.0-b1'], '1.0.0 1.1.0-b1', '1.1.0-b1'],
    [['>=0.0.1'], '1.1.0-b1 1.1.0-b2', '1.1.0-b2'],
  ] as const)('%s of %s is %s', (bounds, all, expected) => {
    expect(chosen(all, [...bounds])).toBe(expected);
  });

  it('is a prerelease where they are asked for', () => {
    expect(chosen('1.0.0 1.1.0-b1', ['>=1.0.0'], true)).toBe('1.1.0-b1');
  });
});

it('orders prereleases before their release, and numbers in them as numbers', () => {
  const sorted = versions('1.0.0 1.0.0-rc.10 1.0.0-rc.9 1.0.0-rc.x 0.9.9 1.0.0-alpha')
    .flatMap((version) => version ?? [])
    .sort(compareVersions);
  expect(sorted.map(({ text }) => text)).toEqual([
    '0.9.9',
    '1.0.0-alpha',
    '1.0.0-rc.9',
    '1.0.0-rc.10',
    '1.0.0-rc.x',
    '1.0.0',
  ]);
});

it.each(['1.5', 'latest', '', '^1.0.0', '1.0.0.0', '>=1'])('refuses %s', (text) => {
  expect(() => parseBounds([text], { file: 'packages.yml', line: 3 })).toThrow(
    `'${text}' is not a version of a package`,
  );
});

it.each(['=1.0.0', '>=1.0.0', 'v1.0.0'])('takes %s for no version by itself', (text) => {
  expect(parseVersion(text)).toBeUndefined();
});
