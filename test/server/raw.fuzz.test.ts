import fc from 'fast-check';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Server } from '../../src/server/app.js';
import { listen } from '../../src/server/listen.js';
import { fuzzRuns } from '../helpers/fuzz-runs.js';
import { expectProblem, PublishedShop } from './support.js';
import { open } from './raw.js';

const shop = new PublishedShop();
let server: Server;
let port: number;

beforeAll(async () => {
  await shop.publish();
  server = await shop.server();
  await listen(server, { host: '127.0.0.1', port: 0 });
  port = (server.app.server.address() as AddressInfo).port;
});

afterAll(() => shop.remove());

/** What comes back when these bytes are all that is ever sent. */
async function answerTo(request: string): Promise<string> {
  const socket = await open(port);
  const pieces: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => pieces.push(chunk));
  socket.on('error', () => undefined);
  socket.end(Buffer.from(request, 'latin1'));
  if (!socket.closed) await once(socket, 'close');
  return Buffer.concat(pieces).toString('latin1');
}

const junk = fc.string({ unit: fc.nat(255).map((n) => String.fromCharCode(n)), maxLength: 40 });
const method = fc.oneof(
  { weight: 4, arbitrary: fc.constant('GET') },
  { weight: 2, arbitrary: fc.constantFrom('POST', 'PUT', 'DELETE') },
  fc.constantFrom('OPTIONS', 'TRACE', 'CONNECT', 'PRI', 'get', 'X', ''),
  junk,
);
const target = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('/health', '/api/operations', '/api/customers/1', '/nothing', '/%'),
  },
  fc.constantFrom('*', '', '//', ' '),
  fc.constantFrom('http://localhost/health', 'http://', '//x', 'localhost:80', '/health?a=1#b'),
  fc.tuple(fc.constant('/'), junk).map(([slash, rest]) => `${slash}${rest}`),
);
const version = fc.oneof(
  { weight: 9, arbitrary: fc.constant('HTTP/1.1') },
  fc.constantFrom('HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', 'http/1.1', 'HTTP/', ''),
);
/** Most of them are in order: one that is not ends the request before anything else of it is looked at. */
const header = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      'Content-Length: 0',
      'Expect: 100-continue',
      'Expect: x',
      'Connection: close',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Upgrade: h2c',
      '__proto__: x',
      'constructor: x',
      'If-None-Match: *',
      'Range: bytes=0-0',
    ),
  },
  fc.constantFrom(
    'Host: localhost',
    'Host: ',
    'Content-Length: 5',
    'Content-Length: -1',
    'Content-Length: 1, 2',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: x',
    ' folded',
    ': x',
  ),
  fc
    .tuple(fc.constantFrom('Accept', 'Accept-Encoding', 'X-API-Key', 'X', 'Origin', 'Host'), junk)
    .map(([name, value]) => `${name}: ${value}`),
  junk,
);
const lineEnd = fc.oneof(
  { weight: 19, arbitrary: fc.constant('\r\n') },
  fc.constantFrom('\n', '\r', ''),
);
const body = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  fc.constantFrom('0\r\n\r\n', '5\r\nhello\r\n0\r\n\r\n', 'hello', 'zz\r\n', 'fffffffff\r\n'),
  junk,
);
const request = fc
  .record({
    method,
    target,
    version,
    host: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
    headers: fc.array(header, { maxLength: 4 }),
    lineEnd,
    last: lineEnd,
    body,
  })
  .map((of) => {
    const lines = [
      `${of.method} ${of.target} ${of.version}`,
      ...(of.host ? ['Host: localhost'] : []),
      ...of.headers,
    ];
    return `${lines.join(of.lineEnd)}${of.lineEnd}${of.last}${of.body}`;
  });

test('no bytes give an error of the server, and each refusal has our shape', async () => {
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(fc.oneof({ weight: 8, arbitrary: request }, junk), async (bytes) => {
      const answer = withoutContinue(await answerTo(bytes));
      // Whoever ends before the answer may get none, and be told to continue all the same.
      if (answer === '') return;
      const [head = '', ...rest] = answer.split('\r\n\r\n');
      const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      expect(status, JSON.stringify(bytes)).toBeGreaterThanOrEqual(200);
      expect(status, JSON.stringify(bytes)).toBeLessThan(500);
      if (status < 400) return;
      expect(head, JSON.stringify(bytes)).toMatch(
        /^content-type: application\/problem\+json; charset=utf-8\r?$/im,
      );
      expect(head).not.toMatch(/^x-powered-by|^server:/im);
      expect(isProblem(rest.join('\r\n\r\n'), status), JSON.stringify([bytes, answer])).toBe(true);
    }),
    // With fewer, a status below could be missing by chance.
    { numRuns: Math.max(750, fuzzRuns(2500)) },
  );

  // The inputs are no use where all of them are refused at the first byte.
  for (const status of [200, 400, 404, 405, 417]) expect(statuses.get(status)).toBeGreaterThan(0);
  expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
});

function withoutContinue(answer: string): string {
  return answer.replace(/^(?:HTTP\/1\.1 100 Continue\r\n\r\n)+/, '');
}

/** The body of the first answer: more of them may follow it. */
function isProblem(text: string, status: number): boolean {
  const [first = ''] = text.split(/(?<=\})HTTP\/1\.1 /);
  // To HEAD nothing is said but the head.
  if (first === '') return true;
  const answer = {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
    },
    body: first,
  };
  const { errors } = JSON.parse(first) as { errors: { name: string }[] };
  expectProblem(answer, status, { names: errors.map(({ name }) => name) });
  return true;
}
