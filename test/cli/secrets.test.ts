/** What is secret in the environment, in `.env` or in the profile is in no line of an error. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Shop } from '../helpers/shop.js';
import { add, smallShop } from './support.js';

const inFile = 'kept-in-a-file-81723';
const inEnvironment = 'kept-in-the-environment-5512';

let shop: Shop;
beforeAll(() => {
  shop = smallShop();
  add(shop, '.env', `SHOP_TOKEN=${inFile}\n`);
});
afterAll(() => shop.remove());

test.each([
  ['SHOP_TOKEN', inFile],
  ['OTHER_PASSWORD', inEnvironment],
])('an error that %s is part of does not show it, also with --debug', (name, secret) => {
  const raise = `{{ exceptions.raise_compiler_error('it is ' ~ env_var('${name}')) }}`;
  const ran = shop.runWith(
    { OTHER_PASSWORD: inEnvironment },
    'compile',
    '--inline',
    raise,
    '--debug',
  );
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain('it is *****');
  expect(ran.all).not.toContain(secret);
});
