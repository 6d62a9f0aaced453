/** profiles.yml and the environment: what is missing is named, and so is where to write it. */
import { mkdirSync, rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Shop } from '../helpers/shop.js';
import { built, copyOf, refused, refuses } from './support.js';

let published: Shop;
let shop: Shop;
beforeAll(() => {
  published = built();
});
afterAll(() => published.remove());
beforeEach(() => {
  shop = copyOf(published);
});
afterEach(() => shop.remove());

test('A profile without a target names those that it has', () => {
  shop.edit('profiles.yml', '  target: dev\n', '');
  refuses(shop, ['build'], {
    code: 2,
    says: ["The profile 'small' sets no default target", 'in profiles.yml:', 'dev', '--target'],
  });
});

test('A profile that names a target it does not have is refused with its place', () => {
  shop.edit('profiles.yml', 'target: dev', 'target: prod');
  refuses(shop, ['build'], { code: 2, says: ["no target 'prod'", 'in profiles.yml:', 'dev'] });
});

test('A profile that is not there is refused, with those that are', () => {
  shop.edit('dbt_project.yml', 'profile: small', 'profile: smal');
  refuses(shop, ['build'], { code: 2, says: ["no profile 'smal'", 'profiles.yml', 'small'] });
});

test('A missing profiles.yml is refused with the folders that were looked in', () => {
  rmSync(shop.path('profiles.yml'));
  const home = shop.path('home');
  mkdirSync(home);
  const before = shop.publishedHash();
  refused(shop.runWith({ HOME: home }, 'build'), {
    code: 2,
    says: ['profiles.yml was not found in', '.dbt', '--profiles-dir'],
  });
  expect(shop.publishedHash()).toBe(before);
});

test('An adapter that is not supported is refused', () => {
  shop.edit('profiles.yml', 'type: duckdb', 'type: postgres');
  refuses(shop, ['build'], { code: 2, says: ['postgres', 'profiles.yml:5', /duckdb/] });
});

test('An unset variable of the environment is named where the profile reads it', () => {
  shop.edit('profiles.yml', 'schema: main', `schema: "{{ env_var('SHOP_SCHEMA') }}"`);
  refuses(shop, ['build'], {
    code: 2,
    says: ['SHOP_SCHEMA is not set', 'in profiles.yml:7', /What to do: /],
  });
});

test('An unset variable of the environment is named where a model reads it', () => {
  shop.write('models/apart.sql', "select 1 as one,\n  '{{ env_var('SHOP_NAME') }}' as shop\n");
  refuses(shop, ['build'], {
    code: 2,
    says: ['SHOP_NAME is not set', 'in models/apart.sql:2', /What to do: /],
  });
  // And with it the same project builds.
  expect(shop.runWith({ SHOP_NAME: 'Tech' }, 'build').code).toBe(0);
});

test('A secret of the environment is never told', () => {
  shop.edit(
    'profiles.yml',
    'schema: main',
    `schema: "{{ env_var('DBT_ENV_SECRET_TOKEN') }}"\n      threads: many`,
  );
  const done = shop.runWith({ DBT_ENV_SECRET_TOKEN: 'hunter2hunter2' }, 'build', '--debug');
  expect(done.code).toBe(2);
  expect(done.all).not.toContain('hunter2');
});

test('A secret of the environment can be read in profiles.yml', () => {
  shop.edit('profiles.yml', 'schema: main', `schema: "{{ env_var('DBT_ENV_SECRET_SCHEMA') }}"`);
  const done = shop.runWith(
    { DBT_ENV_SECRET_SCHEMA: 'cellar' },
    'ls',
    '--output-keys',
    'schema',
    '--output',
    'json',
    '--select',
    'apart',
  );
  expect(done.code, done.all).toBe(0);
  expect(JSON.parse(done.stdout)).toEqual({ schema: 'cellar' });
});

test('A broken profiles.yml is shown with line and excerpt', () => {
  shop.edit('profiles.yml', 'outputs:', 'outputs: [');
  refuses(shop, ['build'], { code: 2, says: [/profiles\.yml:\d+:\d+/, '^'] });
});
