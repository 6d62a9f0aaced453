import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Server } from '../../src/server/app.js';
import { hostileHeaders, hostilePaths } from './hostile-inputs.js';
import { expectProblem, get, PublishedShop } from './support.js';

const shop = new PublishedShop();
let server: Server;

beforeAll(async () => {
  await shop.publish();
  server = await shop.server();
});

afterAll(() => shop.remove());

test('there are two hundred of them at least, no two the same', () => {
  expect(new Set(hostilePaths).size).toBe(hostilePaths.length);
  expect(hostilePaths.length).toBeGreaterThanOrEqual(200);
});

test('no path, whatever is in it, gives an error of the server or says more than it should', async () => {
  for (const url of hostilePaths) {
    const answer = await get(server, url);
    expect(answer.statusCode, url).toBeLessThan(500);
    expect(answer.headers['x-injected'], url).toBeUndefined();
    expect(answer.body, url).not.toMatch(/root:|"dependencies"/);
    if (answer.statusCode >= 400) {
      const names = answer.json<{ errors: { name: string }[] }>().errors.map(({ name }) => name);
      expectProblem(answer, answer.statusCode, { names });
    }
  }
});

test('no header, whatever is in it, gives an error of the server', async () => {
  for (const headers of hostileHeaders) {
    for (const url of ['/api/operations', '/api/customers/1?limit=200', '/nothing']) {
      const answer = await get(server, url, { headers });
      expect(answer.statusCode, JSON.stringify(headers).slice(0, 100)).toBeLessThan(500);
    }
  }
});

test('the tables are as they were', async () => {
  const answer = await get(server, '/api/sales/summary');

  expect(answer.json()).toMatchObject({ days_analyzed: 5, total_revenue: 100.05 });
});
