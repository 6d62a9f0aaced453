/** Queries of one customer. */
import { sql } from 'kysely';
import { bound, type Builder, type Compilable } from './builder.js';

export function profile({ db }: Builder): Compilable {
  return db
    .selectFrom('gold_customer_analytics as figures')
    .innerJoin('silver_customers as customers', 'customers.id', 'figures.customer_id')
    .select([
      'figures.customer_id',
      'figures.name',
      'figures.email',
      'customers.phone',
      'figures.city',
      'figures.country',
      'figures.age_group',
      'customers.registration_date',
      'customers.customer_tenure_days',
      'figures.customer_lifetime_stage',
      'figures.is_active',
    ])
    .where('figures.customer_id', '=', bound('id', 'bigint'));
}

export function scores({ db }: Builder): Compilable {
  return db
    .selectFrom('gold_customer_analytics')
    .select([
      'customer_segment',
      'total_orders',
      'total_revenue',
      'avg_order_value',
      'customer_lifetime_value',
      'first_order_date',
      'last_order_date',
      'recency_days',
      'r_score',
      'f_score',
      'm_score',
      'rfm_score',
      'customer_lifetime_months',
      'purchase_frequency_per_month',
    ])
    .where('customer_id', '=', bound('id', 'bigint'));
}

export function orders({ db }: Builder): Compilable {
  return db
    .selectFrom('silver_orders')
    .select([
      'id as order_id',
      'order_date',
      'status',
      'payment_method',
      'payment_status',
      'total_amount',
      'actual_delivery',
      'is_late',
    ])
    .where('customer_id', '=', bound('id', 'bigint'))
    .orderBy('order_date', 'desc')
    .orderBy('id', 'desc')
    .limit(bound('limit'));
}

export function products({ db }: Builder): Compilable {
  return db
    .with('bought', (cte) =>
      cte
        .selectFrom('silver_order_items as items')
        .innerJoin('silver_orders as orders', 'orders.id', 'items.order_id')
        .select([
          'items.product_id',
          sql`count(distinct orders.id)`.as('orders'),
          sql`cast(sum(items.quantity) as bigint)`.as('units'),
          sql`cast(sum(items.line_total) as decimal(18, 2))`.as('spent'),
          sql`max(orders.order_date)`.as('last_order_date'),
        ])
        .where('orders.customer_id', '=', bound('id', 'bigint'))
        .groupBy('items.product_id'),
    )
    .selectFrom('bought')
    .leftJoin('silver_products as products', 'products.id', 'bought.product_id')
    .select([
      'bought.product_id',
      'products.name as product_name',
      'products.category',
      'bought.orders',
      'bought.units',
      'bought.spent',
      'bought.last_order_date',
    ])
    .orderBy('bought.spent', 'desc')
    .orderBy('bought.product_id')
    .limit(bound('limit'));
}

export function reviews({ db }: Builder): Compilable {
  return db
    .selectFrom('silver_reviews as reviews')
    .leftJoin('silver_products as products', 'products.id', 'reviews.product_id')
    .select([
      'reviews.id as review_id',
      'reviews.review_date',
      'reviews.product_id',
      'products.name as product_name',
      'reviews.rating',
      'reviews.title',
      'reviews.comment',
      'reviews.helpful_votes',
    ])
    .where('reviews.customer_id', '=', bound('id', 'bigint'))
    .orderBy('reviews.review_date', 'desc')
    .orderBy('reviews.id', 'desc')
    .limit(bound('limit'));
}
