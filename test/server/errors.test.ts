import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Server } from '../../src/server/app.js';
import { expectProblem, get, PublishedShop } from './support.js';

const shop = new PublishedShop();
let server: Server;

beforeAll(async () => {
  await shop.publish();
  server = await shop.server();
});

afterAll(() => shop.remove());

const segments = 'VIP, Loyal, New, At Risk, Lost, Regular, Prospect';

describe('400', () => {
  test.each(['Foo', 'vip', 'VIP%20', 'VIP%00', '%F0%9F%91%A9', "VIP'%20or%201=1--"])(
    'for the segment %s, which there is not',
    async (segment) => {
      const problem = expectProblem(await get(server, `/api/customers/segments/${segment}`), 400, {
        names: ['segment'],
      });

      expect(problem['detail']).toBe(`segment must be one of ${segments}.`);
    },
  );

  test.each(['/%', '/api/%zz', '/api/customers/%c0%ae'])(
    'for the path %s, which is no URL',
    async (url) => {
      expectProblem(await get(server, url), 400);
    },
  );
});

describe('422', () => {
  const ranges: readonly (readonly [url: string, name: string, least: number, most: number])[] = [
    ['/api/customers/top-customers', 'limit', 1, 100],
    ['/api/customers/segments/VIP', 'limit', 1, 200],
    ['/api/products/best-sellers', 'limit', 1, 100],
    ['/api/products/low-stock', 'limit', 1, 200],
    ['/api/sales/summary', 'days', 1, 365],
    ['/api/sales/trends', 'months', 1, 24],
    ['/api/sales/daily', 'days', 1, 365],
    ['/api/sales/daily', 'limit', 1, 365],
    ['/api/sales/comparison', 'days', 1, 365],
    ['/api/customers/1', 'limit', 1, 200],
    ['/api/products/10', 'limit', 1, 200],
    ['/api/builds', 'limit', 1, 200],
    ['/api/lineage', 'depth', 1, 100],
  ];

  test.each(ranges)('%s takes %s from %i to %i', async (url, name, least, most) => {
    for (const good of [least, most]) {
      expect((await get(server, `${url}?${name}=${good}`)).statusCode).toBe(200);
    }
    for (const bad of [
      least - 1,
      most + 1,
      -1,
      '',
      'ten',
      '1e1',
      '0x10',
      '1.0',
      '%201',
      '1_0',
      'NaN',
    ]) {
      const problem = expectProblem(await get(server, `${url}?${name}=${bad}`), 422, {
        names: [name],
      });
      expect(problem['detail']).toBe(`${name} must be a whole number from ${least} to ${most}.`);
      expect(problem['errors']).toMatchObject([{ location: 'query' }]);
    }
  });

  test('for a parameter that is given twice', async () => {
    const answer = await get(server, '/api/sales/summary?days=1&days=2');

    expect(expectProblem(answer, 422, { names: ['days'] })['detail']).toBe(
      'days must be given only once.',
    );
  });

  test('names every parameter that is wrong', async () => {
    expectProblem(await get(server, '/api/sales/daily?days=0&limit=x&format=xml'), 422, {
      names: ['days', 'limit', 'format'],
    });
  });

  test.each(['one', '1.5', '1e3', '%20', "1'--"])('for the id %s', async (id) => {
    expectProblem(await get(server, `/api/customers/${id}`), 422, { names: ['id'] });
  });
});

describe('404', () => {
  test.each([
    '/nothing',
    '/api',
    '/api/customers',
    '/api/customers/1/orders',
    '/API/operations',
    '/openapi.yaml',
    '/docs/../package.json',
    '/redoc/../../package.json',
    '/redoc/%2e%2e/app.js',
    '/.env',
  ])('for %s', async (url) => {
    expectProblem(await get(server, url), 404);
  });

  test.each(['99', '-1', '0', '9223372036854775808', '1'.repeat(60)])(
    'for the customer %s, whom there is not',
    async (id) => {
      const problem = expectProblem(await get(server, `/api/customers/${id}`), 404);
      expect(problem['detail']).toBe('No customer has this id.');
    },
  );

  test('for a product that there is not', async () => {
    expectProblem(await get(server, '/api/products/99'), 404);
  });
});

test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY'] as const)(
  '405 for %s, with what the path does answer',
  async (method) => {
    for (const url of [
      '/',
      '/api/sales/summary',
      '/api/customers/17',
      '/openapi.json',
      '/docs/json',
    ]) {
      const answer = await server.app.inject({ method: method as 'POST', url });
      expectProblem(answer, 405);
      expect(answer.headers['allow']).toBe('GET, HEAD');
    }
  },
);

test.each(['image/png', 'text/html', 'application/xml;q=1, application/json;q=0', 'nonsense'])(
  '406 for a client that accepts only %s',
  async (accept) => {
    expectProblem(await get(server, '/api/sales/summary', { headers: { accept } }), 406, {
      names: ['Accept'],
    });
  },
);

test('406 for a client that wants CSV of what is no list', async () => {
  const headers = { accept: 'text/csv' };
  expectProblem(await get(server, '/api/sales/summary', { headers }), 406, { names: ['Accept'] });
  expectProblem(await get(server, '/api/customers/1', { headers }), 406, { names: ['Accept'] });
});

test('413 for a body that is too long, whatever its method', async () => {
  for (const method of ['GET', 'POST', 'PUT'] as const) {
    const answer = await server.app.inject({
      method,
      url: '/api/operations',
      headers: { 'content-type': 'application/json' },
      payload: 'x'.repeat(20_000),
    });
    expectProblem(answer, 413);
    expect(answer.headers['connection']).toBe('close');
  }
});

test('a body that is not too long is not looked at', async () => {
  for (const type of ['application/json', 'text/plain', 'nonsense']) {
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/operations',
      headers: { 'content-type': type },
      payload: '{',
    });
    expectProblem(answer, 405);
  }
});

test('414 for a URL that is too long', async () => {
  expectProblem(await get(server, `/api/operations?x=${'a'.repeat(8192)}`), 414);
  expectProblem(await get(server, `/${'a'.repeat(8192)}`), 414);
});

describe('a fault of the database', () => {
  test('is a 503 that says nothing of it, and a line in the log without its text', async () => {
    const lines: string[] = [];
    await shop.publish('drop table gold_operational_metrics');
    const broken = await shop.server({ log: { write: (line) => lines.push(line) } });
    const answer = await get(broken, '/api/operations');

    expectProblem(answer, 503);
    const log = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(log[0]).toMatchObject({
      level: 50,
      reqId: answer.headers['x-request-id'],
      fault: { name: 'DatabaseError', code: 'database', kind: 'catalog' },
    });
    expect(lines.join('')).not.toMatch(/gold_operational_metrics|select/i);
  });
});
