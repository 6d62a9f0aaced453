import { afterEach, expect, it } from 'vitest';
import { addToList } from '../../src/packages/index.js';
import { World } from './world.js';

let world: World;
afterEach(() => world.close());

it('makes the file', () => {
  world = new World();
  expect(addToList(world.root, 'dbt-labs/dbt_utils@1.3.0', 'hub').file).toBe('packages.yml');
  expect(world.read('packages.yml')).toBe(
    'packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.3.0\n',
  );
});

it('keeps the comments and the other entries', () => {
  world = new World({ 'packages.yml': '# ours\npackages:\n  - local: a # first\n' });
  addToList(world.root, 'dbt-labs/dbt_utils@>=1.0.0,<2.0.0', 'hub');
  expect(world.read('packages.yml')).toBe(`# ours
packages:
  - local: a # first
  - package: dbt-labs/dbt_utils
    version:
      - ">=1.0.0"
      - <2.0.0
`);
});

it('adds to dependencies.yml where that is the list', () => {
  world = new World({ 'dependencies.yml': 'packages:\n  - local: a\n' });
  expect(addToList(world.root, '../tools', 'local').file).toBe('dependencies.yml');
  expect(world.read('dependencies.yml')).toBe('packages:\n  - local: a\n  - local: ../tools\n');
});

it('replaces an entry of the same package, from wherever', () => {
  world = new World({
    'packages.yml':
      'packages:\n  - git: https://host/dbt-labs/dbt-utils.git\n    revision: v1\n  - package: dbt-labs/dbt_utils_more\n    version: 1.0.0\n',
  });
  expect(addToList(world.root, 'dbt-labs/dbt_utils@1.3.0', 'hub').replaced).toEqual([
    'https://host/dbt-labs/dbt-utils.git',
  ]);
  expect(world.read('packages.yml')).toBe(
    'packages:\n  - package: dbt-labs/dbt_utils_more\n    version: 1.0.0\n  - package: dbt-labs/dbt_utils\n    version: 1.3.0\n',
  );
});

it.each([
  ['git@host:o/tools.git@v1', 'git', '  - git: git@host:o/tools.git\n    revision: v1\n'],
  ['git@host:o/tools.git', 'git', '  - git: git@host:o/tools.git\n'],
  ['https://host/tools.git@1.0', 'git', '  - git: https://host/tools.git\n    revision: "1.0"\n'],
] as const)('takes %s apart', (text, kind, entry) => {
  world = new World();
  addToList(world.root, text, kind);
  expect(world.read('packages.yml')).toBe(`packages:\n${entry}`);
});

it.each([
  ['dbt-labs/dbt_utils', 'hub', 'needs a version'],
  ['dbt-labs/dbt_utils@', 'hub', 'needs a version'],
  ['../tools@1', 'local', 'A local package has no version'],
  ['--upload-pack=x', 'git', 'cannot be'],
] as const)('refuses %s', (text, kind, message) => {
  world = new World();
  expect(() => addToList(world.root, text, kind)).toThrow(message);
  expect(world.has('packages.yml')).toBe(false);
});
