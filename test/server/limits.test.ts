import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BuildReader } from '../../src/server/store/build-reader.js';
import { expectProblem, get, PublishedShop } from './support.js';

const shop = new PublishedShop();

beforeAll(() => shop.publish());

afterAll(() => shop.remove());

/** Runs for minutes unless it is stopped. */
const endless = 'select sum(a.range * b.range % 7) from range(10000000) as a, range(10000000) as b';

const ask = (build: BuildReader) => build.query(endless);

describe('a query', () => {
  test('that takes too long is really stopped, and its connection works on', async () => {
    const store = await shop.store({ connections: 1, timeLimit: 150 });
    const started = Date.now();
    await expect(store.use(ask)).rejects.toMatchObject({ statusCode: 503 });

    expect(Date.now() - started).toBeLessThan(3000);
    expect(store.load).toMatchObject({ running: 0, waiting: 0 });
    expect(await store.use((build) => build.query('select 42')).then(({ rows }) => rows)).toEqual([
      [42],
    ]);
  });

  test('waits for a connection, and the first that does not fit into the queue is refused', async () => {
    const store = await shop.store({ connections: 1, queue: 2 });
    await store.use(async (build) => {
      let end = (): void => undefined;
      const running = build.read(() => new Promise<void>((resolve) => (end = resolve)));
      await new Promise((done) => setTimeout(done, 20));
      const waiting = [1, 2].map((n) => build.query(`select ${n}`));
      expect(build.load).toEqual({ running: 1, waiting: 2 });
      await expect(build.query('select 3')).rejects.toMatchObject({
        statusCode: 503,
        headers: { 'retry-after': '1' },
      });
      end();
      await running;

      expect(await Promise.all(waiting)).toMatchObject([{ rows: [[1]] }, { rows: [[2]] }]);
    });
  });

  test('that waits too long is refused, and leaves the queue', async () => {
    const store = await shop.store({ connections: 1, queue: 5, timeLimit: 200 });
    await store.use(async (build) => {
      const held = build.read(() => new Promise((done) => setTimeout(done, 500)));
      await expect(build.query('select 1')).rejects.toMatchObject({ statusCode: 503 });
      expect(build.load.waiting).toBe(0);
      await held;
    });
  });

  test('runs beside as many others as there are connections, and no more', async () => {
    const store = await shop.store({ connections: 2 });
    let most = 0;
    await store.use((build) =>
      Promise.all(
        Array.from({ length: 20 }, () =>
          build.read(async (connection) => {
            most = Math.max(most, build.load.running);
            await connection.query('select 1');
          }),
        ),
      ),
    );

    expect(most).toBe(2);
  });
});

test('a server whose queue is full answers 503 with Retry-After', async () => {
  const store = await shop.store({ connections: 1, queue: 0 });
  const server = await shop.server({ store });
  await store.use((build) =>
    build.read(async () => {
      const answer = await get(server, '/api/sales/summary');
      expectProblem(answer, 503);
      expect(answer.headers['retry-after']).toBe('1');
    }),
  );

  expect((await get(server, '/api/sales/summary')).statusCode).toBe(200);
});

test('requests are counted by address, and too many are refused with Retry-After', async () => {
  const server = await shop.server({ rateLimit: 3 });
  const ask = (remoteAddress: string) => get(server, '/api/operations', { remoteAddress });
  const statuses = [];
  for (let i = 0; i < 3; i++) statuses.push((await ask('192.0.2.1')).statusCode);
  const refused = await ask('192.0.2.1');

  expect(statuses).toEqual([200, 200, 200]);
  expectProblem(refused, 429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect((await ask('192.0.2.2')).statusCode).toBe(200);
  // Whoever looks after the server must get through.
  expect((await get(server, '/health', { remoteAddress: '192.0.2.1' })).statusCode).toBe(200);
});

test('unknown paths are counted too', async () => {
  const server = await shop.server({ rateLimit: 2 });
  for (let i = 0; i < 2; i++) expectProblem(await get(server, '/nothing'), 404);

  expectProblem(await get(server, '/nothing'), 429);
});
