/** Queries of one product. */
import { bound, type Builder, type Compilable } from './builder.js';

export function profile({ db }: Builder): Compilable {
  return db
    .selectFrom('silver_products')
    .select([
      'id as product_id',
      'name as product_name',
      'description',
      'category',
      'subcategory',
      'brand',
      'model',
      'price as current_price',
      'cost',
      'profit_margin_percent',
      'stock as current_stock',
      'stock_level',
      'price_tier',
      'launch_date',
      'lifecycle_stage',
      'is_active',
    ])
    .where('id', '=', bound('id', 'bigint'));
}

export function sales({ db }: Builder): Compilable {
  return db
    .selectFrom('gold_product_performance')
    .select([
      'sales_performance',
      'total_orders',
      'total_units_sold',
      'total_revenue',
      'total_cost',
      'total_profit',
      'actual_avg_margin',
      'total_reviews',
      'positive_reviews',
      'avg_rating',
      'product_health_score',
    ])
    .where('product_id', '=', bound('id', 'bigint'));
}

export function orders({ db }: Builder): Compilable {
  return db
    .selectFrom('silver_order_items as items')
    .innerJoin('silver_orders as orders', 'orders.id', 'items.order_id')
    .leftJoin('silver_customers as customers', 'customers.id', 'orders.customer_id')
    .select([
      'orders.id as order_id',
      'orders.order_date',
      'orders.status',
      'orders.customer_id',
      'customers.name as customer_name',
      'items.quantity',
      'items.unit_price',
      'items.line_total',
    ])
    .where('items.product_id', '=', bound('id', 'bigint'))
    .orderBy('orders.order_date', 'desc')
    .orderBy('items.id', 'desc')
    .limit(bound('limit'));
}

export function reviews({ db }: Builder): Compilable {
  return db
    .selectFrom('silver_reviews as reviews')
    .leftJoin('silver_customers as customers', 'customers.id', 'reviews.customer_id')
    .select([
      'reviews.id as review_id',
      'reviews.review_date',
      'reviews.customer_id',
      'customers.name as customer_name',
      'reviews.rating',
      'reviews.title',
      'reviews.comment',
      'reviews.helpful_votes',
    ])
    .where('reviews.product_id', '=', bound('id', 'bigint'))
    .orderBy('reviews.review_date', 'desc')
    .orderBy('reviews.id', 'desc')
    .limit(bound('limit'));
}
