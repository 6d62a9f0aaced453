import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AnswerCache, type CachedAnswer } from '../../src/server/answer/answer-cache.js';
import { ask, jsonAnswer, jsonRows } from '../../src/metrics/answer.js';
import { salesDaily, salesSummary } from '../../src/metrics/definitions/sales.js';
import { expectProblem, get, PublishedShop } from './support.js';

const shop = new PublishedShop();

beforeAll(() => shop.publish());

afterAll(() => shop.remove());

const answerOf = (text: string): CachedAnswer => ({
  body: Buffer.from(text),
  type: 'application/json',
  headers: {},
});

describe('an answer', () => {
  test('is asked of the database once, and then kept', async () => {
    const server = await shop.server();
    const metrics = async (): Promise<string> => (await get(server, '/metrics')).body;
    for (let i = 0; i < 3; i++) await get(server, '/api/operations');

    expect(await metrics()).toContain('techstore_answers_total{from="miss"} 1');
    expect(await metrics()).toContain('techstore_answers_total{from="hit"} 2');
  });

  test('is computed once for a burst of the same question', async () => {
    const server = await shop.server();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => get(server, '/api/sales/trends')),
    );

    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    const { body } = await get(server, '/metrics');
    expect(body).toContain('techstore_answers_total{from="miss"} 1');
    expect(body).toContain('techstore_answers_total{from="shared"} 49');
  });

  test('is the same whether a default is written out, and whatever else is in the query', async () => {
    const server = await shop.server();
    const urls = ['/api/sales/daily', '/api/sales/daily?limit=365&days=30', '/api/sales/daily?_=1'];
    const tags = [];
    for (const url of urls) tags.push((await get(server, url)).headers['etag']);

    expect(new Set(tags).size).toBe(1);
    expect((await get(server, '/metrics')).body).toContain('{from="miss"} 1');
  });

  test('that did not change is not sent again', async () => {
    const server = await shop.server();
    const first = await get(server, '/api/operations');
    const tag = String(first.headers['etag']);
    const strong = tag.replace('W/', '');
    for (const known of [tag, strong, `"other", ${tag}`]) {
      const again = await get(server, '/api/operations', { headers: { 'if-none-match': known } });
      expect(again.statusCode).toBe(304);
      expect(again.body).toBe('');
      expect(again.headers['etag']).toBe(tag);
      expect(again.headers['cache-control']).toBe('no-cache');
      expect(again.headers['content-type']).toBeUndefined();
    }
    for (const unknown of ['"other"', '', `${tag}x`, tag.replaceAll('"', ''), `"a, ${tag}`]) {
      const again = await get(server, '/api/operations', { headers: { 'if-none-match': unknown } });
      expect(again.statusCode).toBe(200);
    }
  });

  test('has another tag for each form, each question and each version of the program', async () => {
    const server = await shop.server();
    const urls = [
      '/api/operations',
      '/api/operations?format=csv',
      '/api/sales/daily',
      '/api/sales/daily?days=2',
    ];
    const tags = [];
    for (const url of urls) tags.push((await get(server, url)).headers['etag']);
    const newer = await shop.server({ version: '0.2.0' });
    tags.push((await get(newer, '/api/operations')).headers['etag']);

    expect(new Set(tags).size).toBe(5);
  });

  test('may be kept by clients that ask each time whether it still holds', async () => {
    const server = await shop.server();
    const answer = await get(server, '/api/operations');

    expect(answer.headers['cache-control']).toBe('no-cache');
    expect(answer.headers['vary']).toMatch(/\bAccept\b/i);
  });

  test('is compressed for those who take it', async () => {
    const server = await shop.server();
    const plain = await get(server, '/api/customers/1');
    expect(plain.headers['content-encoding']).toBeUndefined();
    const decode = { gzip: gunzipSync, br: brotliDecompressSync } as const;
    for (const encoding of ['gzip', 'br'] as const) {
      const answer = await get(server, '/api/customers/1', {
        headers: { 'accept-encoding': encoding },
      });
      expect(answer.headers['content-encoding']).toBe(encoding);
      expect(answer.headers['vary']).toMatch(/accept-encoding/i);
      expect(answer.headers['etag']).toBe(plain.headers['etag']);
      expect(decode[encoding](answer.rawPayload).toString()).toBe(plain.body);
    }
  });
});

describe('the cache', () => {
  test('stays within its bytes and forgets what was longest not asked for', async () => {
    const cache = new AnswerCache(10_000);
    const kept = (key: string) => cache.find(key) !== undefined;
    for (const key of ['a', 'b', 'c']) await cache.get(key, async () => answerOf('x'.repeat(2500)));
    await cache.get('a', async () => answerOf('never'));
    await cache.get('d', async () => answerOf('x'.repeat(2500)));

    expect(['a', 'b', 'c', 'd'].map(kept)).toEqual([true, false, true, true]);
    expect(cache.bytes).toBeLessThanOrEqual(10_000);
  });

  test('keeps nothing that is larger than itself, and nothing at all with no bytes', async () => {
    for (const cache of [new AnswerCache(1000), new AnswerCache(0)]) {
      const { answer } = await cache.get('a', async () => answerOf('x'.repeat(2000)));
      expect(answer.body).toHaveLength(2000);
      expect(cache.entries).toBe(0);
    }
  });

  test('does not keep a failure, and tells it to all who wait', async () => {
    const cache = new AnswerCache(1000);
    let asked = 0;
    const fails = async (): Promise<CachedAnswer> => {
      asked += 1;
      throw new Error('not today');
    };
    const all = await Promise.allSettled([cache.get('a', fails), cache.get('a', fails)]);

    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(asked).toBe(1);
    expect((await cache.get('a', async () => answerOf('now'))).state).toBe('miss');
  });
});

test('pages of any size are cut out of one list, and are what each would be by itself', async () => {
  const server = await shop.server();
  const asked: string[] = [];
  const { store } = server;
  await store.use(async (build) => {
    const read = build.read.bind(build);
    build.read = (work) => {
      asked.push('query');
      return read(work);
    };
    const sizes = [3, 1, 2, 100];
    const pages = [];
    for (const limit of sizes) {
      pages.push(await get(server, `/api/customers/top-customers?limit=${limit}`));
    }
    const ids = pages.map((page) =>
      page.json<{ customer_id: unknown }[]>().map((row) => row.customer_id),
    );

    expect(ids).toEqual([
      ['9007199254740993', 1, 2],
      ['9007199254740993'],
      ['9007199254740993', 1],
      ['9007199254740993', 1, 2, 3],
    ]);
    expect(pages.map(({ headers }) => headers['link'] !== undefined)).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(asked).toHaveLength(1);
  });
});

describe('the sales of every number of days', () => {
  test('are asked for by day at once, and are what each would be by itself', async () => {
    // A day is missing, as in a table that another program made.
    const gaps = new PublishedShop();
    try {
      await gaps.publish("delete from gold_sales_metrics where sale_date = '2024-12-01'");
      const server = await gaps.server();
      const tables = { engine: 'duckdb', database: 'shop', schema: 'main' } as const;
      await server.store.use(async (build) => {
        const read = build.read.bind(build);
        let asked = 0;
        build.read = (work) => {
          asked += 1;
          return read(work);
        };
        const dates: unknown[] = [];
        for (const days of [1, 2, 3, 4, 5, 365]) {
          const { body } = await get(server, `/api/sales/daily?days=${days}`);
          const { data } = JSON.parse(body) as { data: { sale_date: string }[] };
          const alone = await read((connection) => ask(connection, tables, salesDaily, { days }));
          expect(data).toEqual(jsonRows(salesDaily, alone.rows));
          dates.push(data.map(({ sale_date: date }) => date.slice(-2)).join(' '));
        }
        expect(asked).toBe(1);
        expect(dates).toEqual(['02', '02', '30 02', '29 30 02', '28 29 30 02', '28 29 30 02']);
      });
    } finally {
      await gaps.remove();
    }
  });

  test('are asked for in total at once, and are what each would be by itself', async () => {
    const server = await shop.server();
    let asked = 0;
    await server.store.use(async (build) => {
      const read = build.read.bind(build);
      const answers = [];
      build.read = (work) => {
        asked += 1;
        return read(work);
      };
      for (let days = 1; days <= 365; days++) {
        const { body } = await get(server, `/api/sales/summary?days=${days}`);
        answers.push(JSON.parse(body) as unknown);
      }
      expect(asked).toBe(1);
      const alone = await read(async (connection) => {
        const rows = [];
        const tables = { engine: 'duckdb', database: 'shop', schema: 'main' } as const;
        for (let days = 1; days <= 365; days++) {
          const { rows: one } = await ask(connection, tables, salesSummary, { days });
          rows.push(jsonAnswer(salesSummary, one));
        }
        return rows;
      });
      expect(answers).toEqual(alone);
      expect(answers[2]).toEqual({
        days_analyzed: 3,
        total_revenue: 0.05,
        total_orders: 2,
        avg_daily_revenue: 0.02,
        avg_order_value: 0.03,
      });
    });
  });

  test('are asked for one by one where not all of them fit their columns', async () => {
    const large = new PublishedShop();
    try {
      await large.publish(
        "update gold_sales_metrics set daily_revenue = 9999999999999999.99 where sale_date < '2024-12-01'",
      );
      const server = await large.server();
      const { body } = await get(server, '/api/sales/summary?days=2');

      expect(JSON.parse(body)).toMatchObject({ days_analyzed: 2, total_revenue: 0.02 });
      expectProblem(await get(server, '/api/sales/summary?days=5'), 500);
    } finally {
      await large.remove();
    }
  });
});
