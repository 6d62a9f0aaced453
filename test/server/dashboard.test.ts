import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Server } from '../../src/server/app.js';
import { KeyRing } from '../../src/server/keys/key-ring.js';
import { expectProblem, get, PublishedShop } from './support.js';

const shop = new PublishedShop();
let server: Server;

beforeAll(async () => {
  // Nothing is published, and keys are asked for: the page itself is there all the same.
  server = await shop.server({
    keys: new KeyRing({ fixed: [], file: join(shop.dir, 'keys.json') }),
  });
});

afterAll(() => shop.remove());

describe('/dashboard', () => {
  test('is a page that loads nothing but files of this server', async () => {
    const page = await get(server, '/dashboard?period=90&segment=VIP');

    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['cache-control']).toBe('no-cache');
    expect(page.headers['content-security-policy']).toBe(
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
        "script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'",
    );
    const loaded = [...page.body.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, url]) => url);
    expect(loaded).toHaveLength(3);
    for (const url of loaded) {
      expect(url).toMatch(/^\/dashboard\/assets\/[a-z]+-[A-Z0-9]{8}\.(js|css|svg)$/);
    }
    expect(page.body).not.toMatch(/<style|style=|<script>|\son[a-z]+=/);
  });

  test('has files that browsers may keep for ever, since their names change with them', async () => {
    const page = await get(server, '/dashboard');
    for (const [, url] of page.body.matchAll(/(?:src|href)="([^"]*)"/g)) {
      const file = await get(server, url ?? '');
      expect(file.statusCode, url).toBe(200);
      expect(file.headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(file.headers['x-content-type-options']).toBe('nosniff');
    }
  });

  test('is not sent again while it is the same', async () => {
    const { headers } = await get(server, '/dashboard');
    const again = await get(server, '/dashboard', {
      headers: { 'if-none-match': String(headers['etag']) },
    });

    expect(again.statusCode).toBe(304);
  });

  test('is found with a slash behind it too, filters and all', async () => {
    const moved = await get(server, '/dashboard/?period=7');

    expect([moved.statusCode, moved.headers['location']]).toEqual([307, '/dashboard?period=7']);
  });

  test('has no other files', async () => {
    for (const path of ['none.js', '..%2findex.html', '%2e%2e/licenses.txt', '']) {
      expectProblem(await get(server, `/dashboard/assets/${path}`), 404);
    }
  });

  test('changes nothing about who may see the figures', async () => {
    expectProblem(await get(server, '/api/sales/comparison'), 401);
  });
});
