/** A shop of a few rows, made by hand: published tables as a build would leave them. */
import type { Connection } from '../../src/engine/engine.js';
import { openDuckDB } from '../../src/engine/duckdb/index.js';
import { Shop } from '../helpers/shop.js';

export const asOf = '2024-12-02';

/** Figures are chosen for their edges: ties of value, ties of rounding, ids and money past 2^53, hostile names. */
const tables = `
create table gold_customer_analytics (
  customer_id bigint, name text, email text, city text, country text, age_group text,
  customer_lifetime_stage text, is_active boolean, total_orders bigint, total_revenue decimal(18,2),
  avg_order_value decimal(18,2), first_order_date timestamp, last_order_date timestamp, recency_days int,
  frequency bigint, monetary decimal(18,2), r_score int, f_score int, m_score int, rfm_score text,
  customer_segment text, customer_lifetime_value decimal(18,2), customer_lifetime_months decimal(18,1),
  purchase_frequency_per_month decimal(18,2), _updated_at timestamp);
insert into gold_customer_analytics values
  (3, 'Ada 👩‍👩‍👧 Lovelace', 'ada@shop.example', 'London', 'UK', '25-34', 'Veteran', true, 4, 250.00, 62.50,
   '2024-01-01 08:00', '2024-11-30 23:59:59', 2, 4, 250.00, 5, 3, 1, '531', 'Regular', 200.00, 11.2, 0.36, '2024-12-02'),
  (2, '=HYPERLINK("x")', '+49@shop.example', null, 'DE', 'Unknown', 'New', true, 1, 250.00, 250.00,
   '2024-12-01', '2024-12-01', 1, 1, 250.00, 5, 1, 1, '511', 'New', 200.00, 0.0, 30.00, '2024-12-02'),
  (1, 'Eve \u001b[31mred\u202e', 'eve@shop.example', 'Paris', 'FR', '65+', 'Regular', false, 12, 9000.01, 750.00,
   '2023-01-01', '2024-11-29', 3, 12, 9000.01, 5, 5, 5, '555', 'VIP', 8950.01, 23.4, 0.51, '2024-12-02'),
  (9007199254740993, 'Big Id', 'big@shop.example', 'Rome', 'IT', '18-24', 'Recent', true, 9007199254740993,
   1234567890123456.78, 0.14, '2024-01-01', '2024-11-01', 31, 9007199254740993, 1234567890123456.78, 4, 5, 5, '455',
   'VIP', 1234567890123406.78, 11.2, 26.80, '2024-12-02'),
  (5, 'No Orders', 'none@shop.example', 'Oslo', 'NO', 'Under 18', 'New', null, 0, 0.00, 0.00,
   null, null, null, 0, 0.00, null, null, null, null, 'Prospect', 0.00, null, null, '2024-12-02');
create table silver_customers (id bigint, name text, phone text, registration_date date, customer_tenure_days int);
insert into silver_customers
  select customer_id, name, case customer_id when 1 then '+33 1' end, date '2024-11-02', 30 from gold_customer_analytics;

create table gold_product_performance (
  product_id bigint, product_name text, category text, subcategory text, brand text, current_price decimal(18,2),
  current_stock bigint, stock_level text, total_orders bigint, total_units_sold bigint,
  total_revenue decimal(18,2), total_cost decimal(18,2), total_profit decimal(18,2), actual_avg_margin decimal(18,2),
  sales_performance text, total_reviews bigint, positive_reviews bigint, avg_rating decimal(18,2),
  product_health_score decimal(4,1), _updated_at timestamp);
insert into gold_product_performance values
  (10, 'Lamp', 'Home', null, null, 19.99, 0, 'Out of Stock', 60, 120, 2398.80, 1200.00, 1198.80, 49.97, 'Best Seller', 2, 1, 3.50, 7.6, null),
  (11, 'Chair', 'Home', 'Seats', 'Ergo', 120.00, 9, 'Critical', 20, 20, 2400.00, 2500.00, -100.00, -4.17, 'Moderate', 0, 0, 0.00, 0.8, null),
  (12, 'Desk', 'Home', 'Desks', 'Ergo', 300.00, 49, 'Low', 55, 60, 2398.80, 0.00, 0.00, 0.00, 'Good', 1, 1, 5.00, 5.4, null),
  (13, 'Pen', 'Office', 'Pens', 'Inky', 1.00, 5000, 'Overstock', 70, 70, 70.00, 35.00, 35.00, 50.00, 'Good', 0, 0, 0.00, 4.3, null),
  (14, 'Mug', 'Home', 'Cups', 'Inky', 8.00, 0, 'Out of Stock', 0, 0, 0.00, 0.00, 0.00, 0.00, 'Poor', 0, 0, 0.00, 0.0, null);
create table silver_products (
  id bigint, name text, description text, category text, subcategory text, brand text, model text,
  price decimal(18,2), cost decimal(18,2), stock bigint, profit_margin_percent decimal(18,2), launch_date date,
  is_active boolean, stock_level text, price_tier text, lifecycle_stage text);
insert into silver_products values
  (10, 'Lamp', null, 'Home', null, null, null, 19.99, 10.00, 0, 49.97, null, true, 'Out of Stock', 'Budget', 'Unknown'),
  (12, 'Desk', 'Of oak', 'Home', 'Desks', 'Ergo', 'D1', 300.00, 0.01, 49, 100.00, '2024-01-01', true, 'Low', 'Mid-Range', 'Current');

create table gold_sales_metrics (
  sale_date date, daily_orders bigint, daily_customers bigint, daily_revenue decimal(18,2), daily_aov decimal(18,2),
  is_weekend boolean, month_start date, monthly_orders bigint, monthly_customers bigint,
  monthly_revenue decimal(18,2), monthly_aov decimal(18,2), mom_revenue_growth_percent decimal(18,2),
  is_complete_month boolean, _updated_at timestamp);
insert into gold_sales_metrics values
  ('2024-11-28', 2, 1, 100.00, 50.00, false, '2024-11-01', 3, 2, 100.03, 33.34, null, true, null),
  ('2024-11-29', 0, 0, 0.00, 0.00, false, '2024-11-01', 3, 2, 100.03, 33.34, null, true, null),
  ('2024-11-30', 1, 1, 0.03, 0.03, true, '2024-11-01', 3, 2, 100.03, 33.34, null, true, null),
  ('2024-12-01', 1, 1, 0.02, 0.02, true, '2024-12-01', 1, 1, 0.02, 0.02, -99.98, false, null),
  ('2024-12-02', 0, 0, 0.00, 0.00, false, '2024-12-01', 1, 1, 0.02, 0.02, -99.98, false, null);

create table gold_operational_metrics (
  report_date date, period text, period_days int, total_orders bigint, cancelled_orders bigint,
  cancellation_rate decimal(18,2), avg_delivery_days decimal(18,2), on_time_delivery_rate decimal(18,2),
  total_revenue decimal(18,2), gross_order_value decimal(18,2), _updated_at timestamp);
insert into gold_operational_metrics values
  ('2024-12-02', 'Last 30 Days', 30, 5, 1, 20.00, 2.50, 50.00, 100.05, 140.05, null),
  ('2024-12-02', 'Last 7 Days', 7, 0, 0, 0.00, null, null, 0.00, 0.00, null);

create table silver_orders (
  id bigint, customer_id bigint, order_date timestamp, status text, payment_method text, payment_status text,
  total_amount decimal(18,2), actual_delivery date, is_late boolean);
insert into silver_orders values
  (100, 1, '2024-11-29 10:00:00.5', 'delivered', 'card', 'paid', 100.00, '2024-12-01', true),
  (101, 1, '2024-11-29 10:00:00.5', 'cancelled', null, 'refunded', 50.00, null, null),
  (102, 1, '2024-11-01', 'shipped', 'cash', 'paid', 7.00, null, null),
  (103, 2, '2024-12-01', 'delivered', 'card', 'paid', 250.00, '2024-12-02', false);
create table silver_order_items (
  id bigint, order_id bigint, product_id bigint, quantity bigint, unit_price decimal(18,2), line_total decimal(18,2));
insert into silver_order_items values
  (1, 100, 10, 2, 19.99, 39.98), (2, 101, 10, 1, 19.99, 19.99), (3, 102, 99, 7, 1.00, 7.00),
  (4, 100, 12, 1, 300.00, 59.97), (5, 103, 10, 5, 19.99, 99.95), (6, 999, 10, 1, 19.99, 19.99);
create table silver_reviews (
  id bigint, product_id bigint, customer_id bigint, rating int, title text, comment text, review_date timestamp,
  helpful_votes bigint);
insert into silver_reviews values
  (1, 10, 1, 2, 'Dim', null, '2024-12-01 09:30:00', 3), (2, 99, 1, 5, null, '', '2024-11-30', 0),
  (3, 10, 77, 5, 'Bright', 'Very', '2024-11-30', 1);
`;

export async function makeTables(connection: Connection): Promise<void> {
  await connection.run(tables);
}

/** Every table with its columns, and no row. */
export async function emptyTables(connection: Connection): Promise<void> {
  await makeTables(connection);
  const { rows } = await connection.query('select table_name from duckdb_tables()');
  for (const [name] of rows) await connection.run(`delete from ${name as string}`);
}

/** A project whose published file was made by hand: no build, so that it takes a moment. */
export async function handMadeShop(
  make: (connection: Connection) => Promise<void> = makeTables,
): Promise<Shop> {
  const shop = new Shop(['dbt_project.yml', 'profiles.yml']);
  const engine = await openDuckDB({ path: shop.path('techstore.duckdb') });
  try {
    await make(await engine.connect());
  } finally {
    await engine.close();
  }
  return shop;
}
