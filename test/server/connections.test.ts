import type { AddressInfo } from 'node:net';
import { get as httpGet, Agent } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Server } from '../../src/server/app.js';
import { listen, socketHandedOver, stop } from '../../src/server/listen.js';
import type { ServerOptions } from '../../src/server/options.js';
import { open, raw, readToEnd } from './raw.js';
import { expectProblem, PublishedShop } from './support.js';

const shop = new PublishedShop();

beforeAll(() => shop.publish());

afterAll(() => shop.remove());

async function listening(limits: ServerOptions['limits'] = {}): Promise<{
  server: Server & { store: Awaited<ReturnType<PublishedShop['store']>> };
  port: number;
}> {
  const server = await shop.server({ limits });
  await listen(server, { host: '127.0.0.1', port: 0 });
  return { server, port: (server.app.server.address() as AddressInfo).port };
}

describe('a connection', () => {
  test('with headers that are too large is answered with 431 and closed', async () => {
    const { port } = await listening();
    const answer = await raw(
      port,
      `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`,
    );

    expectProblem(answer, 431);
  });

  test.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['a header in two lines', 'GET / HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b: c\r\n\x00\r\n\r\n'],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx',
    ],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['no Host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
  ])('that sends %s is answered with 400 and closed', async (what, request) => {
    const { port } = await listening();

    expectProblem(await raw(port, request), 400, { names: what === 'no Host' ? ['Host'] : [] });
  });

  test('with a method that is none is answered with 405 and closed', async () => {
    const { port } = await listening();
    const answer = await raw(port, 'FOO / HTTP/1.1\r\nHost: localhost\r\n\r\n');

    expectProblem(answer, 405);
    expect(answer.headers['allow']).toBe('GET, HEAD');
  });

  test('that does not finish its headers is answered with 408 and closed', async () => {
    const { port } = await listening({ arrival: 300 });
    const started = Date.now();

    expectProblem(await raw(port, 'GET / HTTP/1.1\r\nHost: localhost\r\nX: '), 408);
    expect(Date.now() - started).toBeLessThan(5000);
  });

  test('that sends its body a byte at a time is closed in time', async () => {
    const { port } = await listening({ arrival: 300 });
    const socket = await open(port);
    socket.write(
      'POST /api/operations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999\r\n\r\n',
    );
    const drip = setInterval(() => socket.write('x'), 50);
    const started = Date.now();
    await readToEnd(socket);
    clearInterval(drip);

    expect(Date.now() - started).toBeLessThan(5000);
  });

  test('that says nothing is closed in time', async () => {
    const { port } = await listening({ arrival: 300, silence: 300 });
    const started = Date.now();
    await readToEnd(await open(port));

    expect(Date.now() - started).toBeLessThan(5000);
  });

  test('with a body that is too long is answered before the body has come', async () => {
    const { port } = await listening();
    const answer = await raw(
      port,
      'GET /api/operations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\nx',
    );

    expectProblem(answer, 413);
  });

  test('is one of so many, and one more is not taken', async () => {
    const { port } = await listening({ connections: 2 });
    const sockets = [await open(port), await open(port)];
    const refused = await raw(
      port,
      'GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    );

    expect(refused.statusCode).toBeNaN();
    for (const socket of sockets) socket.destroy();
  });
});

describe('a server that is told to stop', () => {
  test('answers what it was asked, says that it is about to stop, and takes nothing new', async () => {
    const { server, port } = await listening();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    let end = (): void => undefined;
    const held = server.store.use((build) =>
      Promise.all(
        [1, 2, 3].map(() =>
          build.read(
            () =>
              new Promise<void>(
                (resolve) =>
                  (end = ((before) => () => {
                    before();
                    resolve();
                  })(end)),
              ),
          ),
        ),
      ),
    );
    await new Promise((done) => setTimeout(done, 50));
    const answer = new Promise<{ status: number; connection: string; body: string }>(
      (resolve, reject) => {
        httpGet({ port, host: '127.0.0.1', path: '/api/sales/summary', agent }, (response) => {
          let body = '';
          response.on('data', (chunk: Buffer) => (body += chunk.toString()));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              connection: String(response.headers.connection),
              body,
            }),
          );
        }).on('error', reject);
      },
    );
    await new Promise((done) => setTimeout(done, 100));
    server.announceStop();
    const ready = await server.app.inject({ url: '/health/ready' });
    const stopped = stop(server, 5000);
    await new Promise((done) => setTimeout(done, 50));
    await expect(open(port)).rejects.toThrow(/ECONNREFUSED/);
    end();
    await held;

    expectProblem(ready, 503);
    expect(await answer).toMatchObject({
      status: 200,
      body: expect.stringContaining('"days_analyzed":5') as unknown,
    });
    await stopped;
    agent.destroy();
  });

  test('cuts off whoever does not come to an end', async () => {
    const { server, port } = await listening();
    const socket = await open(port);
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nX: ');
    await new Promise((done) => setTimeout(done, 50));
    const started = Date.now();
    await Promise.all([readToEnd(socket), stop(server, 200)]);

    expect(Date.now() - started).toBeLessThan(3000);
  });
});

test('a socket is handed over to the process that it is meant for', () => {
  expect(socketHandedOver({ LISTEN_FDS: '1' }, 7)).toBe(3);
  expect(socketHandedOver({ LISTEN_FDS: '1', LISTEN_PID: '7' }, 7)).toBe(3);
  expect(socketHandedOver({ LISTEN_FDS: '1', LISTEN_PID: '8' }, 7)).toBeNull();
  expect(socketHandedOver({ LISTEN_FDS: '0' }, 7)).toBeNull();
  expect(socketHandedOver({ LISTEN_FDS: 'x' }, 7)).toBeNull();
  expect(socketHandedOver({}, 7)).toBeNull();
});
