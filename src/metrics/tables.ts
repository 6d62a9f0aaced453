/** Published tables and their columns, as far as metrics read them. */

type Table<Columns extends string> = Readonly<Record<Columns, unknown>>;

export interface PublishedTables {
  gold_customer_analytics: Table<
    | 'customer_id'
    | 'name'
    | 'email'
    | 'city'
    | 'country'
    | 'age_group'
    | 'customer_lifetime_stage'
    | 'is_active'
    | 'total_orders'
    | 'total_revenue'
    | 'avg_order_value'
    | 'first_order_date'
    | 'last_order_date'
    | 'recency_days'
    | 'r_score'
    | 'f_score'
    | 'm_score'
    | 'rfm_score'
    | 'customer_segment'
    | 'customer_lifetime_value'
    | 'customer_lifetime_months'
    | 'purchase_frequency_per_month'
  >;
  gold_product_performance: Table<
    | 'product_id'
    | 'product_name'
    | 'category'
    | 'brand'
    | 'current_price'
    | 'current_stock'
    | 'stock_level'
    | 'total_orders'
    | 'total_units_sold'
    | 'total_revenue'
    | 'total_cost'
    | 'total_profit'
    | 'actual_avg_margin'
    | 'sales_performance'
    | 'total_reviews'
    | 'positive_reviews'
    | 'avg_rating'
    | 'product_health_score'
  >;
  gold_sales_metrics: Table<
    | 'sale_date'
    | 'daily_orders'
    | 'daily_customers'
    | 'daily_revenue'
    | 'daily_aov'
    | 'is_weekend'
    | 'month_start'
    | 'monthly_orders'
    | 'monthly_customers'
    | 'monthly_revenue'
    | 'monthly_aov'
    | 'mom_revenue_growth_percent'
    | 'is_complete_month'
  >;
  gold_operational_metrics: Table<
    | 'report_date'
    | 'period'
    | 'period_days'
    | 'total_orders'
    | 'cancelled_orders'
    | 'cancellation_rate'
    | 'avg_delivery_days'
    | 'on_time_delivery_rate'
    | 'total_revenue'
    | 'gross_order_value'
  >;
  silver_customers: Table<'id' | 'name' | 'phone' | 'registration_date' | 'customer_tenure_days'>;
  silver_products: Table<
    | 'id'
    | 'name'
    | 'description'
    | 'category'
    | 'subcategory'
    | 'brand'
    | 'model'
    | 'price'
    | 'cost'
    | 'stock'
    | 'profit_margin_percent'
    | 'launch_date'
    | 'is_active'
    | 'stock_level'
    | 'price_tier'
    | 'lifecycle_stage'
  >;
  silver_orders: Table<
    | 'id'
    | 'customer_id'
    | 'order_date'
    | 'status'
    | 'payment_method'
    | 'payment_status'
    | 'total_amount'
    | 'actual_delivery'
    | 'is_late'
  >;
  silver_order_items: Table<
    'id' | 'order_id' | 'product_id' | 'quantity' | 'unit_price' | 'line_total'
  >;
  silver_reviews: Table<
    | 'id'
    | 'product_id'
    | 'customer_id'
    | 'rating'
    | 'title'
    | 'comment'
    | 'review_date'
    | 'helpful_votes'
  >;
}

/** Names that a query gives to its own parts never begin like this. */
export function isPublishedTable(name: string): boolean {
  return /^(gold|silver)_/.test(name);
}

/** Their names. */
export const publishedTables: readonly (keyof PublishedTables)[] = [
  'gold_customer_analytics',
  'gold_product_performance',
  'gold_sales_metrics',
  'gold_operational_metrics',
  'silver_customers',
  'silver_products',
  'silver_orders',
  'silver_order_items',
  'silver_reviews',
];
