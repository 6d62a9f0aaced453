/** What a chart shows, in a sentence: for those who do not see it. */
import type { Day, Month } from '../api/types.js';
import type { Formats } from './format.js';

export function daysInWords(days: readonly Day[], formats: Formats): string {
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return 'No sales in this period.';
  const total = days.reduce((sum, day) => sum + day.daily_revenue, 0);
  const best = days.reduce((a, b) => (b.daily_revenue > a.daily_revenue ? b : a));
  return (
    `Revenue by day, ${formats.dateRange(first.sale_date, last.sale_date)}: ` +
    `${formats.headline(total)} in total, ${formats.headline(total / days.length)} a day on average, ` +
    `most on ${formats.date(best.sale_date)} with ${formats.headline(best.daily_revenue)}.`
  );
}

/** @param months oldest first */
export function monthsInWords(months: readonly Month[], formats: Formats): string {
  const [first] = months;
  const last = months.at(-1);
  if (first === undefined || last === undefined) return 'No sales yet.';
  const best = months.reduce((a, b) => (b.monthly_revenue > a.monthly_revenue ? b : a));
  const growth =
    last.mom_revenue_growth_percent === null
      ? ''
      : `, ${formats.change(last.mom_revenue_growth_percent)} over the previous month`;
  return (
    `Revenue by month, ${formats.month(first.sale_date)} to ${formats.month(last.sale_date)}: ` +
    `${formats.headline(last.monthly_revenue)} in ${formats.month(last.sale_date)}` +
    `${last.is_complete_month ? '' : ' so far'}${growth}; ` +
    `most in ${formats.month(best.sale_date)} with ${formats.headline(best.monthly_revenue)}.`
  );
}
