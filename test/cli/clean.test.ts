/** `clean` removes nothing outside of the project, whatever links say, and nothing that can't be made again. */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Shop } from '../helpers/shop.js';
import { refused, smallProject, smallShop, succeeds } from './support.js';

let shop: Shop;
let outside: string;

beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'techstore-outside-'));
  mkdirSync(join(outside, 'precious'));
  writeFileSync(join(outside, 'precious', 'file'), 'x');
});
afterEach(() => {
  shop.remove();
  rmSync(outside, { recursive: true });
});

function cleaning(...targets: string[]): Shop {
  return smallShop({
    'dbt_project.yml': `${smallProject['dbt_project.yml']}clean-targets: ${JSON.stringify(targets)}\n`,
  });
}

test.each([
  ['link/precious', (root: string) => symlinkSync(outside, join(root, 'link'))],
  ['link/new', (root: string) => symlinkSync(outside, join(root, 'link'))],
  [
    'a/b/precious',
    (root: string) => {
      mkdirSync(join(root, 'a'));
      symlinkSync(outside, join(root, 'a', 'b'));
    },
  ],
  ['link/../precious/..', (root: string) => symlinkSync(outside, join(root, 'link'))],
  ['.', () => undefined],
  ['..', () => undefined],
  ['', () => undefined],
])('A target outside of the project is refused: %j', (target, prepare) => {
  shop = cleaning('first', target);
  mkdirSync(shop.path('first'));
  prepare(shop.dir);
  refused(shop.run('clean'), {
    code: 2,
    says: [
      'clean-targets lists',
      'is not inside the project',
      'dbt_project.yml',
      'Nothing was removed',
    ],
  });
  expect(existsSync(join(outside, 'precious', 'file'))).toBe(true);
  expect(existsSync(shop.path('first'))).toBe(true);
});

test('A link that is a target itself goes, and what it leads to stays', () => {
  shop = cleaning('link', 'loop', 'nowhere');
  symlinkSync(outside, shop.path('link'));
  symlinkSync('loop', shop.path('loop'));
  symlinkSync('/nowhere/at/all', shop.path('nowhere'));
  expect(succeeds(shop.run('clean')).stdout).toBe('Removed link\nRemoved loop\nRemoved nowhere\n');
  expect(lstatSync(shop.path('link'), { throwIfNoEntry: false })).toBeUndefined();
  expect(existsSync(join(outside, 'precious', 'file'))).toBe(true);
});

test.each([
  ['real', 'models', (root: string) => symlinkSync(join(root, 'real'), join(root, 'models'))],
  ['models', 'models', (root: string) => mkdirSync(join(root, 'models'))],
])('What holds the models is refused, by way of a link too: %s', (target, holds, prepare) => {
  shop = cleaning(target);
  rmSync(shop.path('models'), { recursive: true });
  mkdirSync(shop.path('real'));
  prepare(shop.dir);
  refused(shop.run('clean'), {
    code: 2,
    says: [`clean-targets lists ${target}, which contains ${holds}`],
  });
  expect(existsSync(shop.path(target))).toBe(true);
});

test('What holds the published file is refused: tables of others may be in it', () => {
  shop = smallShop({
    'dbt_project.yml': `${smallProject['dbt_project.yml']}clean-targets: [out]\n`,
    'profiles.yml': (smallProject['profiles.yml'] ?? '').replace('path: ', 'path: out/'),
  });
  mkdirSync(shop.path('out'));
  shop.write('out/techstore.duckdb', 'x');
  refused(shop.run('clean'), {
    code: 2,
    says: ['clean-targets lists out, which contains', 'techstore.duckdb'],
  });
  expect(existsSync(shop.path('out/techstore.duckdb'))).toBe(true);
});

test('A project that is reached by a link is cleaned as one that is not', () => {
  shop = cleaning('out');
  mkdirSync(shop.path('out'));
  symlinkSync(shop.dir, join(outside, 'project'));
  succeeds(shop.run('clean', '--project-dir', join(outside, 'project')));
  expect(existsSync(shop.path('out'))).toBe(false);
});
