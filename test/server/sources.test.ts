import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecordedFreshness } from '../../src/manifest/freshness.js';
import type { Server } from '../../src/server/app.js';
import { get, PublishedShop, smallLineage } from './support.js';

const hour = 3_600_000;
const ago = (hours: number): string => new Date(Date.now() - hours * hour).toISOString();
const checkedAt = ago(30);

const recorded = (name: string, more: Partial<RecordedFreshness>): RecordedFreshness => ({
  uniqueId: `source.shop.raw.${name}`,
  sourceName: 'raw',
  name,
  status: 'pass',
  error: null,
  maxLoadedAt: ago(31),
  checkedAt,
  warnAfter: null,
  errorAfter: null,
  fromFile: false,
  ...more,
});

const shop = new PublishedShop();
let build: string;
let server: Server;

beforeAll(async () => {
  build = await shop.publish(undefined, smallLineage, [
    recorded('fresh', { warnAfter: { count: 2, period: 'day' }, fromFile: true }),
    recorded('older', { warnAfter: { count: 1, period: 'day' } }),
    recorded('stale', {
      warnAfter: { count: 1, period: 'hour' },
      errorAfter: { count: 1860, period: 'minute' },
      maxLoadedAt: ago(31.01),
    }),
    recorded('empty', { maxLoadedAt: null, errorAfter: { count: 9, period: 'day' } }),
    recorded('unread', { status: 'runtime error', error: 'secret SQL', maxLoadedAt: null }),
  ]);
  server = await shop.server();
});

afterAll(() => shop.remove());

test('Sources are as old as they are now, whatever the build found', async () => {
  const answer = await get(server, '/api/sources');
  expect(answer.statusCode, answer.body).toBe(200);
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(answer.body).not.toContain('secret');
  const { data, meta } = answer.json<{
    data: readonly Record<string, unknown>[];
    meta: { build: string };
  }>();
  expect(meta.build).toBe(build);
  expect(data.map(({ table, status }) => [table, status])).toEqual([
    ['fresh', 'pass'],
    ['older', 'warn'],
    ['stale', 'error'],
    ['empty', 'error'],
    ['unread', 'unknown'],
  ]);
  expect(data[0]).toMatchObject({
    source: 'raw',
    from_file: true,
    checked_at: checkedAt,
    warn_after_seconds: 172_800,
    error_after_seconds: null,
  });
  const age = Number(data[0]?.['age_seconds']);
  expect(age).toBeGreaterThanOrEqual(31 * 3600);
  expect(age).toBeLessThan(31 * 3600 + 60);
  expect(data[3]).toMatchObject({ newest_at: null, age_seconds: null });
});

test('A build that looked at no source has none', async () => {
  await shop.publish();
  const other = await shop.server();
  expect((await get(other, '/api/sources')).json()).toMatchObject({ data: [] });
});
