import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectProblem, get, PublishedShop } from './support.js';

const shop = new PublishedShop();

beforeAll(() => shop.publish());

afterAll(() => shop.remove());

const origin = 'https://shop.example';

describe('pages of other origins', () => {
  test('may read nothing unless they are on the list', async () => {
    const server = await shop.server();
    const answer = await get(server, '/api/operations', { headers: { origin } });
    const preflight = await server.app.inject({
      method: 'OPTIONS',
      url: '/api/operations',
      headers: { origin, 'access-control-request-method': 'GET' },
    });

    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expectProblem(preflight, 405);
  });

  test('may read answers when they are on it, never with credentials', async () => {
    const server = await shop.server({ corsOrigins: [origin] });
    const answer = await get(server, '/api/operations', { headers: { origin } });
    const preflight = await server.app.inject({
      method: 'OPTIONS',
      url: '/api/operations',
      headers: {
        origin,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    });
    const other = await get(server, '/api/operations', { headers: { origin: `${origin}.evil` } });

    expect(answer.headers['access-control-allow-origin']).toBe(origin);
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    expect(answer.headers['access-control-expose-headers']).toContain('ETag');
    expect(answer.headers['vary']).toMatch(/\bOrigin\b/);
    expect(preflight.statusCode).toBe(204);
    expect(preflight.headers['access-control-allow-methods']).toBe('GET, HEAD');
    expect(preflight.headers['access-control-allow-headers']).toContain('Authorization');
    expect(other.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('see errors too when they are on it', async () => {
    const server = await shop.server({ corsOrigins: [origin] });
    const answer = await get(server, '/api/sales/summary?days=0', { headers: { origin } });

    expectProblem(answer, 422, { names: ['days'] });
    expect(answer.headers['access-control-allow-origin']).toBe(origin);
  });
});

test('a server on this machine answers to its own names alone', async () => {
  const server = await shop.server({ allowedHosts: ['shop.local'] });
  const ask = (host: string) => get(server, '/api/operations', { headers: { host } });

  for (const host of [
    'localhost',
    'LOCALHOST:8000',
    '127.0.0.1:8000',
    '127.1.2.3',
    '[::1]:8000',
    'shop.local:80',
  ]) {
    expect((await ask(host)).statusCode, host).toBe(200);
  }
  for (const host of [
    'evil.example',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '192.0.2.1',
    '[::2]',
  ]) {
    expectProblem(await ask(host), 421);
  }
});

describe('headers', () => {
  test('keep a browser from doing more with an answer than it is for', async () => {
    const server = await shop.server();
    for (const url of ['/', '/api/operations', '/nothing', '/api/sales/summary?days=0']) {
      const { headers } = await get(server, url);
      expect(headers).toMatchObject({
        'content-security-policy':
          "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['server']).toBeUndefined();
      expect(headers['x-powered-by']).toBeUndefined();
    }
  });

  test('carry the id of the request, which a client may choose if it does no harm', async () => {
    const server = await shop.server();
    const idFor = async (id: string): Promise<unknown> =>
      (await get(server, '/health', { headers: { 'x-request-id': id } })).headers['x-request-id'];

    expect(await idFor('trace-1.2_3')).toBe('trace-1.2_3');
    for (const bad of ['a b', '"}', 'x'.repeat(65), '']) {
      expect(await idFor(bad)).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});

describe('documentation', () => {
  const pages = ['/docs', '/redoc'];

  test.each(pages)(
    '%s runs only scripts of this server, and none in the page itself',
    async (url) => {
      const server = await shop.server();
      const page = await get(server, url);

      expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(page.headers['content-security-policy']).toMatch(/script-src 'self'(;|$)/);
      expect(page.headers['content-security-policy']).toMatch(/default-src 'none'/);
      expect(page.body).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>\s*\S/);
      expect(page.body).not.toMatch(/\bon\w+=|style=/);
      expect(page.body).not.toMatch(/(src|href)="(https?:)?\/\//);
    },
  );

  test.each(pages)('every file that %s asks for is there', async (url) => {
    const server = await shop.server();
    const { body } = await get(server, url);
    const files = [...body.matchAll(/(?:src|href)="([^"]+)"/g)]
      .map((match) => match[1] as string)
      .filter((file) => !file.startsWith('data:'));

    expect(files.length).toBeGreaterThanOrEqual(2);
    for (const file of files) {
      const answer = await get(server, file);
      expect(answer.statusCode, file).toBe(200);
      expect(answer.rawPayload.length).toBeGreaterThan(0);
    }
  });
});
