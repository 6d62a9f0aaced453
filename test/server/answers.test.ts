import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Server } from '../../src/server/app.js';
import { get, PublishedShop } from './support.js';

const shop = new PublishedShop();
let server: Server;
let build: string;

beforeAll(async () => {
  build = await shop.publish();
  server = await shop.server();
});

afterAll(() => shop.remove());

async function json(url: string): Promise<unknown> {
  const answer = await get(server, url);
  expect(answer.statusCode, answer.body).toBe(200);
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(answer.headers['x-build'] ?? build).toBe(build);
  return answer.json();
}

const meta = {
  as_of: '2024-12-02',
  target: 'dev',
  next_page: null,
  continued_from: null,
};

// Expected values are those that test/metrics/small-shop.ts puts into the tables.
describe('inherited endpoints', () => {
  test('GET / names what there is', async () => {
    expect(await json('/')).toEqual({
      message: 'TechStore Analytics API',
      version: '1.0.0',
      endpoints: expect.objectContaining({
        top_customers: '/api/customers/top-customers',
      }) as unknown,
      docs: '/docs',
    });
  });

  test('GET /health says that it lives', async () => {
    expect(await json('/health')).toEqual({ status: 'healthy' });
  });

  test('top customers are a bare array with the columns of the contract in their order', async () => {
    const rows = (await json('/api/customers/top-customers')) as Record<string, unknown>[];

    expect(rows.map((row) => row['customer_id'])).toEqual(['9007199254740993', 1, 2, 3]);
    expect(JSON.stringify(rows[3])).toBe(
      JSON.stringify({
        customer_id: 3,
        name: 'Ada 👩‍👩‍👧 Lovelace',
        email: 'ada@shop.example',
        city: 'London',
        country: 'UK',
        age_group: '25-34',
        customer_lifetime_stage: 'Veteran',
        total_orders: 4,
        total_revenue: 250,
        avg_order_value: 62.5,
        customer_segment: 'Regular',
        customer_lifetime_value: 200,
      }),
    );
  });

  test('a segment is found by its name, percent-encoded too', async () => {
    expect(await json('/api/customers/segments/At%20Risk')).toEqual([]);
    const prospects = await json('/api/customers/segments/%50rospect');
    expect(prospects).toEqual([
      expect.objectContaining({ customer_id: 5, email: 'none@shop.example' }),
    ]);
  });

  test('best sellers are Best Seller and Good, by revenue and then by id', async () => {
    const rows = (await json('/api/products/best-sellers')) as Record<string, unknown>[];

    expect(rows.map((row) => row['product_id'])).toEqual([10, 12, 13]);
    expect(JSON.stringify(rows[0])).toBe(
      JSON.stringify({
        product_id: 10,
        product_name: 'Lamp',
        category: 'Home',
        brand: null,
        current_price: 19.99,
        current_stock: 0,
        total_units_sold: 120,
        total_revenue: 2398.8,
        total_profit: 1198.8,
        sales_performance: 'Best Seller',
        avg_rating: 3.5,
        product_health_score: 7.6,
      }),
    );
  });

  test('low stock comes with its level, scarcest first', async () => {
    const rows = (await json('/api/products/low-stock')) as Record<string, unknown>[];

    expect(rows.map((row) => [row['product_id'], row['stock_level']])).toEqual([
      [10, 'Out of Stock'],
      [14, 'Out of Stock'],
      [11, 'Critical'],
      [12, 'Low'],
    ]);
  });

  test('the summary is one object', async () => {
    // 100.05 in 5 days and 4 orders; the last 3 days: 0.05 in 2 orders.
    expect(await json('/api/sales/summary')).toEqual({
      days_analyzed: 5,
      total_revenue: 100.05,
      total_orders: 4,
      avg_daily_revenue: 20.01,
      avg_order_value: 25.01,
    });
    expect(await json('/api/sales/summary?days=3')).toMatchObject({
      days_analyzed: 3,
      total_revenue: 0.05,
    });
  });

  test('trends are a row a month, latest first, with the names that older clients know', async () => {
    expect(JSON.stringify(await json('/api/sales/trends'))).toBe(
      JSON.stringify([
        {
          sale_date: '2024-12-01T00:00:00',
          daily_revenue: 0.02,
          daily_orders: 1,
          monthly_revenue: 0.02,
          mom_revenue_growth_percent: -99.98,
          monthly_orders: 1,
          monthly_customers: 1,
          monthly_aov: 0.02,
          is_complete_month: false,
        },
        {
          sale_date: '2024-11-01T00:00:00',
          daily_revenue: 100.03,
          daily_orders: 3,
          monthly_revenue: 100.03,
          mom_revenue_growth_percent: null,
          monthly_orders: 3,
          monthly_customers: 2,
          monthly_aov: 33.34,
          is_complete_month: true,
        },
      ]),
    );
  });
});

describe('new endpoints', () => {
  test('answer data and meta', async () => {
    expect(await json('/api/operations')).toEqual({
      data: [
        {
          report_date: '2024-12-02',
          period: 'Last 7 Days',
          period_days: 7,
          total_orders: 0,
          cancelled_orders: 0,
          cancellation_rate: 0,
          avg_delivery_days: null,
          on_time_delivery_rate: null,
          total_revenue: 0,
          gross_order_value: 0,
        },
        expect.objectContaining({ period_days: 30, cancellation_rate: 20 }),
      ],
      meta: { build, ...meta },
    });
  });

  test('segments are all seven, in the order of the contract', async () => {
    const { data } = (await json('/api/customers/segments')) as { data: { segment: string }[] };

    expect(data.map(({ segment }) => segment)).toEqual([
      'VIP',
      'Loyal',
      'New',
      'At Risk',
      'Lost',
      'Regular',
      'Prospect',
    ]);
  });

  test('daily sales are a row a day, oldest first', async () => {
    const { data } = (await json('/api/sales/daily?days=2')) as { data: unknown[] };

    expect(data).toEqual([
      {
        sale_date: '2024-12-01',
        daily_orders: 1,
        daily_customers: 1,
        daily_revenue: 0.02,
        daily_aov: 0.02,
        is_weekend: true,
      },
      expect.objectContaining({ sale_date: '2024-12-02', daily_revenue: 0, is_weekend: false }),
    ]);
  });

  test('a period is compared with the one before, the current one first', async () => {
    const { data } = (await json('/api/sales/comparison?days=3')) as { data: unknown[] };

    expect(data).toEqual([
      expect.objectContaining({ period: 'current', total_revenue: 0.05, customers: 5 }),
      expect.objectContaining({ period: 'previous', total_revenue: 100, days_analyzed: 2 }),
    ]);
  });

  test('a customer has profile, scores, orders, products and reviews', async () => {
    const { data } = (await json('/api/customers/1?limit=1')) as {
      data: Record<string, unknown>;
    };

    expect(Object.keys(data)).toEqual(['profile', 'scores', 'orders', 'products', 'reviews']);
    expect(data['profile']).toMatchObject({ customer_id: 1, phone: '+33 1' });
    expect(data['scores']).toMatchObject({ rfm_score: '555', total_revenue: 9000.01 });
    // Of two orders at the same instant the later id comes first; limit holds for every list.
    expect(data['orders']).toEqual([expect.objectContaining({ order_id: 101 })]);
    expect(data['reviews']).toHaveLength(1);
  });

  test('a customer whose id is past 2^53 is found by all of its digits', async () => {
    const { data } = (await json('/api/customers/9007199254740993')) as {
      data: { profile: unknown };
    };

    expect(data.profile).toMatchObject({ customer_id: '9007199254740993', name: 'Big Id' });
  });

  test('a product has profile, sales, orders and reviews', async () => {
    const { data } = (await json('/api/products/10')) as { data: Record<string, unknown> };

    expect(Object.keys(data)).toEqual(['profile', 'sales', 'orders', 'reviews']);
    expect(data['sales']).toMatchObject({ total_units_sold: 120, product_health_score: 7.6 });
  });

  test('builds come newest first, with their tests', async () => {
    expect(await json('/api/builds')).toEqual({
      data: [
        {
          build,
          state: 'published',
          started_at: expect.stringMatching(/Z$/) as unknown,
          finished_at: expect.stringMatching(/Z$/) as unknown,
          published_at: expect.stringMatching(/Z$/) as unknown,
          as_of: '2024-12-02',
          tables: 2,
          rows: 10,
          tests_passed: 1,
          tests_warned: 1,
          tests_failed: 0,
        },
      ],
      meta: { build, ...meta },
    });
  });

  test('readiness names the build, its date and its age', async () => {
    expect(await json('/health/ready')).toEqual({
      status: 'ready',
      build,
      as_of: '2024-12-02',
      target: 'dev',
      published_at: expect.stringMatching(/Z$/) as unknown,
      age_seconds: expect.any(Number) as unknown,
    });
  });
});

describe('CSV', () => {
  const lists = [
    '/api/customers/top-customers',
    '/api/customers/segments/VIP',
    '/api/customers/segments',
    '/api/products/best-sellers',
    '/api/products/low-stock',
    '/api/sales/trends',
    '/api/sales/daily',
    '/api/operations',
    '/api/builds',
    '/api/sources',
  ];

  test.each(lists)('%s has the same rows as JSON, by Accept and by format', async (url) => {
    const answer = await json(url);
    const rows = (Array.isArray(answer) ? answer : (answer as { data: unknown[] }).data) as Record<
      string,
      unknown
    >[];
    const byAccept = await get(server, url, { headers: { accept: 'text/csv' } });
    const byFormat = await get(server, `${url}?format=csv`);

    expect(byAccept.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(byFormat.body).toBe(byAccept.body);
    const records = parse<Record<string, string>>(byAccept.body, { columns: true });
    expect(records.map((record) => Object.keys(record))).toEqual(
      rows.map((row) => Object.keys(row)),
    );
    for (const [i, row] of rows.entries()) {
      for (const [name, value] of Object.entries(row)) {
        const text = records[i]?.[name];
        if (typeof value === 'number') expect(Number(text)).toBe(value);
      }
    }
  });

  test('carries every digit, and is safe to open in a spreadsheet', async () => {
    const { body } = await get(server, '/api/customers/top-customers?format=csv');

    expect(body).toContain('9007199254740993,Big Id,');
    expect(body).toContain('1234567890123456.78');
    expect(body).toContain(`'=HYPERLINK`);
  });

  test('a format in the query wins over Accept', async () => {
    const answer = await get(server, '/api/operations?format=json', {
      headers: { accept: 'text/csv' },
    });

    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  });

  test('a browser that takes anything gets JSON', async () => {
    const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
    const answer = await get(server, '/api/operations', { headers: { accept } });

    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  });
});

test('what could command a terminal is escaped in JSON', async () => {
  const { body } = await get(server, '/api/customers/1');

  expect(body).toContain('\\u001b[31mred\\u202e');
});

test('HEAD answers the headers alone', async () => {
  const full = await get(server, '/api/sales/summary');
  const head = await server.app.inject({ method: 'HEAD', url: '/api/sales/summary' });

  expect(head.statusCode).toBe(200);
  expect(head.body).toBe('');
  expect(head.headers['etag']).toBe(full.headers['etag']);
  expect(head.headers['content-length']).toBe(full.headers['content-length']);
});
