/** Customers in lists, and by segment. */
import { column, nullable, numberParameter, type Metric } from '../metric.js';

/** In the order in which answers list them. */
export const segments = ['VIP', 'Loyal', 'New', 'At Risk', 'Lost', 'Regular', 'Prospect'] as const;

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

export const customersTop: Metric = {
  name: 'customers top',
  description: 'customers with orders, by lifetime value',
  shape: 'list',
  parameters: { limit: numberParameter('customers to list', 10, [1, 100], [1, 10_000]) },
  columns: customerColumns,
  order: byValue,
};

export const customersSegment: Metric = {
  name: 'customers segment',
  description: 'customers of one segment, by lifetime value',
  shape: 'list',
  parameters: {
    segment: { kind: 'choice', description: 'the segment', choices: segments },
    limit: numberParameter('customers to list', 50, [1, 200]),
  },
  columns: customerColumns,
  order: byValue,
};

export const customersSegments: Metric = {
  name: 'customers segments',
  description: 'all segments: customers, revenue and their shares',
  shape: 'list',
  parameters: {},
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
