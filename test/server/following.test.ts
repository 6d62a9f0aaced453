import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ServedBuilds } from '../../src/server/store/served-builds.js';
import { makeTables } from '../metrics/small-shop.js';
import { expectProblem, get, PublishedShop } from './support.js';

let shop: PublishedShop;

beforeEach(() => {
  shop = new PublishedShop();
});

afterEach(() => shop.remove());

/** Rows whose every figure says which build they are of. */
const figure = (n: number): string => `
  update gold_sales_metrics set daily_revenue = ${n}, daily_orders = ${n}, monthly_revenue = ${n}`;

async function waitFor(condition: () => boolean): Promise<void> {
  const end = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error('It did not happen.');
    await new Promise((done) => setTimeout(done, 5));
  }
}

const serves = (store: ServedBuilds, id: string) => () => store.current?.facts.id === id;

describe('a server', () => {
  test('serves a new build by itself, and an old one after a rollback', async () => {
    const first = await shop.publish(figure(1));
    const server = await shop.server();
    const before = await get(server, '/api/sales/summary');
    const second = await shop.publish(figure(2));
    await waitFor(serves(server.store, second));
    const after = await get(server, '/api/sales/summary');
    await shop.builds.rollback({ command: 'techstore builds rollback' });
    await waitFor(serves(server.store, first));
    const again = await get(server, '/api/sales/summary');

    expect([before, after, again].map(({ headers }) => headers['x-build'])).toEqual([
      first,
      second,
      first,
    ]);
    expect(
      [before, after, again].map((a) => a.json<{ total_revenue: number }>().total_revenue),
    ).toEqual([5, 10, 5]);
    expect(after.headers['etag']).not.toBe(before.headers['etag']);
    expect(again.headers['etag']).toBe(before.headers['etag']);
  });

  test('tells whoever polls its readiness that nothing is new, until a build is published', async () => {
    const first = await shop.publish();
    const server = await shop.server();
    const poll = (tag?: string) =>
      get(server, '/health/ready', tag === undefined ? {} : { headers: { 'if-none-match': tag } });
    const before = await poll();
    const tag = String(before.headers['etag']);
    const same = await poll(tag);
    const second = await shop.publish();
    await waitFor(serves(server.store, second));
    const after = await poll(tag);

    expect([before.statusCode, same.statusCode, after.statusCode]).toEqual([200, 304, 200]);
    expect(same.body).toBe('');
    expect([before, after].map((a) => a.json<{ build: string }>().build)).toEqual([first, second]);
  });

  test('keeps only the served build open', async () => {
    await shop.publish();
    const server = await shop.server();
    for (let i = 0; i < 3; i++) await waitFor(serves(server.store, await shop.publish()));

    await waitFor(() => server.store.load.openBuilds === 1);
  });

  test('answers a question to its end from the build that it began with', async () => {
    const first = await shop.publish(figure(1));
    const store = await shop.store();
    let publishAndGoOn = (): void => undefined;
    const published = new Promise<void>((resolve) => (publishAndGoOn = resolve));
    const asked = store.use(async (build) => {
      const before = await build.query('select sum(daily_revenue) from gold_sales_metrics');
      await published;
      const after = await build.query('select sum(daily_revenue) from gold_sales_metrics');
      return [build.facts.id, before.rows, after.rows];
    });
    const second = await shop.publish(figure(2));
    await waitFor(serves(store, second));
    publishAndGoOn();

    expect(await asked).toEqual([first, [['5.00']], [['5.00']]]);
    await waitFor(() => store.load.openBuilds === 1);
  });

  test('starts before anything is published, and serves the first build when it comes', async () => {
    const server = await shop.server();
    const none = await get(server, '/api/sales/summary');
    const notReady = await get(server, '/health/ready');
    const alive = await get(server, '/health');
    const id = await shop.publish();
    await waitFor(serves(server.store, id));

    expectProblem(none, 503);
    expect(none.headers['retry-after']).toBe('5');
    expect(none.headers['x-problem-code']).toBe('unpublished');
    expectProblem(notReady, 503);
    expect(alive.statusCode).toBe(200);
    expect((await get(server, '/api/sales/summary')).statusCode).toBe(200);
  });

  test('goes on with its build when the published file is taken away', async () => {
    const id = await shop.publish();
    const server = await shop.server();
    rmSync(shop.builds.publishedPath);
    await server.store.refresh();

    expect((await get(server, '/health/ready')).json()).toMatchObject({ build: id });
  });

  test('tells of a file that is no database, and goes on with its build', async () => {
    const id = await shop.publish();
    const troubles: unknown[] = [];
    const store = await shop.store({ onTrouble: (error) => troubles.push(error) });
    rmSync(shop.builds.publishedPath);
    writeFileSync(shop.builds.publishedPath, 'not a database'.repeat(2000));
    await store.refresh();

    expect(troubles[0]).toMatchObject({ code: 'database' });
    expect(store.current?.facts.id).toBe(id);
  });

  test('tells of a file that can not be served once, until it is another one', async () => {
    const id = await shop.publish();
    const troubles: unknown[] = [];
    const store = await shop.store({ onTrouble: (error) => troubles.push(error) });
    const { publishedPath } = shop.builds;
    rmSync(publishedPath);
    writeFileSync(publishedPath, 'not a database'.repeat(2000));
    for (let look = 0; look < 5; look++) await store.refresh();
    expect(troubles).toHaveLength(1);

    writeFileSync(publishedPath, 'not a database either'.repeat(2000));
    for (let look = 0; look < 5; look++) await store.refresh();
    expect(troubles).toHaveLength(2);

    rmSync(publishedPath);
    mkdirSync(publishedPath);
    for (let look = 0; look < 5; look++) await store.refresh();
    expect(troubles).toHaveLength(3);
    expect(store.current?.facts.id).toBe(id);
  });

  test.each(['foreign', 'gone'])(
    'says that what it serves is %s, and recovers when a build is published',
    async (what) => {
      const { openDuckDB } = await import('../../src/engine/duckdb/index.js');
      const engine = await openDuckDB({ path: shop.builds.publishedPath, catalog: 'shop' });
      const connection = await engine.connect();
      if (what === 'foreign') await connection.run('create table other as select 1 as one');
      else await makeTables(connection);
      await engine.close();
      const server = await shop.server();
      if (what === 'gone') rmSync(shop.builds.publishedPath);
      for (const url of ['/health/ready', '/api/operations', '/api/customers/1']) {
        const answer = await get(server, url);
        expectProblem(answer, 503);
        expect(answer.headers['retry-after']).toBe('5');
      }
      if (what === 'foreign') await shop.close();
      const id = await shop.publish();
      const after = what === 'foreign' ? await shop.server() : server;
      await waitFor(serves(after.store, id));

      expect((await get(after, '/health/ready')).json()).toMatchObject({ build: id });
      expect((await get(after, '/api/operations')).statusCode).toBe(200);
    },
  );

  test('serves a file that no build made', async () => {
    const { openDuckDB } = await import('../../src/engine/duckdb/index.js');
    const engine = await openDuckDB({ path: shop.builds.publishedPath, catalog: 'shop' });
    await makeTables(await engine.connect());
    await engine.close();
    const server = await shop.server();

    const answer = await get(server, '/api/operations');
    expect(answer.json()).toMatchObject({
      meta: { build: expect.stringMatching(/^file-/) as unknown },
    });
  });

  test('can neither write to the build nor read another file', async () => {
    await shop.publish();
    const store = await shop.store();
    const run = (sql: string) => store.use((build) => build.query(sql));

    await expect(run('delete from gold_sales_metrics')).rejects.toThrow(/read-only/);
    await expect(run(`select * from read_csv('/etc/passwd')`)).rejects.toThrow(/disabled/);
    await expect(run('set enable_external_access = true')).rejects.toThrow();
  });
});

describe('pages', () => {
  /** The path of the next page. */
  const nextOf = (answer: { headers: Record<string, unknown> }): string | null =>
    /^<(.+)>; rel="next"$/.exec(String(answer.headers['link']))?.[1] ?? null;

  const lists: readonly (readonly [url: string, key: string, all: number])[] = [
    ['/api/customers/top-customers?limit=1', 'customer_id', 4],
    ['/api/customers/segments/VIP?limit=1', 'customer_id', 2],
    ['/api/products/best-sellers?limit=1', 'product_id', 3],
    ['/api/products/low-stock?limit=1', 'product_id', 4],
    ['/api/sales/trends?months=1', 'sale_date', 2],
    ['/api/sales/daily?limit=2', 'sale_date', 5],
  ];

  test.each(lists)('%s gives each row once, in order', async (url, key, all) => {
    await shop.publish();
    const server = await shop.server();
    const wide = await get(server, url.replace(/(limit|months)=\d+/, '$1=20'));
    const keysOf = (answer: { json: () => unknown }): unknown[] => {
      const body = answer.json() as { data: Record<string, unknown>[] } | Record<string, unknown>[];
      return (Array.isArray(body) ? body : body.data).map((row) => row[key]);
    };
    const seen: unknown[] = [];
    for (let next: string | null = url; next !== null;) {
      const page = await get(server, next);
      expect(page.statusCode, page.body).toBe(200);
      seen.push(...keysOf(page));
      next = nextOf(page);
    }

    expect(seen).toHaveLength(all);
    expect(seen).toEqual(keysOf(wide));
  });

  test('go on in the build of the first page, when another one was published meanwhile', async () => {
    const first = await shop.publish(figure(1));
    const server = await shop.server();
    const page = await get(server, '/api/sales/daily?limit=3');
    const second = await shop.publish(figure(2));
    await waitFor(serves(server.store, second));
    const rest = await get(server, nextOf(page) ?? '');

    expect(rest.headers['x-build']).toBe(first);
    expect(rest.json()).toMatchObject({
      data: [
        { sale_date: '2024-12-01', daily_revenue: 1 },
        { sale_date: '2024-12-02', daily_revenue: 1 },
      ],
      meta: { build: first, continued_from: null, next_page: null },
    });
  });

  test('go on behind the last row in the served build when the first one is gone, and say so', async () => {
    const first = await shop.publish(figure(1));
    const server = await shop.server();
    const page = await get(server, '/api/sales/daily?limit=3');
    const bare = await get(server, '/api/customers/top-customers?limit=2');
    const second = await shop.publish(figure(2));
    await waitFor(serves(server.store, second));
    await shop.builds.prune({ command: 'techstore builds prune', keep: 1 });
    const rest = await get(server, nextOf(page) ?? '');
    const bareRest = await get(server, nextOf(bare) ?? '');

    expect(rest.json()).toMatchObject({
      data: [
        { sale_date: '2024-12-01', daily_revenue: 2 },
        { sale_date: '2024-12-02', daily_revenue: 2 },
      ],
      meta: { build: second, continued_from: first },
    });
    expect(bareRest.headers['x-continued-from']).toBe(first);
    expect(bareRest.json<{ customer_id: number }[]>().map((row) => row.customer_id)).toEqual([
      2, 3,
    ]);
  });

  test('of builds go on behind an id', async () => {
    const ids = [await shop.publish(), await shop.publish(), await shop.publish()].reverse();
    const server = await shop.server();
    const page = await get(server, '/api/builds?limit=2');
    const rest = await get(server, nextOf(page) ?? '');

    expect(page.json()).toMatchObject({ data: [{ build: ids[0] }, { build: ids[1] }] });
    expect(rest.json()).toMatchObject({
      data: [{ build: ids[2], state: 'kept' }],
      meta: { next_page: null },
    });
  });

  const noCursors = {
    'no JSON': Buffer.from('no').toString('base64url'),
    'another list': Buffer.from(
      JSON.stringify({ list: 'customers top', build: 'x', after: { sale_date: '2024-12-01' } }),
    ).toString('base64url'),
    'no such day': Buffer.from(
      JSON.stringify({ list: 'sales daily', build: 'x', after: { sale_date: '2024-02-31' } }),
    ).toString('base64url'),
    'no key': Buffer.from(JSON.stringify({ list: 'sales daily', build: 'x', after: {} })).toString(
      'base64url',
    ),
  };

  test.each(Object.entries(noCursors))('a cursor that is %s is refused', async (_what, cursor) => {
    await shop.publish();
    const server = await shop.server();

    expectProblem(await get(server, `/api/sales/daily?cursor=${cursor}`), 404);
  });

  test.each(['***', '', 'a'.repeat(401), 'a&cursor=b'])(
    '%s is no cursor at all',
    async (cursor) => {
      await shop.publish();
      const server = await shop.server();

      expectProblem(await get(server, `/api/sales/daily?cursor=${cursor}`), 422, {
        names: ['cursor'],
      });
    },
  );
});
