import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openDuckDB, type DuckDBEngine } from '../../src/engine/duckdb/index.js';
import type { Row } from '../../src/engine/engine.js';
import { jsonRows, positionOf } from '../../src/metrics/answer.js';
import { segments } from '../../src/ground/segments.js';
import { fuzzRuns } from '../helpers/fuzz-runs.js';
import { Asking, metricNamed } from './asking.js';
import { emptyTables } from './small-shop.js';

let engine: DuckDBEngine;
let shop: Asking;

beforeAll(async () => {
  engine = await openDuckDB({ path: null, catalog: 'shop' });
  shop = new Asking(await engine.connect(), 'shop');
  await emptyTables(shop.connection);
});

afterAll(() => engine.close());

beforeEach(() => clear());

const runs = { numRuns: fuzzRuns(100) };

async function clear(): Promise<void> {
  await shop.connection.run(
    'delete from gold_customer_analytics; delete from gold_product_performance; delete from gold_sales_metrics',
  );
}

interface Customer {
  readonly segment: string;
  readonly cents: number;
  readonly orders: number;
}

/** Few values, so that ties are common. */
const customers = fc.array(
  fc.record({
    segment: fc.constantFrom(...segments),
    cents: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 1e12 })),
    orders: fc.integer({ min: 0, max: 3 }),
  }),
  { maxLength: 40 },
);

function money(cents: number | bigint): string {
  const digits = String(cents).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** In any order: the answer must not depend on how rows lie. */
async function fill(all: readonly Customer[], ids: readonly number[]): Promise<void> {
  await clear();
  if (all.length === 0) return;
  const rows = all.map(
    ({ segment, cents, orders }, i) =>
      `(${ids[i]}, 'n', 'e', 'Unknown', 'New', ${orders}, ${money(cents)}, 0, '${segment}', ${money(cents)})`,
  );
  await shop.connection.run(
    `insert into gold_customer_analytics (customer_id, name, email, age_group, customer_lifetime_stage,
       total_orders, total_revenue, avg_order_value, customer_segment, customer_lifetime_value)
     values ${rows.join(', ')}`,
  );
}

function idsOf(all: readonly unknown[]): fc.Arbitrary<number[]> {
  return fc.shuffledSubarray(
    all.map((_one, i) => i + 1),
    { minLength: all.length },
  );
}

const placed = customers.chain((all) => fc.tuple(fc.constant(all), idsOf(all)));

/** Half away from zero, in whole numbers. */
function ratio(numerator: bigint, denominator: bigint, times: bigint): string | null {
  if (denominator === 0n) return null;
  return money((2n * numerator * times * 100n + denominator) / (2n * denominator));
}

test('revenue and customers by segment add up to the whole, and shares are exact', async () => {
  await fc.assert(
    fc.asyncProperty(placed, async ([all, ids]) => {
      await fill(all, ids);
      const rows = await shop.rows('customers segments');
      const cents = (of: readonly Customer[]): bigint =>
        of.reduce((sum, one) => sum + BigInt(one.cents), 0n);

      expect(rows.map(([name]) => name)).toEqual([...segments]);
      for (const [segment, count, countShare, revenue, revenueShare, value] of rows) {
        const own = all.filter((one) => one.segment === segment);
        expect(count).toBe(String(own.length));
        expect(revenue).toBe(money(cents(own)));
        expect(countShare).toBe(ratio(BigInt(own.length), BigInt(all.length), 100n));
        expect(revenueShare).toBe(ratio(cents(own), cents(all), 100n));
        // Cents divided by customers: money of cents / customers, rounded once.
        expect(value).toBe(
          own.length === 0
            ? null
            : money((2n * cents(own) + BigInt(own.length)) / (2n * BigInt(own.length))),
        );
      }
      const sum = rows.reduce(
        (total, row) => total + BigInt((row[3] as string).replace('.', '')),
        0n,
      );
      expect(sum).toBe(cents(all));
    }),
    runs,
  );
});

test('a shorter list is the beginning of a longer one, and ties are always in one order', async () => {
  await fc.assert(
    fc.asyncProperty(placed, fc.integer({ min: 1, max: 20 }), async ([all, ids], limit) => {
      await fill(all, ids);
      const longer = await shop.rows('customers top', { limit: 100 });

      expect(await shop.rows('customers top', { limit })).toEqual(longer.slice(0, limit));
      const expected = all
        .map((one, i) => ({ ...one, id: ids[i] ?? 0 }))
        .filter(({ orders }) => orders > 0)
        .sort((a, b) => b.cents - a.cents || a.id - b.id);
      expect(longer.map(([id]) => Number(id))).toEqual(expected.map(({ id }) => id));
    }),
    runs,
  );
});

test('pages that go on behind their last row are together the whole list', async () => {
  const metric = metricNamed('customers top');
  await fc.assert(
    fc.asyncProperty(placed, fc.integer({ min: 1, max: 7 }), async ([all, ids], limit) => {
      await fill(all, ids);
      const whole = await shop.rows('customers top', { limit: 100 });
      const pages: Row[] = [...(await shop.rows('customers top', { limit }))];
      for (let last = pages.at(-1); last !== undefined;) {
        const page = await shop.rows('customers top', { limit }, positionOf(metric, last));
        pages.push(...page);
        last = page.at(-1);
      }

      expect(pages).toEqual(whole);
    }),
    runs,
  );
});

test.each([
  [
    'products best-sellers',
    'sales_performance',
    ['Best Seller', 'Good', 'Poor'],
    'total_revenue',
    -1,
  ],
  ['products low-stock', 'stock_level', ['Out of Stock', 'Low', 'Normal'], 'current_stock', 1],
] as const)('%s: pages, beginnings and ties', async (name, label, labels, key, sign) => {
  const metric = metricNamed(name);
  const products = fc
    .array(fc.record({ label: fc.constantFrom(...labels), key: fc.integer({ min: 0, max: 3 }) }), {
      minLength: 1,
      maxLength: 20,
    })
    .chain((all) => fc.tuple(fc.constant(all), idsOf(all)));
  await fc.assert(
    fc.asyncProperty(products, fc.integer({ min: 1, max: 5 }), async ([all, ids], limit) => {
      await clear();
      const rows = all.map((one, i) => `(${ids[i]}, '${one.label}', ${one.key})`);
      await shop.connection.run(
        `insert into gold_product_performance (product_id, ${label}, ${key}) values ${rows.join(', ')}`,
      );
      const expected = all
        .map((one, i) => ({ ...one, id: ids[i] ?? 0 }))
        .filter((one) => one.label !== labels[2])
        .sort((a, b) => sign * (a.key - b.key) || a.id - b.id)
        .map(({ id }) => String(id));
      const pages: Row[] = [...(await shop.rows(name, { limit }))];
      expect(pages.map(([id]) => id)).toEqual(expected.slice(0, limit));
      for (let last = pages.at(-1); last !== undefined;) {
        const page = await shop.rows(name, { limit }, positionOf(metric, last));
        pages.push(...page);
        last = page.at(-1);
      }
      expect(pages.map(([id]) => id)).toEqual(expected);
    }),
    runs,
  );
});

test('sales by day add up to the summary of the same days, and by month to all days', async () => {
  const days = fc.array(
    fc.record({ cents: fc.integer({ min: 0, max: 1e9 }), orders: fc.integer({ min: 0, max: 5 }) }),
    { minLength: 1, maxLength: 70 },
  );
  await fc.assert(
    fc.asyncProperty(days, fc.integer({ min: 1, max: 80 }), async (all, count) => {
      await clear();
      const dates = all.map((one, i) => ({
        ...one,
        date: new Date(Date.UTC(2024, 0, 20 + i)).toISOString().slice(0, 10),
      }));
      const months = new Map<string, typeof dates>();
      for (const one of dates) {
        const month = one.date.slice(0, 7);
        months.set(month, [...(months.get(month) ?? []), one]);
      }
      const rows = dates.map(({ date, cents, orders }) => {
        const month = months.get(date.slice(0, 7)) ?? [];
        const sum = month.reduce((total, one) => total + one.cents, 0);
        return `('${date}', ${orders}, ${orders}, ${money(cents)}, 0, false, '${date.slice(0, 7)}-01',
          ${month.reduce((total, one) => total + one.orders, 0)}, 1, ${money(sum)}, 0, null, true)`;
      });
      await shop.connection.run(
        `insert into gold_sales_metrics (sale_date, daily_orders, daily_customers, daily_revenue, daily_aov,
           is_weekend, month_start, monthly_orders, monthly_customers, monthly_revenue, monthly_aov,
           mom_revenue_growth_percent, is_complete_month) values ${rows.join(', ')}`,
      );
      const daily = await shop.rows('sales daily', { days: count });
      const [summary] = jsonRows(
        metricNamed('sales summary'),
        await shop.rows('sales summary', { days: count }),
      );
      const trends = await shop.rows('sales trends', { months: 24 });
      const cents = (rowsOf: readonly Row[], at: number): number =>
        rowsOf.reduce((sum, row) => sum + Math.round(Number(row[at]) * 100), 0);
      const last = dates.slice(-count);

      expect(daily.map(([date]) => date)).toEqual(last.map(({ date }) => date));
      expect(summary?.['days_analyzed']).toBe(last.length);
      expect(cents(daily, 3)).toBe(last.reduce((sum, one) => sum + one.cents, 0));
      expect(Math.round(Number(summary?.['total_revenue']) * 100)).toBe(cents(daily, 3));
      expect(cents(trends, 3)).toBe(dates.reduce((sum, one) => sum + one.cents, 0));
      expect(trends.map(([date]) => (date as string).slice(0, 7))).toEqual(
        [...months.keys()].reverse(),
      );
      expect(await shop.rows('sales trends', { months: 1 })).toEqual(trends.slice(0, 1));
    }),
    runs,
  );
});
