/** How orders are handled, and which date all figures refer to. */
import { column, nullable, type Metric } from '../metric.js';
import { questions } from '../questions.js';

export const operationsSummary: Metric<'operations summary'> = {
  name: 'operations summary',
  ...questions['operations summary'],
  shape: 'list',
  columns: [
    column.date('report_date', 'The date that all figures refer to'),
    column.text('period', '`Last 30 Days`'),
    column.count('period_days', 'Days of the period, which ends with report_date'),
    column.count('total_orders', 'Orders of any status'),
    column.count('cancelled_orders', 'Cancelled orders among them'),
    column.percent('cancellation_rate', 'cancelled_orders / total_orders; 0 without orders'),
    nullable.amount('avg_delivery_days', 'Days from order to delivery; null without deliveries'),
    nullable.percent(
      'on_time_delivery_rate',
      'Share of deliveries on time, of those with an estimate; null without deliveries',
    ),
    column.money('total_revenue', 'Total of the orders that count as sales'),
    column.money('gross_order_value', 'Total of all orders'),
  ],
};

/** Not a question of its own: the head of every other answer. */
export const asOf: Metric<'as of'> = {
  name: 'as of',
  description: 'the date that all figures refer to',
  shape: 'object',
  parameters: {},
  columns: [nullable.date('as_of', 'The date that all figures refer to')],
};
