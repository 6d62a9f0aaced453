/** Customers in lists, and by segment. */
import { segments } from '../../ground/segments.js';
import { column, nullable, type Metric } from '../metric.js';
import { questions } from '../questions.js';

const customerColumns = [
  column.id('customer_id', 'Id of the customer'),
  column.text('name', 'Name, in title case'),
  column.text('email', 'E-mail address, in lower case'),
  nullable.text('city', 'City, in title case'),
  nullable.text('country', 'Country, in upper case'),
  column.text('age_group', 'Age at registration: Under 18, 18-24, … 65+, Unknown'),
  column.text(
    'customer_lifetime_stage',
    'By days since registration: New, Recent, Regular, Veteran',
  ),
  column.count('total_orders', 'Orders with a fulfilled status'),
  column.money('total_revenue', 'Total of these orders'),
  column.money('avg_order_value', 'total_revenue / total_orders; 0 without orders'),
  column.text('customer_segment', `One of ${segments.join(', ')}`),
  column.money('customer_lifetime_value', 'total_revenue less the cost of winning a customer'),
];

const byValue = [
  { column: 'customer_lifetime_value', direction: 'desc' },
  { column: 'customer_id', direction: 'asc' },
] as const;

export const customersTop: Metric<'customers top'> = {
  name: 'customers top',
  ...questions['customers top'],
  shape: 'list',
  columns: customerColumns,
  order: byValue,
};

export const customersSegment: Metric<'customers segment'> = {
  name: 'customers segment',
  ...questions['customers segment'],
  shape: 'list',
  columns: customerColumns,
  order: byValue,
};

export const customersSegments: Metric<'customers segments'> = {
  name: 'customers segments',
  ...questions['customers segments'],
  shape: 'list',
  columns: [
    column.text('segment', 'Name of the segment; all seven are listed, including empty ones'),
    column.count('customers', 'Customers of the segment'),
    nullable.percent(
      'customer_share_percent',
      'Their share of all customers; null without customers',
    ),
    column.money('revenue', 'total_revenue of its customers'),
    nullable.percent('revenue_share_percent', 'Its share of all revenue; null without revenue'),
    nullable.money(
      'avg_lifetime_value',
      'Average lifetime value of a customer; null without customers',
    ),
  ],
};
