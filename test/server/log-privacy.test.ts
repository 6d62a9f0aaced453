/** What the log may say of a request: its route, and no word that a client wrote. */
import fastify, { LogController, type FastifyInstance, type RouteHandlerMethod } from 'fastify';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Server } from '../../src/server/app.js';
import { handleErrors } from '../../src/server/http/error-handler.js';
import { KnownPaths } from '../../src/server/http/not-found.js';
import { hooks, logRequests, serializers } from '../../src/server/http/request-log.js';
import { listen } from '../../src/server/listen.js';
import { get, PublishedShop } from './support.js';
import { open, raw } from './raw.js';

const shop = new PublishedShop();
let server: Server;
let port: number;
const log: string[] = [];

beforeAll(async () => {
  await shop.publish();
  server = await shop.server({ log: { write: (line) => log.push(line) }, logLevel: 'trace' });
  await listen(server, { host: '127.0.0.1', port: 0 });
  port = (server.app.server.address() as AddressInfo).port;
});

beforeEach(() => {
  log.length = 0;
});

afterAll(() => shop.remove());

const linesOf = () => log.map((line) => JSON.parse(line) as Record<string, unknown>);

test('a page is worked out and logged once', async () => {
  const first = await get(server, '/api/customers/top-customers?limit=1');
  const [, next = ''] = /^<(.+)>; rel="next"$/.exec(String(first.headers['link'])) ?? [];
  log.length = 0;
  for (const url of [
    next,
    `${next}&format=csv`,
    '/api/sales/daily?limit=1',
    '/api/builds?limit=1',
  ]) {
    log.length = 0;
    expect((await get(server, url)).statusCode).toBe(200);
    expect(linesOf()).toEqual([
      expect.objectContaining({ msg: 'answered', status: 200 }) as unknown,
    ]);
  }
});

/** Handlers that the server has none of, with the log that it has. */
function withHandler(handler: RouteHandlerMethod): FastifyInstance {
  const stream = { write: (line: string) => log.push(line) };
  const app = fastify({
    logger: { level: 'trace', stream, serializers, hooks },
    logController: new LogController({ disableRequestLogging: true }),
  });
  logRequests(app);
  handleErrors(app, { debug: false, paths: new KnownPaths(app) });
  app.get('/faulty', handler);
  return app;
}

test('the words of the framework lose the URL that they quote', async () => {
  const app = withHandler(async (_request, reply) => {
    await reply.send('first');
    return 'second';
  });
  expect((await app.inject('/faulty?email=eve@shop.example&token=s3cret')).body).toBe('first');

  expect(log.join('')).toContain('FST_ERR_REP_ALREADY_SENT');
  expect(log.join('')).not.toMatch(/shop\.example|s3cret|email|token|\?/);
});

test('an error whose message quotes the URL is logged without it', async () => {
  const app = withHandler(async (request) => {
    throw new Error(`There is no answer to ${request.url}`);
  });
  await app.inject('/faulty?email=eve@shop.example');

  expect(linesOf().filter(({ level }) => level === 50)).toHaveLength(1);
  expect(log.join('')).not.toMatch(/shop\.example|email|\?/);
});

test.each([
  '/api/operations?token=s3cret',
  '/api/operations/?token=s3cret',
  '/api/customers/s3cret?token=1',
  '/api/customers/segments/s3cret',
  '/api/sales/daily?days=s3cret&days=2',
  '/api/sales/daily?cursor=s3cret',
  '/api/lineage?node=s3cret',
  '/nothing/s3cret?token=s3cret',
  '/%zz?token=s3cret',
  '/docs/static/s3cret?token=s3cret',
  '/health?s3cret',
])('no line holds a word of %s', async (url) => {
  for (const method of ['GET', 'HEAD', 'POST', 'DELETE'] as const) {
    await server.app.inject({ method, url, headers: { 'if-none-match': 's3cret' } });
  }

  expect(log.length).toBeGreaterThanOrEqual(4);
  expect(log.join('')).not.toMatch(/s3cret|token/);
});

test('nor of bytes that are no request, nor of one whose client has gone', async () => {
  await raw(port, 'GET /?token=s3cret HTTP/9.9\r\nHost: s3cret\r\n\r\n');
  await raw(port, 'GET /?token=s3cret HTTP/1.1\r\nHost: a\r\ns3cret\r\n\r\n');
  const socket = await open(port);
  socket.write('GET /api/operations?token=s3cret HTTP/1.1\r\nHost: localhost\r\n\r\n');
  socket.resetAndDestroy();
  if (!socket.closed) await once(socket, 'close');
  // The next one is answered behind those.
  await raw(port, 'GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');

  expect(log.length).toBeGreaterThan(0);
  expect(log.join('')).not.toMatch(/s3cret|token/);
});
