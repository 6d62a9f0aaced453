/** Revenue by day and by month. */
import { useMemo } from 'preact/hooks';
import type { Snapshot } from '../api/load.js';
import { dayChart, MEAN_FROM } from '../chart/day-chart.js';
import { monthChart } from '../chart/month-chart.js';
import { noValue, type Formats } from '../model/format.js';
import { daysInWords, monthsInWords } from '../model/sentences.js';
import { ChartPanel } from './chart-panel.js';

export interface RevenueProps {
  readonly snapshot: Snapshot;
  readonly formats: Formats;
}

export function RevenueByDay({ snapshot: { days, filters }, formats }: RevenueProps) {
  const draw = useMemo(
    () => (look: Parameters<typeof dayChart>[2]) => dayChart(days, formats, look),
    [days, formats],
  );
  return (
    <ChartPanel
      id="by-day"
      title="Revenue by day"
      scope={`Last ${filters.period} days`}
      label={daysInWords(days, formats)}
      draw={draw}
      empty="No sales in this period."
      legend={
        <>
          <li class={days.length >= MEAN_FROM ? 'key soft' : 'key'}>Revenue</li>
          {days.length >= MEAN_FROM && <li class="key thin">7-day average</li>}
        </>
      }
      table={{
        caption: `Revenue by day, last ${filters.period} days, latest first`,
        rows: days.toReversed(),
        keyOf: (day) => day.sale_date,
        columns: [
          { title: 'Day', cell: (day) => formats.date(day.sale_date) },
          { title: 'Revenue', isNumber: true, cell: (day) => formats.money(day.daily_revenue) },
          { title: 'Orders', isNumber: true, cell: (day) => formats.count(day.daily_orders) },
          { title: 'Customers', isNumber: true, cell: (day) => formats.count(day.daily_customers) },
        ],
      }}
    />
  );
}

export function RevenueByMonth({ snapshot: { months }, formats }: RevenueProps) {
  const draw = useMemo(
    () => (look: Parameters<typeof monthChart>[2]) => monthChart(months, formats, look),
    [months, formats],
  );
  return (
    <ChartPanel
      id="by-month"
      title="Revenue by month"
      scope={`${months.length} months, growth over the previous month`}
      label={monthsInWords(months, formats)}
      draw={draw}
      empty="No sales yet."
      legend={
        <>
          <li class="key">Whole month</li>
          {months.some((month) => !month.is_complete_month) && (
            <li class="key dashed">Month so far</li>
          )}
        </>
      }
      table={{
        caption: 'Revenue by month with growth over the previous month, latest first',
        rows: months.toReversed(),
        keyOf: (month) => month.sale_date,
        columns: [
          {
            title: 'Month',
            cell: (month) =>
              `${formats.month(month.sale_date)}${month.is_complete_month ? '' : ' so far'}`,
          },
          {
            title: 'Revenue',
            isNumber: true,
            cell: (month) => formats.money(month.monthly_revenue),
          },
          {
            title: 'Growth',
            isNumber: true,
            cell: (month) =>
              month.mom_revenue_growth_percent === null
                ? noValue
                : formats.change(month.mom_revenue_growth_percent),
          },
          { title: 'Orders', isNumber: true, cell: (month) => formats.count(month.monthly_orders) },
          {
            title: 'Order value',
            isNumber: true,
            cell: (month) => formats.money(month.monthly_aov),
          },
        ],
      }}
    />
  );
}
