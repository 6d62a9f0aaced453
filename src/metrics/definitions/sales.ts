/** Sales in total, by month and by day. */
import { column, nullable, type Metric } from '../metric.js';
import { numberParameter, questions } from '../questions.js';

export const salesSummary: Metric<'sales summary'> = {
  name: 'sales summary',
  ...questions['sales summary'],
  shape: 'object',
  columns: [
    column.count('days_analyzed', 'Days with figures'),
    column.money('total_revenue', 'Revenue of these days'),
    column.count('total_orders', 'Orders of these days'),
    nullable.money('avg_daily_revenue', 'total_revenue / days_analyzed; null without days'),
    nullable.money('avg_order_value', 'total_revenue / total_orders; null without orders'),
  ],
  every: 'days',
};

/** Behind the key figures of the dashboard. */
export const salesComparison: Metric<'sales comparison'> = {
  name: 'sales comparison',
  description: 'sales and customers of the last days and of the same number of days before',
  shape: 'list',
  parameters: { days: numberParameter('days of each of the two periods', 30, [1, 365]) },
  columns: [
    column.text(
      'period',
      '`current` ends with the date of the figures, `previous` the day before it begins',
    ),
    column.count(
      'days_analyzed',
      'Days of the period with figures; fewer than requested if sales began later',
    ),
    column.money('total_revenue', 'Revenue of these days'),
    column.count('total_orders', 'Orders of these days'),
    nullable.money('avg_order_value', 'total_revenue / total_orders; null without orders'),
    column.count('customers', 'Customers at the end of the period'),
    column.count('new_customers', 'Customers who registered in the period'),
  ],
};

export const salesTrends: Metric<'sales trends'> = {
  name: 'sales trends',
  ...questions['sales trends'],
  shape: 'list',
  columns: [
    column.timestamp('sale_date', 'First day of the month'),
    column.money('daily_revenue', 'Revenue of the month, under its older name'),
    column.count('daily_orders', 'Orders of the month, under its older name'),
    column.money('monthly_revenue', 'Revenue of the month'),
    nullable.percent(
      'mom_revenue_growth_percent',
      'Growth over the previous month; null for the first month and after a month without revenue',
    ),
    column.count('monthly_orders', 'Orders of the month'),
    column.count('monthly_customers', 'Customers who ordered in the month'),
    column.money('monthly_aov', 'monthly_revenue / monthly_orders; 0 without orders'),
    column.boolean('is_complete_month', 'Whether the month is over'),
  ],
  order: [{ column: 'sale_date', direction: 'desc' }],
};

export const salesDaily: Metric<'sales daily'> = {
  name: 'sales daily',
  ...questions['sales daily'],
  shape: 'list',
  columns: [
    column.date('sale_date', 'The day'),
    column.count('daily_orders', 'Orders of the day'),
    column.count('daily_customers', 'Customers who ordered on the day'),
    column.money('daily_revenue', 'Revenue of the day'),
    column.money('daily_aov', 'daily_revenue / daily_orders; 0 without orders'),
    column.boolean('is_weekend', 'Saturday or Sunday'),
  ],
  every: 'days',
};
