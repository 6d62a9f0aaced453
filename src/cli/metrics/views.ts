/** How a person reads each metric: its title, and the columns that matter, most important first. */
import type { ReportColumn } from '../../format/report/report-column.js';
import type { MetricName } from '../../metrics/metric-names.js';

export interface View {
  readonly title: string;
  readonly columns: readonly ReportColumn[];
  /** What is said instead of a table without rows. */
  readonly empty: string;
  /** A column whose values over time are drawn above the table. */
  readonly overTime?: {
    readonly column: string;
    readonly title: string;
    readonly latestFirst: boolean;
  };
}

const customers: readonly ReportColumn[] = [
  { title: 'Id', from: 'customer_id', form: 'id' },
  { title: 'Customer', from: 'name', form: 'text', least: 20 },
  { title: 'Country', from: 'country', form: 'text', rank: 1, least: 14 },
  { title: 'City', from: 'city', form: 'text', rank: 4 },
  { title: 'E-mail', from: 'email', form: 'text', rank: 5, least: 28 },
  { title: 'Age', from: 'age_group', form: 'text', rank: 6 },
  { title: 'Orders', from: 'total_orders', form: 'count' },
  { title: 'Revenue', from: 'total_revenue', form: 'money', rank: 2 },
  { title: 'Average order', from: 'avg_order_value', form: 'money', rank: 3 },
  { title: 'Segment', from: 'customer_segment', form: 'text', rank: 1 },
  { title: 'Lifetime value', from: 'customer_lifetime_value', form: 'money' },
];

const products: readonly ReportColumn[] = [
  { title: 'Id', from: 'product_id', form: 'id' },
  { title: 'Product', from: 'product_name', form: 'text', least: 28 },
  { title: 'Category', from: 'category', form: 'text', rank: 3 },
  { title: 'Brand', from: 'brand', form: 'text', rank: 5 },
  { title: 'Price', from: 'current_price', form: 'money', rank: 4 },
];

const sold: ReportColumn = { title: 'Sold', from: 'total_units_sold', form: 'count', rank: 1 };
const rating: ReportColumn = { title: 'Rating', from: 'avg_rating', form: 'amount', rank: 2 };
const health: ReportColumn = {
  title: 'Health',
  from: 'product_health_score',
  form: 'amount',
  rank: 4,
};

export const views: Readonly<Record<MetricName, View>> = {
  'customers top': {
    title: 'Top customers by lifetime value',
    columns: customers,
    empty: 'No customer has ordered yet.',
  },
  'customers segment': {
    title: 'Customers of the segment',
    columns: customers,
    empty: 'No customer is in this segment.',
  },
  'customers segments': {
    title: 'Customers by segment',
    columns: [
      { title: 'Segment', from: 'segment', form: 'text' },
      { title: 'Customers', from: 'customers', form: 'count' },
      { title: 'Share', from: 'customer_share_percent', form: 'percent', rank: 1 },
      { title: '', from: 'customer_share_percent', form: 'bar', rank: 4 },
      { title: 'Revenue', from: 'revenue', form: 'money' },
      { title: 'Share', from: 'revenue_share_percent', form: 'percent', rank: 1 },
      { title: '', from: 'revenue_share_percent', form: 'bar', rank: 3 },
      { title: 'Average lifetime value', from: 'avg_lifetime_value', form: 'money', rank: 2 },
    ],
    empty: 'There are no segments.',
  },
  'products best-sellers': {
    title: 'Best sellers by revenue',
    columns: [
      ...products,
      { title: 'Sales', from: 'sales_performance', form: 'text', rank: 3 },
      sold,
      { title: 'Revenue', from: 'total_revenue', form: 'money' },
      { title: 'Profit', from: 'total_profit', form: 'money', rank: 1 },
      rating,
      health,
    ],
    empty: 'No product is a best seller yet.',
  },
  'products low-stock': {
    title: 'Products low on stock',
    columns: [
      ...products,
      { title: 'Level', from: 'stock_level', form: 'text' },
      { title: 'Stock', from: 'current_stock', form: 'count' },
      sold,
      { title: 'Revenue', from: 'total_revenue', form: 'money', rank: 3 },
      rating,
      health,
    ],
    empty: 'No product is low on stock.',
  },
  'sales summary': {
    title: 'Sales in total',
    columns: [
      { title: 'Days', from: 'days_analyzed', form: 'count' },
      { title: 'Orders', from: 'total_orders', form: 'count' },
      { title: 'Revenue', from: 'total_revenue', form: 'money' },
      { title: 'Revenue a day', from: 'avg_daily_revenue', form: 'money' },
      { title: 'Average order', from: 'avg_order_value', form: 'money' },
    ],
    empty: 'There are no sales yet.',
  },
  'sales trends': {
    title: 'Sales by month',
    columns: [
      { title: 'Month', from: 'sale_date', form: 'month' },
      { title: 'Orders', from: 'monthly_orders', form: 'count' },
      { title: 'Customers', from: 'monthly_customers', form: 'count', rank: 2 },
      { title: 'Average order', from: 'monthly_aov', form: 'money', rank: 3 },
      { title: 'Revenue', from: 'monthly_revenue', form: 'money' },
      { title: 'Growth', from: 'mom_revenue_growth_percent', form: 'growth' },
      { title: '', from: 'monthly_revenue', form: 'bar', rank: 1 },
      { title: 'Complete', from: 'is_complete_month', form: 'yes-no', rank: 1 },
    ],
    empty: 'There are no sales yet.',
    overTime: { column: 'monthly_revenue', title: 'Revenue', latestFirst: true },
  },
  'sales daily': {
    title: 'Sales by day',
    columns: [
      { title: 'Day', from: 'sale_date', form: 'day' },
      { title: 'Orders', from: 'daily_orders', form: 'count' },
      { title: 'Customers', from: 'daily_customers', form: 'count', rank: 2 },
      { title: 'Average order', from: 'daily_aov', form: 'money', rank: 3 },
      { title: 'Revenue', from: 'daily_revenue', form: 'money' },
      { title: '', from: 'daily_revenue', form: 'bar', rank: 1 },
    ],
    empty: 'There are no sales yet.',
    overTime: { column: 'daily_revenue', title: 'Revenue', latestFirst: false },
  },
  'operations summary': {
    title: 'Operations',
    columns: [
      { title: 'Period', from: 'period', form: 'text', least: 14 },
      { title: 'Orders', from: 'total_orders', form: 'count' },
      { title: 'Cancelled', from: 'cancelled_orders', form: 'count', rank: 3 },
      { title: 'Cancelled share', from: 'cancellation_rate', form: 'percent', rank: 1 },
      { title: 'Delivery days', from: 'avg_delivery_days', form: 'amount' },
      { title: 'On time', from: 'on_time_delivery_rate', form: 'percent' },
      { title: 'Revenue', from: 'total_revenue', form: 'money' },
      { title: 'Value of all orders', from: 'gross_order_value', form: 'money', rank: 2 },
    ],
    empty: 'The project has no operational periods.',
  },
};
