import { afterEach, expect, it } from 'vitest';
import { hashOfList, readLock, writeLock } from '../../src/packages/lock-file.js';
import { listedPackages } from '../../src/project/index.js';
import { World } from './world.js';

let world: World;
afterEach(() => world.close());

it('has the hash that dbt gives a list of all kinds', () => {
  world = new World({
    'packages.yml': `packages:
  - package: dbt-labs/dbt_utils
    version: [">=0.9.0", "<2.0.0"]
  - package: dbt-labs/codegen
    version: 0.5.0
    install_prerelease: true
  - package: dbt-labs/x
    version: 1.5
  - git: "https://{{ env_var('T') }}@x.com/a.git"
    revision: v1
    warn-unpinned: false
    subdirectory: sub
  - git: "https://x.com/a.git"
  - local: ../é
  - local: ../b
    name: b
  - tarball: https://x.com/a.tgz
    name: tb
`,
  });
  const { packages } = listedPackages(world.root);
  const hash = hashOfList(packages, (text) => text.replace("{{ env_var('T') }}", 'tok'));
  // By _create_sha1_hash of dbt-core 1.11.16.
  expect(hash).toBe('753b61b17e1a99fac5838b730c3b2c045707f762');
});

it('is read as dbt writes it, and written as it was read', () => {
  const text = `packages:
  - git: https://x.com/a.git
    name: a
    revision: e54879aba62b33c1fa80bf22ea27d42576e65acc
    subdirectory: sub
  - name: dbt_utils
    package: dbt-labs/dbt_utils
    version: 1.3.0
sha1_hash: 1c88e6907a6639d957d15d619344279ce27993d2
`;
  world = new World({ 'package-lock.yml': text });
  const lock = readLock(world.root);
  expect(lock?.hash).toBe('1c88e6907a6639d957d15d619344279ce27993d2');
  const entries = lock?.packages.map(({ entry }) => entry as Record<string, string>) ?? [];
  writeLock(world.root, entries, lock?.hash ?? '');
  expect(world.read('package-lock.yml')).toBe(text);
});

it('is null where there is none', () => {
  world = new World();
  expect(readLock(world.root)).toBeNull();
});
