/** `source_status:` beside the sources.json of now, as dbt selects by it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Shop } from '../helpers/shop.js';
import { dbt, loadedShop, writeEarlier } from './support.js';

let shop: Shop;

beforeAll(async () => {
  shop = await loadedShop();
  shop.run('source', 'freshness');
  writeEarlier(shop, 'before');
});

afterAll(() => shop.remove());

// A status that dbt does not know selects nothing there, and is refused here.
const known = dbt.fresher.filter(({ args }) => args.every((text) => text !== 'source_status:pass'));

test.each(known)('$args', ({ args, nodes, exit }) => {
  const done = shop.run('ls', ...args, '--state', 'before');
  expect(done.code, done.all).toBe(exit);
  const listed = done.stdout.split('\n').filter((line) => line !== '');
  expect(listed.sort()).toEqual([...nodes].sort());
});

test.each([
  [['--select', 'source_status:fresher'], 'needs an earlier sources.json'],
  [['--select', 'source_status:fresher', '--state', 'models'], 'needs an earlier sources.json'],
  [['--select', 'source_status:pass', '--state', 'before'], "'pass' is not a source status"],
])('%s is refused with the way out', (args, message) => {
  const done = shop.run('ls', ...args);
  expect(done.code).toBe(2);
  expect(done.stderr).toContain(message);
});

test('Without a sources.json of now, the hint names the command that writes it', () => {
  const done = shop.run('clean');
  expect(done.code, done.all).toBe(0);
  const asked = shop.run('ls', '--select', 'source_status:fresher', '--state', 'before');
  expect(asked.code).toBe(2);
  expect(asked.stderr).toContain('Run techstore source freshness first');
});
