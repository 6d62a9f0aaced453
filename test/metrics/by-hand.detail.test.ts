import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDuckDB, type DuckDBEngine } from '../../src/engine/duckdb/index.js';
import { jsonAnswer } from '../../src/metrics/answer.js';
import { Asking, metricNamed } from './asking.js';
import { makeTables } from './small-shop.js';

let engine: DuckDBEngine;
let shop: Asking;

beforeAll(async () => {
  engine = await openDuckDB({ path: null, catalog: 'shop' });
  shop = new Asking(await engine.connect(), 'shop');
  await makeTables(shop.connection);
});

afterAll(() => engine.close());

async function json(name: string, given: Readonly<Record<string, unknown>> = {}) {
  return jsonAnswer(metricNamed(name), await shop.rows(name, given));
}

describe('One customer', () => {
  test('has a profile and scores', async () => {
    expect(await json('customers show profile', { id: 1 })).toMatchObject({
      customer_id: 1,
      phone: '+33 1',
      registration_date: '2024-11-02',
      customer_tenure_days: 30,
      is_active: false,
    });
    expect(await json('customers show scores', { id: '5' })).toEqual({
      customer_segment: 'Prospect',
      total_orders: 0,
      total_revenue: 0,
      avg_order_value: 0,
      customer_lifetime_value: 0,
      first_order_date: null,
      last_order_date: null,
      recency_days: null,
      r_score: null,
      f_score: null,
      m_score: null,
      rfm_score: null,
      customer_lifetime_months: null,
      purchase_frequency_per_month: null,
    });
  });

  test('is found by an id with more digits than a number holds', async () => {
    expect(await json('customers show profile', { id: '9007199254740993' })).toMatchObject({
      name: 'Big Id',
    });
    expect(await json('customers show profile', { id: '9007199254740992' })).toBeNull();
  });

  test('has orders of any status, latest first, of one instant the later id first', async () => {
    const rows = await shop.rows('customers show orders', { id: 1 });

    expect(rows.map(([id, date, status]) => [id, date, status])).toEqual([
      ['101', '2024-11-29 10:00:00.5', 'cancelled'],
      ['100', '2024-11-29 10:00:00.5', 'delivered'],
      ['102', '2024-11-01 00:00:00', 'shipped'],
    ]);
  });

  test('has products by what was spent on them, also one that is not in the catalog any more', async () => {
    expect(await shop.rows('customers show products', { id: 1 })).toEqual([
      ['10', 'Lamp', 'Home', '2', '3', '59.97', '2024-11-29 10:00:00.5'],
      ['12', 'Desk', 'Home', '1', '1', '59.97', '2024-11-29 10:00:00.5'],
      ['99', null, null, '1', '7', '7.00', '2024-11-01 00:00:00'],
    ]);
  });

  test('has reviews, latest first', async () => {
    expect(await shop.rows('customers show reviews', { id: 1 })).toEqual([
      ['1', '2024-12-01 09:30:00', '10', 'Lamp', 2, 'Dim', null, '3'],
      ['2', '2024-11-30 00:00:00', '99', null, 5, null, '', '0'],
    ]);
  });
});

describe('One product', () => {
  test('has a profile and sales', async () => {
    expect(await json('products show profile', { id: 10 })).toMatchObject({
      product_id: 10,
      description: null,
      profit_margin_percent: 49.97,
      launch_date: null,
    });
    expect(await json('products show sales', { id: 11 })).toMatchObject({
      total_profit: -100,
      actual_avg_margin: -4.17,
    });
  });

  test('has order lines, latest first, without those whose order was set aside', async () => {
    expect(await shop.rows('products show orders', { id: 10, limit: 2 })).toEqual([
      ['103', '2024-12-01 00:00:00', 'delivered', '2', '=HYPERLINK("x")', '5', '19.99', '99.95'],
      [
        '101',
        '2024-11-29 10:00:00.5',
        'cancelled',
        '1',
        'Eve \u001b[31mred\u202e',
        '1',
        '19.99',
        '19.99',
      ],
    ]);
  });

  test('has reviews, also of customers that are not known', async () => {
    const rows = await shop.rows('products show reviews', { id: 10 });

    expect(rows.map(([id, , customer, name]) => [id, customer, name])).toEqual([
      ['1', '1', 'Eve \u001b[31mred\u202e'],
      ['3', '77', null],
    ]);
  });
});
