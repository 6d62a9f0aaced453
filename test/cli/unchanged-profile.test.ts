/** The profile is read once, and again whenever anything that it came from is another. */
import { existsSync, mkdirSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { profileFor } from '../../src/cli/metrics/light-profile.js';
import type { ProjectOptions } from '../../src/cli/options.js';
import { recallProfile } from '../../src/cli/unchanged/unchanged-profile.js';
import type { Shop } from '../helpers/shop.js';
import { add, smallShop } from './support.js';

let shop: Shop;
beforeEach(() => {
  shop = smallShop();
});
afterEach(() => shop.remove());

const options = (more: ProjectOptions = {}): ProjectOptions => ({ projectDir: shop.dir, ...more });

test('It is the profile that the files describe', async () => {
  mkdirSync(shop.path('target'));
  expect(recallProfile(options())).toBeNull();
  const read = await profileFor(options());
  expect(recallProfile(options())).toEqual(read);
  expect(await profileFor(options())).toEqual(read);
});

test.each<[string, (shop: Shop) => void]>([
  ['the profiles', (s) => s.edit('profiles.yml', 'techstore.duckdb', 'other.duckdb')],
  ['the project file', (s) => s.edit('dbt_project.yml', 'least: 0', 'least: 1')],
  ['the file of variables', (s) => add(s, '.env', 'DBT_PROFILES_DIR=elsewhere\n')],
])('It is read again when %s changed', async (_name, change) => {
  mkdirSync(shop.path('target'));
  await profileFor(options());
  change(shop);
  expect(recallProfile(options())).toBeNull();
});

test('Another target, profile or folder of profiles is another profile', async () => {
  mkdirSync(shop.path('target'));
  await profileFor(options());
  expect(recallProfile(options({ target: 'prod' }))).toBeNull();
  expect(recallProfile(options({ profile: 'big' }))).toBeNull();
  expect(recallProfile(options({ profilesDir: 'profiles' }))).toBeNull();
  expect(recallProfile(options(), { ...process.env, DBT_PROFILES_DIR: 'profiles' })).toBeNull();
});

test('Nothing is written where no build has made the folder', async () => {
  await profileFor(options());
  expect(existsSync(shop.path('target'))).toBe(false);
});

test('What comes from the environment is never written down', async () => {
  mkdirSync(shop.path('target'));
  shop.edit('profiles.yml', 'schema: main', `schema: "{{ env_var('SHOP_SCHEMA', 'attic') }}"`);
  expect((await profileFor(options())).target.schema).toBe('attic');
  expect(existsSync(shop.path('target/profile.json'))).toBe(false);
});
