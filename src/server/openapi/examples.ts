/** Values for the examples of the description: made up, but in the shape of real ones. */
import type { ColumnType, Detail, Metric } from '../../metrics/metric.js';

export const meta = {
  build: '20250701T021502Z-0c11',
  as_of: '2025-06-30',
  target: 'dev',
  next_page: null,
  continued_from: null,
};

export const customer = {
  customer_id: 17,
  name: 'Ada Lovelace',
  email: 'ada@shop.example',
  city: 'London',
  country: 'UNITED KINGDOM',
  age_group: '35-44',
  customer_lifetime_stage: 'Veteran',
  total_orders: 12,
  total_revenue: 6120.5,
  avg_order_value: 510.04,
  customer_segment: 'VIP',
  customer_lifetime_value: 6070.5,
};

export const product = {
  product_id: 3,
  product_name: 'Kestrel Mechanical Keyboard',
  category: 'Computers',
  brand: 'Kestrel',
  current_price: 89.9,
  current_stock: 120,
  total_units_sold: 240,
  total_revenue: 21250.4,
  total_profit: 7340.15,
  sales_performance: 'Best Seller',
  avg_rating: 4.35,
  product_health_score: 7.6,
};

export const summary = {
  days_analyzed: 30,
  total_revenue: 50210.75,
  total_orders: 131,
  avg_daily_revenue: 1673.69,
  avg_order_value: 383.29,
};

export const lineage = {
  nodes: [
    {
      unique_id: 'model.techstore.silver_orders',
      name: 'silver_orders',
      resource_type: 'model',
      layer: 'silver',
      tags: ['silver'],
      materialized: 'table',
      description: 'Orders, cleaned',
      path: 'models/silver/silver_orders.sql',
    },
    {
      unique_id: 'model.techstore.gold_sales_metrics',
      name: 'gold_sales_metrics',
      resource_type: 'model',
      layer: 'gold',
      tags: ['gold'],
      materialized: 'table',
      description: 'Sales by day and month',
      path: 'models/gold/gold_sales_metrics.sql',
    },
  ],
  edges: [
    {
      from: 'model.techstore.silver_orders',
      to: 'model.techstore.gold_sales_metrics',
      direct: true,
    },
  ],
};

export const month = {
  sale_date: '2025-06-01T00:00:00',
  daily_revenue: 50210.75,
  daily_orders: 131,
  monthly_revenue: 50210.75,
  mom_revenue_growth_percent: 4.2,
  monthly_orders: 131,
  monthly_customers: 96,
  monthly_aov: 383.29,
  is_complete_month: true,
};

export const day = {
  sale_date: '2025-06-30',
  daily_orders: 4,
  daily_customers: 4,
  daily_revenue: 1530.2,
  daily_aov: 382.55,
  is_weekend: false,
};

export const comparedPeriod = {
  period: 'current',
  days_analyzed: 30,
  total_revenue: 50210.75,
  total_orders: 131,
  avg_order_value: 383.29,
  customers: 300,
  new_customers: 12,
};

export const segment = {
  segment: 'VIP',
  customers: 21,
  customer_share_percent: 7,
  revenue: 190220.4,
  revenue_share_percent: 38.15,
  avg_lifetime_value: 9008.11,
};

export const period = {
  report_date: '2025-06-30',
  period: 'Last 30 Days',
  period_days: 30,
  total_orders: 150,
  cancelled_orders: 9,
  cancellation_rate: 6,
  avg_delivery_days: 3.42,
  on_time_delivery_rate: 91.25,
  total_revenue: 50210.75,
  gross_order_value: 58110.2,
};

const ofType: Readonly<Record<ColumnType, unknown>> = {
  id: 100,
  count: 3,
  money: 129.9,
  percent: 41.25,
  amount: 4.5,
  text: 'delivered',
  date: '2025-06-28',
  timestamp: '2025-06-24T10:15:00',
  boolean: true,
};

const known: Readonly<Record<string, unknown>> = {
  ...customer,
  ...product,
  phone: '+44 20 555 0100',
  rfm_score: '555',
  r_score: 5,
  f_score: 5,
  m_score: 5,
  rating: 5,
  title: 'Love it',
  comment: 'Works as described.',
  description: 'Mechanical keyboard by Kestrel',
  subcategory: 'Accessories',
  model: 'KE-1021',
  stock_level: 'Normal',
  price_tier: 'Budget',
  lifecycle_stage: 'Mature',
  customer_name: 'Ada Lovelace',
  payment_method: 'card',
  payment_status: 'paid',
};

function row({ columns }: Metric): Readonly<Record<string, unknown>> {
  return Object.fromEntries(columns.map(({ name, type }) => [name, known[name] ?? ofType[type]]));
}

/** A whole answer of a detail, one row in each list. */
export function detail({ sections }: Detail): unknown {
  const data = Object.fromEntries(
    Object.entries(sections).map(([name, metric]) => [
      name,
      metric.shape === 'list' ? [row(metric)] : row(metric),
    ]),
  );
  return { data, meta };
}
