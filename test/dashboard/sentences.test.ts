import { expect, test } from 'vitest';
import { Formats } from '../../src/dashboard/model/format.js';
import { daysInWords, monthsInWords } from '../../src/dashboard/model/sentences.js';

const formats = new Formats('en-GB', 'UTC');

const day = (sale_date: string, daily_revenue: number) => ({
  sale_date,
  daily_revenue,
  daily_orders: 1,
  daily_customers: 1,
});

const month = (sale_date: string, monthly_revenue: number, growth: number | null) => ({
  sale_date,
  monthly_revenue,
  monthly_orders: 1,
  monthly_customers: 1,
  monthly_aov: monthly_revenue,
  mom_revenue_growth_percent: growth,
  is_complete_month: true,
});

const plain = (text: string) => text.replaceAll(/\s*–\s*/g, '–');

test('a chart of days says its total, its mean and its best day', () => {
  const days = [day('2025-06-28', 100), day('2025-06-29', 0), day('2025-06-30', 50)];
  expect(plain(daysInWords(days, formats))).toBe(
    'Revenue by day, 28–30 Jun 2025: 150.00 in total, 50.00 a day on average, most on 28 Jun 2025 with 100.00.',
  );
});

test('a chart of months says the last one, its growth and the best one', () => {
  const months = [
    month('2025-04-01T00:00:00', 20_000, null),
    month('2025-05-01T00:00:00', 10_000, -50),
  ];
  expect(plain(monthsInWords(months, formats))).toBe(
    'Revenue by month, April 2025 to May 2025: 10,000 in May 2025, -50.0% over the previous month; most in April 2025 with 20,000.',
  );
});

test('a month that is not over is said to be so', () => {
  const months = [{ ...month('2025-06-01T00:00:00', 5, null), is_complete_month: false }];
  expect(monthsInWords(months, formats)).toContain('5.00 in June 2025 so far;');
});

test('a chart of nothing says that there is nothing', () => {
  expect(daysInWords([], formats)).toBe('No sales in this period.');
  expect(monthsInWords([], formats)).toBe('No sales yet.');
});
