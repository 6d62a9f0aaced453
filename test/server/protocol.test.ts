/** What the framework and Node would answer in a shape of their own, or not at all. */
import { METHODS } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Server } from '../../src/server/app.js';
import { listen } from '../../src/server/listen.js';
import { open, parsed, raw, readToEnd } from './raw.js';
import { expectProblem, get, PublishedShop } from './support.js';

const shop = new PublishedShop();
let server: Server;
let port: number;
const log: string[] = [];

beforeAll(async () => {
  await shop.publish();
  server = await shop.server({
    log: { write: (line) => log.push(line) },
    allowedHosts: [],
    corsOrigins: ['https://shop.example'],
  });
  await listen(server, { host: '127.0.0.1', port: 0 });
  port = (server.app.server.address() as AddressInfo).port;
});

afterAll(() => shop.remove());

const closing = 'Host: localhost\r\nConnection: close\r\n';

describe('the header Host', () => {
  const wrong: readonly (readonly [what: string, lines: string])[] = [
    ['two of them', 'Host: localhost\r\nHost: localhost\r\n'],
    ['two that differ', 'Host: localhost\r\nhOsT: evil.example\r\n'],
    ['a second one far behind', `Host: localhost\r\n${'A: b\r\n'.repeat(2200)}Host: evil\r\n`],
    ['none', 'X: y\r\n'],
    ['an empty one', 'Host:\r\n'],
    ['a path', 'Host: localhost/api\r\n'],
    ['a user', 'Host: me@localhost\r\n'],
    ['two ports', 'Host: localhost:80:80\r\n'],
    ['no port behind the colon that is one', 'Host: localhost:99999\r\n'],
    ['a name for a port', 'Host: localhost:http\r\n'],
    ['half an address', 'Host: [::1\r\n'],
    ['no address', 'Host: [localhost]\r\n'],
    ['blanks', 'Host: local host\r\n'],
    ['markup', 'Host: <script>\r\n'],
    ['a list', 'Host: localhost, evil.example\r\n'],
    ['bytes that are no letters', 'Host: loc\u00e4lhost\r\n'],
  ];

  test.each(wrong)('with %s is answered with 400', async (_what, lines) => {
    const request = Buffer.from(
      `GET /api/operations HTTP/1.1\r\n${lines}Connection: close\r\n\r\n`,
      'latin1',
    );

    expectProblem(await raw(port, request), 400, { names: ['Host'] });
  });

  test('of another name is answered with 421', async () => {
    for (const host of ['evil.example', 'evil.example:8000', '127.0.0.1.evil.example', '[::2]']) {
      const request = `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
      expectProblem(await raw(port, request), 421);
    }
  });

  test('counts less than the name of a whole URL', async () => {
    const ask = (url: string, host: string) =>
      raw(port, `GET ${url} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);

    expect((await ask('http://localhost/api/operations', 'evil.example')).statusCode).toBe(200);
    expect((await ask('HTTP://127.0.0.1:8000?x=1', 'localhost')).statusCode).toBe(200);
    expectProblem(await ask('http://evil.example/api/operations', 'localhost'), 421);
    expectProblem(await ask('http://me@localhost/', 'localhost'), 400, { names: ['Host'] });
    expectProblem(await ask('http:///api/operations', 'localhost'), 400, { names: ['Host'] });
  });

  test('is not needed by HTTP/1.0', async () => {
    const answer = await raw(port, 'GET /health HTTP/1.0\r\n\r\n');

    // A name that is none of this machine's could not be refused without one.
    expectProblem(answer, 421);
    expect((await raw(port, 'GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n')).statusCode).toBe(
      200,
    );
  });
});

describe('the header Expect', () => {
  test.each(['nonsense', '200-ok', ''])('with %j is answered with 417', async (value) => {
    const request = `GET /api/operations HTTP/1.1\r\n${closing}Expect: ${value}\r\n\r\n`;

    expectProblem(await raw(port, request), 417, { names: ['Expect'] });
    const inMemory = await get(server, '/api/operations', {
      headers: { host: 'localhost', expect: value },
    });
    expectProblem(inMemory, 417, { names: ['Expect'] });
  });

  test('with 100-continue is done', async () => {
    const text = `GET /health HTTP/1.1\r\n${closing}Expect: 100-Continue\r\nContent-Length: 1\r\n\r\nx`;
    const socket = await open(port);
    socket.write(text);
    const [first, ...rest] = (await readToEnd(socket)).split('\r\n\r\n');

    expect(first).toBe('HTTP/1.1 100 Continue');
    expect(parsed(rest.join('\r\n\r\n')).statusCode).toBe(200);
  });
});

describe('a body in pieces', () => {
  const piece = `1000\r\n${'x'.repeat(4096)}\r\n`;
  const chunked = (method: string, url: string, pieces: number) =>
    `${method} ${url} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n${piece.repeat(pieces)}0\r\n\r\n`;

  test.each(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PROPFIND'])(
    'that is too long is answered with 413, with the method %s too',
    async (method) => {
      for (const url of ['/api/operations', '/nothing']) {
        for (const pieces of [5, 200]) {
          const answer = await raw(port, chunked(method, url, pieces));
          if (method === 'HEAD') expect(answer.statusCode).toBe(413);
          else expectProblem(answer, 413);
        }
      }
    },
  );

  test('that never ends is not waited for', async () => {
    const socket = await open(port);
    socket.write(
      'GET /api/operations HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    const more = setInterval(() => socket.write(piece), 5);
    const answer = parsed(await readToEnd(socket));
    clearInterval(more);

    expectProblem(answer, 413);
  });

  test('that is short is passed over', async () => {
    expect((await raw(port, chunked('GET', '/api/operations', 1))).statusCode).toBe(200);
    expectProblem(await raw(port, chunked('POST', '/api/operations', 1)), 405);
  });

  test.each(['zz\r\n', '-1\r\n', 'fffffffffffffffff\r\n', '1\r\nxy\r\n0\r\n\r\n'])(
    'that is none (%j) is answered with 400',
    async (body) => {
      const head = 'GET /health HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n';

      expectProblem(await raw(port, `${head}${body}`), 400);
    },
  );
});

test.each(['gzip', 'identity', 'gzip, chunked', 'chunked, chunked'])(
  'the header Transfer-Encoding with %j is answered with 400',
  async (encoding) => {
    const request = `POST /health HTTP/1.1\r\n${closing}Transfer-Encoding: ${encoding}\r\n\r\n0\r\n\r\n`;

    // Some of them Node refuses by itself.
    const answer = await raw(port, request);
    const { errors } = JSON.parse(answer.body) as { errors: { name: string }[] };
    expectProblem(answer, 400, { names: errors.map(({ name }) => name) });
  },
);

describe('bytes that are no request', () => {
  test.each([
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'GET / HTTP/9.9\r\nHost: localhost\r\n\r\n',
    'GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'GET / HTTP/1.1\r\nHost : localhost\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: localhost\r\nNo colon\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: abc\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999999\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: localhost\r\nX: a\u0000b\r\n\r\n',
    '\u0016\u0003\u0001\u0002\u0000\u0001',
  ])('are answered with 400: %j', async (request) => {
    expectProblem(await raw(port, Buffer.from(request, 'latin1')), 400);
  });

  test('behind requests that are some are answered after those', async () => {
    const one = 'GET /api/customers/1 HTTP/1.1\r\nHost: localhost\r\n\r\n';
    const socket = await open(port);
    socket.write(`${one}${one}nonsense\r\n\r\n`);
    const statuses = [...(await readToEnd(socket)).matchAll(/HTTP\/1\.1 (\d+) /g)];

    expect(statuses.map(([, status]) => status)).toEqual(['200', '200', '400']);
  });

  test('behind a request that closes the connection change nothing in its answer', async () => {
    const answer = await raw(
      port,
      `GET /api/customers/1 HTTP/1.1\r\n${closing}\r\nnonsense\r\n\r\n`,
    );

    expect(answer.statusCode).toBe(200);
  });
});

describe('what is too long', () => {
  test.each([8193, 20_000, 60_000])(
    'a URL of %i characters is answered with 414',
    async (length) => {
      for (const url of [`/${'a'.repeat(length - 1)}`, `/health?${'a'.repeat(length - 8)}`]) {
        expectProblem(await raw(port, `GET ${url} HTTP/1.1\r\n${closing}\r\n`), 414);
      }
    },
  );

  test('a URL of 8192 is none', async () => {
    const url = `/health?${'a'.repeat(8192 - 8)}`;

    expect((await raw(port, `GET ${url} HTTP/1.1\r\n${closing}\r\n`)).statusCode).toBe(200);
  });

  test.each([
    'X: '.padEnd(17_000, 'a'),
    `${'a: b\r\n'.repeat(3500)}c: d`,
    'X: '.padEnd(90_000, 'a'),
  ])('headers are answered with 431 (%#)', async (lines) => {
    expectProblem(await raw(port, `GET /health HTTP/1.1\r\n${closing}${lines}\r\n\r\n`), 431);
  });
});

describe('methods', () => {
  const others = METHODS.filter((method) => !['GET', 'HEAD', 'CONNECT'].includes(method));

  test.each([
    '/',
    '/api/operations',
    '/api/customers/17',
    '/api/customers/s%65gments',
    '/docs',
    '/docs/',
    '/redoc/',
    '/docs/static/x',
    '/dashboard',
    '/openapi.json',
    '/metrics',
    '*',
  ])('other than GET and HEAD are answered with 405 and Allow at %s', async (url) => {
    for (const method of others) {
      const answer = await raw(port, `${method} ${url} HTTP/1.1\r\n${closing}\r\n`);
      expectProblem(answer, 405);
      expect(answer.headers['allow'], method).toBe('GET, HEAD');
    }
  });

  test.each(['CONNECT localhost:80', 'CONNECT /', 'FOO /', 'get /', 'M-SEARCHX /'])(
    '%s too',
    async (line) => {
      const answer = await raw(port, `${line} HTTP/1.1\r\n${closing}\r\n`);

      expectProblem(answer, line.startsWith('get') ? 400 : 405);
      if (!line.startsWith('get')) expect(answer.headers['allow']).toBe('GET, HEAD');
    },
  );

  test('of paths that are not there are answered with 404', async () => {
    for (const method of others) {
      expectProblem(await raw(port, `${method} /nothing HTTP/1.1\r\n${closing}\r\n`), 404);
    }
  });

  test('OPTIONS of a page that may ask is answered, and no other', async () => {
    const preflight = (headers: Record<string, string>) =>
      server.app.inject({
        method: 'OPTIONS',
        url: '/api/operations',
        headers: { host: 'localhost', ...headers },
      });
    const origin = 'https://shop.example';

    expect((await preflight({ origin, 'access-control-request-method': 'GET' })).statusCode).toBe(
      204,
    );
    expectProblem(await preflight({ origin }), 405);
    expectProblem(await preflight({ 'access-control-request-method': 'GET' }), 405);
    expectProblem(
      await preflight({ origin: 'https://evil.example', 'access-control-request-method': 'GET' }),
      405,
    );
  });
});

describe('a slash too many', () => {
  // FastAPI, which the replaced service ran on: 307, the query kept, whatever the method.
  test.each([
    ['/api/operations/', '/api/operations'],
    ['/api/operations///', '/api/operations'],
    ['/api/sales/daily/?days=3&limit=2', '/api/sales/daily?days=3&limit=2'],
    ['/api/sales/daily/?next=/x/', '/api/sales/daily?next=/x/'],
    ['/api/customers/17/', '/api/customers/17'],
    ['/api/customers/segments/', '/api/customers/segments'],
    ['/api/customers/segments/At%20Risk/', '/api/customers/segments/At%20Risk'],
    ['/health/', '/health'],
    ['/health/ready/', '/health/ready'],
    ['/openapi.json/', '/openapi.json'],
    ['/dashboard/', '/dashboard'],
  ])('%s leads to %s', async (url, place) => {
    for (const method of ['GET', 'HEAD', 'POST'] as const) {
      const answer = await server.app.inject({ method, url, headers: { host: 'localhost' } });
      expect([answer.statusCode, answer.headers['location']]).toEqual([307, place]);
    }
  });

  test.each([
    '/nothing/',
    '/api/customers/',
    '/api/products//',
    '//',
    '//evil.example/',
    '//evil.example/..',
    '/api//operations/',
    '/api/operations%2f',
    '/api/operations%2F/',
  ])('%s leads nowhere', async (url) => {
    expectProblem(await get(server, url, { headers: { host: 'localhost' } }), 404);
  });

  test('of the pages is no matter', async () => {
    for (const page of ['/docs', '/redoc']) {
      const [bare, slash] = [
        await get(server, page, { headers: { host: 'localhost' } }),
        await get(server, `${page}/`, { headers: { host: 'localhost' } }),
      ];
      expect([bare.statusCode, slash.statusCode]).toEqual([200, 200]);
      // Swagger UI's files are named as seen from where the page is.
      expect(slash.body.replaceAll('"./', '"/docs/')).toBe(bare.body.replaceAll('"./', '"/docs/'));
    }
  });
});

describe('If-None-Match: *', () => {
  test.each([
    '/',
    '/health',
    '/health/ready',
    '/api/operations',
    '/api/customers/1',
    '/api/builds',
    '/openapi.json',
    '/dashboard',
  ])('asks for nothing as long as there is an answer: %s', async (url) => {
    for (const method of ['GET', 'HEAD'] as const) {
      const headers = { host: 'localhost', 'if-none-match': '*' };
      const answer = await server.app.inject({ method, url, headers });
      expect([answer.statusCode, answer.body]).toEqual([304, '']);
      expect(answer.headers['content-type']).toBeUndefined();
    }
  });

  test.each([
    ['/api/customers/99', 404],
    ['/api/sales/summary?days=0', 422],
    ['/nothing', 404],
  ])('changes nothing of %s', async (url, status) => {
    const headers = { host: 'localhost', 'if-none-match': '*' };
    const answer = await get(server, url, { headers });

    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toContain('problem+json');
  });
});

test.each([
  ['range', 'bytes=99999999-'],
  ['range', 'bytes=x'],
  ['if-match', '"other"'],
  ['if-unmodified-since', 'Thu, 01 Jan 1970 00:00:00 GMT'],
])('files that are refused for %s: %s have the shape of all errors', async (name, value) => {
  for (const url of ['/docs/static/swagger-ui.css', '/redoc/redoc.standalone.js', '/dashboard']) {
    const answer = await get(server, url, { headers: { host: 'localhost', [name]: value } });
    if (answer.statusCode >= 400) expectProblem(answer, answer.statusCode);
  }
});

test('every refusal that is logged has its route and no more', () => {
  expect(log.join('')).not.toMatch(/next=|evil\.example|segments\/At|a{20}/);
});
