import { lstatSync, readdirSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { archive, packageArchive, World } from './world.js';

let world: World;
afterEach(() => world.close());

const list = (...entries: readonly string[]): Record<string, string> => ({
  'packages.yml': `packages:\n${entries.map((entry) => `  - ${entry}\n`).join('')}`,
});

/** What is beside the list and the project file once all is over. */
const left = (): string[] =>
  readdirSync(world.root).filter((name) => !['dbt_project.yml', 'packages.yml'].includes(name));

describe('local packages', () => {
  it('are linked, and locked in dbt’s words', async () => {
    world = new World({
      ...list('local: own/tools'),
      'own/tools/dbt_project.yml': 'name: tools\n',
    });
    const { packages, locked, installed } = await world.deps();
    expect(packages).toEqual([{ name: 'tools', shown: 'the folder own/tools', newer: null }]);
    expect([locked, installed]).toEqual([true, true]);
    expect(readlinkSync(join(world.root, 'dbt_packages/tools'))).toBe(
      join(world.root, 'own/tools'),
    );
    // The hash is that of dbt 1.11.16 for this list.
    expect(world.read('package-lock.yml')).toBe(`packages:
  - local: own/tools
    name: tools
sha1_hash: 8f7c8514ce2a54bb0dfb3476f90bad2575ae591e
`);
  });

  it('bring the packages that they list, with paths from the root project', async () => {
    world = new World({
      ...list('local: one'),
      'one/dbt_project.yml': 'name: one\n',
      'one/packages.yml': 'packages: [{local: two}]\n',
      'two/dbt_project.yml': 'name: two\n',
    });
    expect((await world.deps()).packages.map(({ name }) => name)).toEqual(['one', 'two']);
  });

  it.each([
    ['is not there', 'local: nowhere', 'The package has no dbt_project.yml'],
    [
      'has the name of the project',
      'local: .',
      'The package shop has the name of the project itself',
    ],
  ])('are refused: one that %s', async (_, entry, message) => {
    world = new World(list(entry));
    const error = await world.refused();
    expect(error.message).toBe(message);
    expect(error.place).toEqual({ file: 'packages.yml', line: 2, column: 5 });
    expect(left()).toEqual([]);
  });
});

describe('packages in repositories', () => {
  const files = {
    'dbt_project.yml': 'name: tools\n',
    'macros/a.sql': '1',
    'inner/dbt_project.yml': 'name: inner\n',
  };

  it('are those of a tag, whose commit is locked, without their history', async () => {
    world = new World();
    const folder = world.repository('tools', files);
    const first = world.git(folder, 'rev-parse', 'HEAD');
    writeFileSync(join(folder, 'macros/a.sql'), '2');
    world.commit(folder);
    world.write(list(`{git: ${folder}, revision: v1}`));
    const { packages } = await world.deps();
    expect(packages[0]?.shown).toBe(`revision ${first.slice(0, 10)} (v1)`);
    expect(world.read('dbt_packages/tools/macros/a.sql')).toBe('1');
    expect(world.has('dbt_packages/tools/.git')).toBe(false);
    expect(world.read('package-lock.yml')).toContain(`revision: ${first}\n`);
    expect(world.warnings).toEqual([]);
  });

  it.each([10, 40])('are those of a commit, by %i letters of its hash', async (length) => {
    world = new World();
    const folder = world.repository('tools', files);
    const first = world.git(folder, 'rev-parse', 'HEAD');
    world.commit(folder);
    world.write(list(`{git: "${folder}", revision: "${first.slice(0, length)}"}`));
    expect((await world.deps()).packages[0]?.shown).toBe(`revision ${first.slice(0, 10)}`);
  });

  it('stay at the locked commit until --upgrade', async () => {
    world = new World();
    const folder = world.repository('tools', files);
    world.write(list(`{git: "${folder}", revision: main, warn-unpinned: false}`));
    await world.deps();
    writeFileSync(join(folder, 'macros/a.sql'), '2');
    const second = world.commit(folder);
    expect((await world.deps()).locked).toBe(false);
    expect(world.read('dbt_packages/tools/macros/a.sql')).toBe('1');
    expect((await world.deps({ upgrade: true })).locked).toBe(true);
    expect(world.read('dbt_packages/tools/macros/a.sql')).toBe('2');
    expect(world.read('package-lock.yml')).toContain(second);
  });

  it('may lie in a subdirectory', async () => {
    world = new World();
    const folder = world.repository('tools', files);
    world.write(list(`{git: "${folder}", revision: v1, subdirectory: inner}`));
    expect((await world.deps()).packages[0]?.name).toBe('inner');
    expect(readdirSync(join(world.root, 'dbt_packages/inner'))).toEqual(['dbt_project.yml']);
    expect(world.read('package-lock.yml')).toContain('subdirectory: inner\n');
  });

  it('of no revision are told to be unpinned', async () => {
    world = new World();
    const folder = world.repository('tools', files);
    world.write(list(`git: ${folder}`));
    await world.deps();
    expect(world.warnings.map(({ message }) => message)).toEqual([
      'The package tools is not pinned: it is what its default branch has now',
    ]);
  });

  it('run no hook and make no link', async () => {
    world = new World();
    const folder = world.repository('tools', files);
    symlinkSync('/etc', join(folder, 'outside'));
    world.commit(folder);
    world.write(list(`{git: "${folder}", warn-unpinned: false}`));
    await world.deps();
    const path = join(world.root, 'dbt_packages/tools/outside');
    expect(lstatSync(path).isFile()).toBe(true);
    expect(world.read('dbt_packages/tools/outside')).toBe('/etc');
  });

  it.each([
    [
      'an option for a URL',
      '{git: "--upload-pack=touch pwned"}',
      /^'git' cannot be '--upload-pack/,
    ],
    ['an option for a revision', '{git: x, revision: "--upload-pack=x"}', /^'revision' cannot be/],
    ['a transport that runs programs', '{git: "ext::sh -c touch% pwned"}', /^git cannot get ext::/],
    ['a subdirectory above', '{git: x, subdirectory: a/../../b}', /^'subdirectory' cannot be/],
    ['an absolute subdirectory', '{git: x, subdirectory: /etc}', /^'subdirectory' cannot be/],
    ['a private package', '{private: x/y}', /^Private packages belong to dbt Cloud/],
    ['an unknown key', '{git: x, revison: v1}', /revison/],
    ['two kinds', '{git: x, local: y}', /^A package needs exactly one of/],
    ['none', '{name: y}', /^A package needs exactly one of/],
  ])('are refused: %s', async (_, entry, message) => {
    world = new World(list(entry));
    expect((await world.refused()).message).toMatch(message);
    expect(left()).toEqual([]);
  });

  it('tell what git says, without the token of the URL', async () => {
    world = new World();
    await world.serve();
    const url = world.url.replace('http://', "http://user:{{ env_var('TOKEN') }}@");
    world.write(list(`{git: "${url}tools.git", revision: v1}`));
    const error = await world.refused();
    expect(error.message).toMatch(/^git cannot get http:\/\/127\.0\.0\.1:\d+\/tools\.git at v1: /);
    expect(JSON.stringify([error.message, error.excerpt, error.hint])).not.toContain('s3cret');
  });

  it('keep a token of the environment out of the lock file', async () => {
    world = new World();
    const folder = world.repository('s3cret', files);
    world.write(
      list(`{git: "${folder.replace('s3cret', "{{ env_var('TOKEN') }}")}", revision: v1}`),
    );
    await world.deps();
    expect(world.read('package-lock.yml')).toContain("{{ env_var('TOKEN') }}");
    expect(world.read('package-lock.yml')).not.toContain('s3cret');
    expect((await world.deps()).locked).toBe(false);
  });

  it('cannot be wanted at two revisions', async () => {
    world = new World();
    const folder = world.repository('tools', files);
    world.write(list(`{git: "${folder}", revision: v1}`, `{git: "${folder}", revision: main}`));
    expect((await world.refused()).message).toBe(
      'Two revisions of one repository are listed: v1 and main',
    );
  });
});

describe('packages from archives', () => {
  const entry = (name = 'tools'): Record<string, string> =>
    list(`{tarball: "${world.url}a.tar.gz", name: ${name}}`);

  async function serving(content: Buffer): Promise<void> {
    world = new World();
    await world.serve();
    world.answers.set('/a.tar.gz', content);
    world.write(entry());
  }

  it('are unpacked', async () => {
    await serving(packageArchive('tools', { 'macros/a.sql': 'x' }));
    expect((await world.deps()).packages[0]?.name).toBe('tools');
    expect(world.read('dbt_packages/tools/macros/a.sql')).toBe('x');
    expect(world.read('package-lock.yml')).toContain(`tarball: ${world.url}a.tar.gz\n`);
  });

  const project = { path: 'tools/dbt_project.yml', text: 'name: tools\n' };

  it.each([
    ['a path above its folder', [project, { path: 'tools/../../evil.sql', text: 'x' }]],
    ['an absolute path', [project, { path: '/tmp/techstore-evil.sql', text: 'x' }]],
    ['a path of Windows', [project, { path: 'C:\\evil.sql', text: 'x' }]],
    ['backslashes above its folder', [project, { path: 'tools\\..\\..\\evil.sql', text: 'x' }]],
    ['two folders', [project, { path: 'other/x', text: 'x' }]],
    ['nothing', []],
  ])('are refused with %s', async (_, entries) => {
    await serving(archive(entries));
    expect((await world.refused()).message).toMatch(
      /^The archive of the package tools cannot be unpacked: /,
    );
    expect(left()).toEqual([]);
    expect(readdirSync(world.dir)).toEqual(['project']);
  });

  it('are written without their links, which is told', async () => {
    await serving(
      archive([
        project,
        { path: 'tools/out', type: 'SymbolicLink', linkpath: '../../..' },
        { path: 'tools/out/evil.sql', text: 'x' },
        { path: 'tools/hard', type: 'Link', linkpath: '/etc/passwd' },
      ]),
    );
    await world.deps();
    expect(readdirSync(join(world.root, 'dbt_packages/tools')).sort()).toEqual([
      'dbt_project.yml',
      'out',
    ]);
    expect(lstatSync(join(world.root, 'dbt_packages/tools/out')).isSymbolicLink()).toBe(false);
    expect(world.warnings[0]?.message).toBe(
      'Links in the archive of tools are left out: tools/out, tools/hard',
    );
  });

  it('are refused where they are none, or not there', async () => {
    await serving(Buffer.from('no archive'));
    expect((await world.refused()).message).toMatch(/cannot be unpacked/);
    world.answers.delete('/a.tar.gz');
    expect((await world.refused()).message).toMatch(/: it does not exist$/);
  });

  it.each(['../up', 'a/b', '.hidden', ''])('cannot have the name %s', async (name) => {
    world = new World();
    await world.serve();
    world.write(entry(JSON.stringify(name)));
    expect((await world.refused()).message).toMatch(/folder|empty/);
  });
});

describe('packages of the hub', () => {
  it('are the newest within the bounds of all that want them', async () => {
    world = new World();
    await world.serve();
    world.onHub('labs/utils', { '0.9.0': {}, '1.0.0': {}, '1.1.0': {}, '1.2.0': {}, '2.0.0': {} });
    world.onHub('labs/more', {
      '3.0.0': { packages: [{ package: 'labs/utils', version: ['>=0.9.0', '<1.2.0'] }] },
    });
    world.write(
      list(
        "{package: labs/utils, version: '>=1.0.0,<2.0.0'}",
        '{package: labs/more, version: 3.0.0}',
      ),
    );
    const { packages } = await world.deps();
    expect(packages).toEqual([
      { name: 'utils', shown: 'version 1.1.0', newer: '2.0.0' },
      { name: 'more', shown: 'version 3.0.0', newer: null },
    ]);
    expect(world.read('dbt_packages/utils/version.txt')).toBe('1.1.0');
    expect(world.read('package-lock.yml')).toMatch(
      /^packages:\n {2}- name: utils\n {4}package: labs\/utils\n {4}version: 1\.1\.0\n {2}- name: more\n/,
    );
  });

  it('are those of the lock file until the list changes', async () => {
    world = new World();
    await world.serve();
    world.onHub('labs/utils', { '1.0.0': {} });
    world.write(list("{package: labs/utils, version: ['>=1.0.0']}"));
    await world.deps();
    world.onHub('labs/utils', { '1.0.0': {}, '1.1.0': {} });
    expect((await world.deps()).packages).toEqual([
      { name: 'utils', shown: 'version 1.0.0', newer: '1.1.0' },
    ]);
    world.write(list("{package: labs/utils, version: ['>=1.0.1']}"));
    expect((await world.deps()).packages[0]?.shown).toBe('version 1.1.0');
  });

  it('are locked and not installed with --lock', async () => {
    world = new World();
    await world.serve();
    world.onHub('labs/utils', { '1.0.0': {} });
    world.write(list('{package: labs/utils, version: 1.0.0}'));
    expect(await world.deps({ lockOnly: true })).toMatchObject({ locked: true, installed: false });
    expect(left()).toEqual(['package-lock.yml']);
    expect(world.asked).toEqual(['/api/v1/labs/utils.json']);
  });

  it('are taken for this dbt where there are some', async () => {
    world = new World();
    await world.serve();
    world.onHub('labs/utils', { '1.0.0': {}, '2.0.0': { require_dbt_version: ['>=2.0.0'] } });
    world.write(list("{package: labs/utils, version: '>=1.0.0'}"));
    expect((await world.deps()).packages[0]).toEqual({
      name: 'utils',
      shown: 'version 1.0.0',
      newer: null,
    });
  });

  it('that have moved are told', async () => {
    world = new World();
    await world.serve();
    world.onHub('labs/utils', { '1.0.0': {} }, { redirectnamespace: 'new' });
    world.write(list('{package: labs/utils, version: 1.0.0}'));
    await world.deps();
    expect(world.warnings[0]?.message).toBe('The package labs/utils is now new/utils');
  });

  it.each([
    ['an unknown package', '{package: labs/utlis, version: 1.0.0}', /has no package labs\/utlis$/],
    [
      'an unknown version',
      '{package: labs/utils, version: 7.0.0}',
      /^labs\/utils has no version 7\.0\.0$/,
    ],
    [
      'bounds that exclude each other',
      "{package: labs/utils, version: '>2.0.0,<1.0.0'}",
      /has no version >2\.0\.0, <1\.0\.0$/,
    ],
    ['a name without its owner', '{package: utils, version: 1.0.0}', /^'utils' is not the name/],
    [
      'a name that is a path',
      '{package: ../../x, version: 1.0.0}',
      /is not the name of a package$/,
    ],
    [
      'a version that is none',
      '{package: labs/utils, version: 1.0}',
      /is not a version of a package$/,
    ],
    ['no version', '{package: labs/utils}', /version/],
  ])('are refused: %s', async (_, entry, message) => {
    world = new World(list(entry));
    await world.serve();
    world.onHub('labs/utils', { '1.0.0': {} });
    world.answers.set('/api/v1/index.json', '["labs/utils"]');
    const error = await world.refused();
    expect(error.message).toMatch(message);
    expect(error.place?.file).toBe('packages.yml');
    expect(left()).toEqual([]);
  });

  it('suggest the name that was meant', async () => {
    world = new World(list('{package: labs/utlis, version: 1.0.0}'));
    await world.serve();
    world.answers.set('/api/v1/index.json', '["labs/utils"]');
    expect((await world.refused()).hint).toContain('labs/utils');
  });

  it('that cannot be reached leave what is installed, with a way out', async () => {
    world = new World({
      ...list('{package: labs/utils, version: 1.0.0}'),
      'dbt_packages/utils/dbt_project.yml': 'name: utils\n',
    });
    const error = await world.refused({ env: { DBT_PACKAGE_HUB_URL: 'http://127.0.0.1:9/' } });
    expect(error.message).toMatch(
      /^The package labs\/utils cannot be had from http:\/\/127\.0\.0\.1:9\/api\/v1\/labs\/utils\.json: /,
    );
    expect(error.hint).toContain('DBT_PACKAGE_HUB_URL');
    expect(world.has('dbt_packages/utils/dbt_project.yml')).toBe(true);
  });

  it.each([
    ['no JSON', '<html>'],
    ['another form', '{"versions": []}'],
    ['an error', 500],
  ])('are refused where the hub answers %s', async (_, answer) => {
    world = new World(list('{package: labs/utils, version: 1.0.0}'));
    await world.serve();
    world.answers.set('/api/v1/labs/utils.json', answer);
    expect((await world.refused()).message).toMatch(/hub|had from/);
  });
});

describe('the install folder', () => {
  const tools = { ...list('local: tools'), 'tools/dbt_project.yml': 'name: tools\n' };

  it('is replaced as a whole', async () => {
    world = new World({ ...tools, 'dbt_packages/old/dbt_project.yml': 'name: old\n' });
    await world.deps();
    expect(readdirSync(join(world.root, 'dbt_packages'))).toEqual(['tools']);
  });

  it('leaves the folder behind a link alone', async () => {
    world = new World(tools);
    await world.deps();
    await world.deps();
    expect(world.has('tools/dbt_project.yml')).toBe(true);
  });

  it.each([
    [
      'something else',
      'dbt_packages',
      { 'dbt_packages/notes/a.md': '' },
      'holds notes: no package',
    ],
    ['the models', 'models', {}, 'holds models'],
    ['the project itself', '.', {}, 'holds the project itself'],
    ['a folder above', '..', {}, 'holds the project itself'],
  ])('is not replaced where it holds %s', async (_, path, files, why) => {
    world = new World({
      ...tools,
      'dbt_project.yml': `name: shop\npackages-install-path: ${path}\n`,
      ...files,
    });
    const error = await world.refused();
    expect(error.message).toBe(`techstore deps replaces ${path}, which ${why}`);
    expect(error.hint).toContain('packages-install-path');
  });

  it('is as it was after an interruption', async () => {
    world = new World({
      ...list('{package: labs/utils, version: 1.0.0}'),
      'dbt_packages/old/dbt_project.yml': 'name: old\n',
    });
    await world.serve();
    const stop = new AbortController();
    stop.abort();
    const error = await world.refused({ signal: stop.signal });
    expect([error.code, error.exitCode]).toEqual(['interrupted', 130]);
    expect(left()).toEqual(['dbt_packages']);
  });

  it('is not touched without a list', async () => {
    world = new World();
    expect(await world.deps()).toEqual({ packages: [], locked: false, installed: false });
    expect(left()).toEqual([]);
  });
});
