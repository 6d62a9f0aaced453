import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fingerprint, fingerprintFile } from '../../src/sources/index.js';
import { openShop } from './shop.js';

const shop = openShop();

test('Give the sha256 of the bytes of a file', async () => {
  expect(await fingerprintFile(await shop.write('a.csv', 'abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});

test('Change with a byte and with a name, but not with the folder or the order', async () => {
  const a = await shop.write('a.csv', 'one');
  const b = await shop.write('b.csv', 'two');
  const first = await fingerprint([a, b]);
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(await fingerprint([b, a])).toBe(first);

  await mkdir(join(shop.dir, 'elsewhere'));
  const moved = join(shop.dir, 'elsewhere', 'a.csv');
  await rename(a, moved);
  expect(await fingerprint([moved, b])).toBe(first);

  const renamed = join(shop.dir, 'c.csv');
  await rename(moved, renamed);
  expect(await fingerprint([renamed, b])).not.toBe(first);

  await rename(renamed, a);
  await shop.write('b.csv', 'two!');
  expect(await fingerprint([a, b])).not.toBe(first);
});
