import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDuckDB, type DuckDBEngine } from '../../src/engine/duckdb/index.js';
import { jsonAnswer, jsonRows } from '../../src/metrics/answer.js';
import { queried } from '../../src/metrics/metrics.js';
import { answerSchema } from '../../src/metrics/schemas.js';
import { Asking, metricNamed } from './asking.js';
import { asOf, emptyTables, makeTables } from './small-shop.js';

let engine: DuckDBEngine;
let shop: Asking;
let emptyEngine: DuckDBEngine;
let empty: Asking;

beforeAll(async () => {
  engine = await openDuckDB({ path: null, catalog: 'shop' });
  shop = new Asking(await engine.connect(), 'shop');
  await makeTables(shop.connection);
  emptyEngine = await openDuckDB({ path: null, catalog: 'empty "shop"' });
  empty = new Asking(await emptyEngine.connect(), 'empty "shop"');
  await emptyTables(empty.connection);
});

afterAll(async () => {
  await engine.close();
  await emptyEngine.close();
});

async function json(name: string, given: Readonly<Record<string, unknown>> = {}) {
  return jsonAnswer(metricNamed(name), await shop.rows(name, given));
}

describe('customers', () => {
  test('with orders come by lifetime value, and of two with the same the smaller id first', async () => {
    const rows = await shop.rows('customers top');

    expect(rows.map(([id]) => id)).toEqual(['9007199254740993', '1', '2', '3']);
  });

  test('integers past 2^53 - 1 are text in JSON, money has 15 digits, a missing city is null', async () => {
    const [big, , formula] = (await json('customers top')) as Record<string, unknown>[];

    expect(big).toMatchObject({
      customer_id: '9007199254740993',
      total_orders: '9007199254740993',
      total_revenue: Number('1234567890123456.78'),
      avg_order_value: 0.14,
    });
    expect(formula).toMatchObject({ customer_id: 2, city: null, total_revenue: 250 });
  });

  test('of a segment are listed by its name, Prospects too', async () => {
    expect(await shop.rows('customers segment', { segment: 'Prospect' })).toEqual([
      // prettier-ignore
      ['5', 'No Orders', 'none@shop.example', 'Oslo', 'NO', 'Under 18', 'New', '0', '0.00', '0.00', 'Prospect', '0.00'],
    ]);
    expect(await shop.rows('customers segment', { segment: 'Lost' })).toEqual([]);
  });

  test('in segments: all seven in order; shares are of all customers and of all revenue', async () => {
    // Revenue of all: 9000.01 + 1234567890123456.78 + 250 + 250 = 1234567890132956.79.
    expect(await json('customers segments')).toEqual([
      {
        segment: 'VIP',
        customers: 2,
        customer_share_percent: 40,
        revenue: Number('1234567890132456.79'),
        revenue_share_percent: 100,
        // (8950.01 + 1234567890123406.78) / 2 = 617283945066178.395, half away from zero.
        avg_lifetime_value: Number('617283945066178.40'),
      },
      ...['Loyal', 'New', 'At Risk', 'Lost', 'Regular', 'Prospect'].map((segment) => {
        const customers = ['New', 'Regular', 'Prospect'].includes(segment) ? 1 : 0;
        const revenue = segment === 'New' || segment === 'Regular' ? 250 : 0;
        return {
          segment,
          customers,
          customer_share_percent: customers * 20,
          revenue,
          revenue_share_percent: 0,
          avg_lifetime_value: customers === 0 ? null : Math.max(0, revenue - 50),
        };
      }),
    ]);
    const [vip] = await shop.rows('customers segments');
    expect(vip?.[5]).toBe('617283945066178.40');
  });
});

describe('products', () => {
  test('that sell best or well come by revenue, and of two with the same the smaller id first', async () => {
    const rows = await shop.rows('products best-sellers');

    expect(rows.map(([id]) => id)).toEqual(['10', '12', '13']);
    expect(await json('products best-sellers', { limit: 1 })).toEqual([
      {
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
      },
    ]);
  });

  test('that are low on stock come scarcest first, with their level', async () => {
    const rows = await shop.rows('products low-stock');

    expect(rows.map((row) => [row[0], row[5], row.at(-1)])).toEqual([
      ['10', '0', 'Out of Stock'],
      ['14', '0', 'Out of Stock'],
      ['11', '9', 'Critical'],
      ['12', '49', 'Low'],
    ]);
  });
});

describe('sales', () => {
  test('in total count the dates that have figures', async () => {
    expect(await json('sales summary')).toEqual({
      days_analyzed: 5,
      total_revenue: 100.05,
      total_orders: 4,
      avg_daily_revenue: 20.01,
      // 100.05 / 4 = 25.0125
      avg_order_value: 25.01,
    });
  });

  test('in total round half away from zero', async () => {
    // Three dates with 0.05 in two orders: 0.025 becomes 0.03, and 0.05 / 3 = 0.0167.
    expect(await json('sales summary', { days: 3 })).toMatchObject({
      days_analyzed: 3,
      total_revenue: 0.05,
      total_orders: 2,
      avg_daily_revenue: 0.02,
      avg_order_value: 0.03,
    });
  });

  test('of one date without orders have no average order', async () => {
    expect(await json('sales summary', { days: 1 })).toEqual({
      days_analyzed: 1,
      total_revenue: 0,
      total_orders: 0,
      avg_daily_revenue: 0,
      avg_order_value: null,
    });
  });

  test('of two periods side by side: the current one ends with the date of the figures', async () => {
    // Everybody registered 30 days before: in the period before, and not in the last 30 days.
    expect(await json('sales comparison', { days: 3 })).toEqual([
      {
        period: 'current',
        days_analyzed: 3,
        total_revenue: 0.05,
        total_orders: 2,
        avg_order_value: 0.03,
        customers: 5,
        new_customers: 0,
      },
      {
        period: 'previous',
        days_analyzed: 2,
        total_revenue: 100,
        total_orders: 2,
        avg_order_value: 50,
        customers: 5,
        new_customers: 0,
      },
    ]);
    const people = async (days: number) =>
      (await shop.rows('sales comparison', { days })).map((row) => row.slice(-2));
    expect(await people(15)).toEqual([
      ['5', '0'],
      ['5', '0'],
    ]);
    expect(await people(16)).toEqual([
      ['5', '0'],
      ['5', '5'],
    ]);
    expect(await people(30)).toEqual([
      ['5', '0'],
      ['5', '5'],
    ]);
    expect(await people(31)).toEqual([
      ['5', '5'],
      ['0', '0'],
    ]);
  });

  test('of two periods in a shop without rows are zeros', async () => {
    expect(await empty.rows('sales comparison', { days: 7 })).toEqual([
      ['current', '0', '0.00', '0', null, '0', '0'],
      ['previous', '0', '0.00', '0', null, '0', '0'],
    ]);
  });

  test('by month come latest first, the month as an instant, figures under both names', async () => {
    expect(await json('sales trends')).toEqual([
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
    ]);
  });

  test('by day come oldest first and end with the date of the figures', async () => {
    expect(await json('sales daily', { days: 2 })).toEqual([
      {
        sale_date: '2024-12-01',
        daily_orders: 1,
        daily_customers: 1,
        daily_revenue: 0.02,
        daily_aov: 0.02,
        is_weekend: true,
      },
      {
        sale_date: asOf,
        daily_orders: 0,
        daily_customers: 0,
        daily_revenue: 0,
        daily_aov: 0,
        is_weekend: false,
      },
    ]);
  });
});

test('operations come by the length of their period, without the audit column', async () => {
  expect(await json('operations summary')).toEqual([
    {
      report_date: asOf,
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
    {
      report_date: asOf,
      period: 'Last 30 Days',
      period_days: 30,
      total_orders: 5,
      cancelled_orders: 1,
      cancellation_rate: 20,
      avg_delivery_days: 2.5,
      on_time_delivery_rate: 50,
      total_revenue: 100.05,
      gross_order_value: 140.05,
    },
  ]);
});

describe('Without rows', () => {
  test('a list is an empty array', async () => {
    for (const name of ['customers top', 'products low-stock', 'sales trends', 'sales daily']) {
      expect(jsonAnswer(metricNamed(name), await empty.rows(name)), name).toEqual([]);
    }
  });

  test('a summary has zeros, and null for the averages', async () => {
    const metric = metricNamed('sales summary');

    expect(jsonAnswer(metric, await empty.rows('sales summary'))).toEqual({
      days_analyzed: 0,
      total_revenue: 0,
      total_orders: 0,
      avg_daily_revenue: null,
      avg_order_value: null,
    });
  });

  test('all seven segments are there, with shares of nothing', async () => {
    const metric = metricNamed('customers segments');
    const rows = jsonRows(metric, await empty.rows('customers segments'));

    expect(rows).toHaveLength(7);
    expect(rows[0]).toEqual({
      segment: 'VIP',
      customers: 0,
      customer_share_percent: null,
      revenue: 0,
      revenue_share_percent: null,
      avg_lifetime_value: null,
    });
  });
});

test('days count back from the calendar of sales where there are no operational periods', async () => {
  await shop.connection.run(
    'begin transaction; create temp table kept as from gold_operational_metrics; delete from gold_operational_metrics',
  );
  try {
    expect(await shop.rows('as of')).toEqual([[asOf]]);
    expect(await json('sales summary', { days: 2 })).toMatchObject({ days_analyzed: 2 });
  } finally {
    await shop.connection.run('rollback');
  }
});

test.each(queried.map((metric) => [metric.name, metric] as const))(
  'the answer of %s is what its schema says',
  async (name, metric) => {
    const given = { id: name.startsWith('products') ? 10 : 1, segment: 'VIP' };
    const rows = await shop.rows(name, given);

    expect(rows.length).toBeGreaterThan(0);
    expect(rows[0]).toHaveLength(metric.columns.length);
    const answer = jsonAnswer(metric, rows);
    expect(answerSchema(metric).parse(answer)).toEqual(answer);
  },
);
