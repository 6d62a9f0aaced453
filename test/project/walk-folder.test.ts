/** What lies in the folders of a project besides ordinary files and folders. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { discoverFiles } from '../../src/project/discover-files.js';
import { loadEnvironment } from '../../src/project/environment.js';
import { loadProject } from '../../src/project/load-project.js';
import { errorOf, folderWith } from './in-folder.js';

function project(files: Record<string, string>) {
  return loadProject(
    folderWith({ 'dbt_project.yml': 'name: shop\n', 'models/a.sql': '', ...files }),
  );
}

const modelsOf = (shop: ReturnType<typeof project>): readonly string[] =>
  discoverFiles(shop).models.map((file) => file.originalFilePath);

test('Links beside links do not multiply: 2^40 paths are walked in an instant', () => {
  const shop = project({});
  for (let level = 0; level < 40; level++) {
    const folder = join(shop.root, `models/level${level}`);
    mkdirSync(folder);
    for (const name of ['left', 'right'])
      symlinkSync(join(shop.root, `models/level${level + 1}`), join(folder, name));
  }
  mkdirSync(join(shop.root, 'models/level40'));
  expect(modelsOf(shop)).toEqual(['models/a.sql']);
});

test('A folder that is linked once more is listed under both names, as dbt has it', () => {
  const shop = project({ 'models/sub/b.sql': '' });
  symlinkSync('sub', join(shop.root, 'models/again'));
  expect(modelsOf(shop)).toEqual(['models/a.sql', 'models/again/b.sql', 'models/sub/b.sql']);
});

test.each([
  ['models/pipe.sql', 'it is a named pipe', (path: string) => execFileSync('mkfifo', [path])],
  ['seeds/pipe.csv', 'it is a named pipe', (path: string) => execFileSync('mkfifo', [path])],
  ['models/zero.yml', 'it is a device', (path: string) => symlinkSync('/dev/zero', path)],
  ['macros/gone.sql', 'it does not exist', (path: string) => symlinkSync('nowhere', path)],
  [
    'models/round.md',
    'its symbolic links form a loop',
    (path: string) => symlinkSync('round.md', path),
  ],
])('%s is refused: %s', (file, why, make) => {
  const shop = project({ 'seeds/s.csv': '', 'macros/m.sql': '' });
  make(join(shop.root, file));
  expect(errorOf(() => discoverFiles(shop))).toMatchObject({
    code: 'project',
    message: `${file} cannot be read: ${why}`,
    place: { file },
  });
});

test('What no resource can be is passed over, whatever it is', () => {
  const shop = project({});
  execFileSync('mkfifo', [join(shop.root, 'models/pipe')]);
  symlinkSync('nowhere', join(shop.root, 'models/notes.txt'));
  symlinkSync('.nowhere.sql', join(shop.root, 'models/.#a.sql'));
  writeFileSync(Buffer.concat([Buffer.from(join(shop.root, 'models/x')), bad]), '');
  expect(modelsOf(shop)).toEqual(['models/a.sql']);
});

const bad = Buffer.from([0xe9]);

test('A name that is not UTF-8 is told, with the bytes that it has', () => {
  const shop = project({});
  const file = Buffer.concat([
    Buffer.from(join(shop.root, 'models/caf')),
    bad,
    Buffer.from('.sql'),
  ]);
  writeFileSync(file, 'select 1 as a');
  expect(errorOf(() => discoverFiles(shop)).message).toBe(
    'models holds a file whose name is not UTF-8: caf\\xe9.sql',
  );
});

test('So is the name of a folder', () => {
  const shop = project({});
  mkdirSync(Buffer.concat([Buffer.from(join(shop.root, 'models/caf')), bad]));
  expect(errorOf(() => discoverFiles(shop)).message).toBe(
    'models holds a folder whose name is not UTF-8: caf\\xe9',
  );
});

test('Names of any characters of UTF-8 are taken as they are', () => {
  const names = [
    'a b',
    "it's",
    'q?',
    'h#1',
    '100%',
    '%20',
    'ü',
    '日本',
    '🛒',
    'a"b',
    'a\nb',
    '[x]',
  ];
  const shop = project(Object.fromEntries(names.map((name) => [`models/${name}.sql`, ''])));
  expect(new Set(modelsOf(shop))).toEqual(
    new Set(['models/a.sql', ...names.map((name) => `models/${name}.sql`)]),
  );
});

test('A folder named .env is passed over, and a pipe of that name is no file', () => {
  const root = folderWith({ '.env/postgres.env': 'A=1\n' });
  expect(loadEnvironment(root, { B: '2' })).toEqual({ B: '2' });
  const other = folderWith({ 'x.txt': '' });
  execFileSync('mkfifo', [join(other, '.env')]);
  expect(errorOf(() => loadEnvironment(other, {})).message).toBe(
    '.env cannot be read: it is a named pipe',
  );
});
