/** Written by `npm run metrics:sql` from src/metrics/queries. Do not change it by hand. */
import type { CompiledQueries } from '../compile.js';

export const compiled: CompiledQueries = {
  'customers top': {
    parameters: ['limit'],
    sql: `
select
  "customer_id",
  "name",
  "email",
  "city",
  "country",
  "age_group",
  "customer_lifetime_stage",
  "total_orders",
  "total_revenue",
  "avg_order_value",
  "customer_segment",
  "customer_lifetime_value"
from
  {gold_customer_analytics}
where
  "total_orders" > 0
order by
  "customer_lifetime_value" desc,
  "customer_id"
limit
  $1`,
  },
  'customers top, after': {
    parameters: [
      'after.customer_lifetime_value',
      'after.customer_lifetime_value',
      'after.customer_id',
      'limit',
    ],
    sql: `
select
  "customer_id",
  "name",
  "email",
  "city",
  "country",
  "age_group",
  "customer_lifetime_stage",
  "total_orders",
  "total_revenue",
  "avg_order_value",
  "customer_segment",
  "customer_lifetime_value"
from
  {gold_customer_analytics}
where
  "total_orders" > 0
  and (
    "customer_lifetime_value" < cast($1 as decimal(18, 2))
    or (
      "customer_lifetime_value" = cast($2 as decimal(18, 2))
      and "customer_id" > cast($3 as bigint)
    )
  )
order by
  "customer_lifetime_value" desc,
  "customer_id"
limit
  $4`,
  },
  'customers segment': {
    parameters: ['segment', 'limit'],
    sql: `
select
  "customer_id",
  "name",
  "email",
  "city",
  "country",
  "age_group",
  "customer_lifetime_stage",
  "total_orders",
  "total_revenue",
  "avg_order_value",
  "customer_segment",
  "customer_lifetime_value"
from
  {gold_customer_analytics}
where
  "customer_segment" = $1
order by
  "customer_lifetime_value" desc,
  "customer_id"
limit
  $2`,
  },
  'customers segment, after': {
    parameters: [
      'segment',
      'after.customer_lifetime_value',
      'after.customer_lifetime_value',
      'after.customer_id',
      'limit',
    ],
    sql: `
select
  "customer_id",
  "name",
  "email",
  "city",
  "country",
  "age_group",
  "customer_lifetime_stage",
  "total_orders",
  "total_revenue",
  "avg_order_value",
  "customer_segment",
  "customer_lifetime_value"
from
  {gold_customer_analytics}
where
  "customer_segment" = $1
  and (
    "customer_lifetime_value" < cast($2 as decimal(18, 2))
    or (
      "customer_lifetime_value" = cast($3 as decimal(18, 2))
      and "customer_id" > cast($4 as bigint)
    )
  )
order by
  "customer_lifetime_value" desc,
  "customer_id"
limit
  $5`,
  },
  'customers segments': {
    parameters: [],
    sql: `
with
  "named" as (
    select
      0 as place,
      'VIP' as segment
    union all
    select
      1 as place,
      'Loyal' as segment
    union all
    select
      2 as place,
      'New' as segment
    union all
    select
      3 as place,
      'At Risk' as segment
    union all
    select
      4 as place,
      'Lost' as segment
    union all
    select
      5 as place,
      'Regular' as segment
    union all
    select
      6 as place,
      'Prospect' as segment
  ),
  "counted" as (
    select
      "customer_segment",
      count(*) as "customers",
      sum(total_revenue) as "revenue",
      sum(customer_lifetime_value) as "lifetime_value"
    from
      {gold_customer_analytics}
    group by
      "customer_segment"
  ),
  "whole" as (
    select
      sum(customers) as "all_customers",
      sum(revenue) as "all_revenue"
    from
      "counted"
  ),
  "joined" as (
    select
      "named"."place",
      "named"."segment",
      coalesce(counted.customers, 0) as "customers",
      coalesce(counted.revenue, 0) as "revenue",
      "counted"."lifetime_value",
      "whole"."all_customers",
      "whole"."all_revenue"
    from
      "named"
      left join "counted" on "counted"."customer_segment" = "named"."segment"
      cross join "whole"
  )
select
  "segment",
  cast(customers as bigint) as "customers",
  try_cast (
    try_cast (
      divide(
        cast(cast(customers as decimal(38, 2)) * 100 as hugeint) * 20000 + sign(cast(cast(customers as decimal(38, 2)) * 100 as hugeint)) * abs(cast(cast(all_customers as decimal(38, 2)) * 100 as hugeint)),
        nullif(cast(cast(all_customers as decimal(38, 2)) * 100 as hugeint), 0) * 2
      ) as decimal(38, 0)
    ) * cast('0.01' as decimal(2, 2)) as decimal(18, 2)
  ) as "customer_share_percent",
  cast(revenue as decimal(18, 2)) as "revenue",
  try_cast (
    try_cast (
      divide(
        cast(cast(revenue as decimal(38, 2)) * 100 as hugeint) * 20000 + sign(cast(cast(revenue as decimal(38, 2)) * 100 as hugeint)) * abs(cast(cast(all_revenue as decimal(38, 2)) * 100 as hugeint)),
        nullif(cast(cast(all_revenue as decimal(38, 2)) * 100 as hugeint), 0) * 2
      ) as decimal(38, 0)
    ) * cast('0.01' as decimal(2, 2)) as decimal(18, 2)
  ) as "revenue_share_percent",
  try_cast (
    try_cast (
      divide(
        cast(cast(lifetime_value as decimal(38, 2)) * 100 as hugeint) * 200 + sign(cast(cast(lifetime_value as decimal(38, 2)) * 100 as hugeint)) * abs(cast(cast(customers as decimal(38, 2)) * 100 as hugeint)),
        nullif(cast(cast(customers as decimal(38, 2)) * 100 as hugeint), 0) * 2
      ) as decimal(38, 0)
    ) * cast('0.01' as decimal(2, 2)) as decimal(18, 2)
  ) as "avg_lifetime_value"
from
  "joined"
order by
  "place"`,
  },
  'products best-sellers': {
    parameters: ['limit'],
    sql: `
select
  "product_id",
  "product_name",
  "category",
  "brand",
  "current_price",
  "current_stock",
  "total_units_sold",
  "total_revenue",
  "total_profit",
  "sales_performance",
  "avg_rating",
  "product_health_score"
from
  {gold_product_performance}
where
  "sales_performance" in ('Best Seller', 'Good')
order by
  "total_revenue" desc,
  "product_id"
limit
  $1`,
  },
  'products best-sellers, after': {
    parameters: ['after.total_revenue', 'after.total_revenue', 'after.product_id', 'limit'],
    sql: `
select
  "product_id",
  "product_name",
  "category",
  "brand",
  "current_price",
  "current_stock",
  "total_units_sold",
  "total_revenue",
  "total_profit",
  "sales_performance",
  "avg_rating",
  "product_health_score"
from
  {gold_product_performance}
where
  "sales_performance" in ('Best Seller', 'Good')
  and (
    "total_revenue" < cast($1 as decimal(18, 2))
    or (
      "total_revenue" = cast($2 as decimal(18, 2))
      and "product_id" > cast($3 as bigint)
    )
  )
order by
  "total_revenue" desc,
  "product_id"
limit
  $4`,
  },
  'products low-stock': {
    parameters: ['limit'],
    sql: `
select
  "product_id",
  "product_name",
  "category",
  "brand",
  "current_price",
  "current_stock",
  "total_units_sold",
  "total_revenue",
  "total_profit",
  "sales_performance",
  "avg_rating",
  "product_health_score",
  "stock_level"
from
  {gold_product_performance}
where
  "stock_level" in ('Out of Stock', 'Critical', 'Low')
order by
  "current_stock",
  "product_id"
limit
  $1`,
  },
  'products low-stock, after': {
    parameters: ['after.current_stock', 'after.current_stock', 'after.product_id', 'limit'],
    sql: `
select
  "product_id",
  "product_name",
  "category",
  "brand",
  "current_price",
  "current_stock",
  "total_units_sold",
  "total_revenue",
  "total_profit",
  "sales_performance",
  "avg_rating",
  "product_health_score",
  "stock_level"
from
  {gold_product_performance}
where
  "stock_level" in ('Out of Stock', 'Critical', 'Low')
  and (
    "current_stock" > cast($1 as bigint)
    or (
      "current_stock" = cast($2 as bigint)
      and "product_id" > cast($3 as bigint)
    )
  )
order by
  "current_stock",
  "product_id"
limit
  $4`,
  },
  'sales summary': {
    parameters: ['days'],
    sql: `
with
  "totals" as (
    select
      count(sale_date) as "days_analyzed",
      cast(coalesce(sum(daily_revenue), 0) as decimal(18, 2)) as "total_revenue",
      cast(coalesce(sum(daily_orders), 0) as bigint) as "total_orders"
    from
      {gold_sales_metrics}
    where
      date_diff(
        'day',
        "sale_date",
        coalesce(
          (
            select
              max(report_date) as "report_date"
            from
              {gold_operational_metrics}
          ),
          (
            select
              max(sale_date) as "last_date"
            from
              {gold_sales_metrics}
          )
        )
      ) between 0 and cast($1 as int) - 1
  )
select
  "days_analyzed",
  "total_revenue",
  "total_orders",
  try_cast (
    try_cast (
      divide(
        cast(cast(total_revenue as decimal(38, 2)) * 100 as hugeint) * 200 + sign(cast(cast(total_revenue as decimal(38, 2)) * 100 as hugeint)) * abs(cast(cast(days_analyzed as decimal(38, 2)) * 100 as hugeint)),
        nullif(cast(cast(days_analyzed as decimal(38, 2)) * 100 as hugeint), 0) * 2
      ) as decimal(38, 0)
    ) * cast('0.01' as decimal(2, 2)) as decimal(18, 2)
  ) as "avg_daily_revenue",
  try_cast (
    try_cast (
      divide(
        cast(cast(total_revenue as decimal(38, 2)) * 100 as hugeint) * 200 + sign(cast(cast(total_revenue as decimal(38, 2)) * 100 as hugeint)) * abs(cast(cast(total_orders as decimal(38, 2)) * 100 as hugeint)),
        nullif(cast(cast(total_orders as decimal(38, 2)) * 100 as hugeint), 0) * 2
      ) as decimal(38, 0)
    ) * cast('0.01' as decimal(2, 2)) as decimal(18, 2)
  ) as "avg_order_value"
from
  "totals"`,
  },
  'sales summary, every': {
    parameters: [],
    sql: `
with
  "periods" as (
    select
      cast(unnest(range(1, 366)) as int) as "days"
  ),
  "dated" as (
    select
      "sale_date",
      "daily_revenue",
      "daily_orders",
      date_diff(
        'day',
        "sale_date",
        coalesce(
          (
            select
              max(report_date) as "report_date"
            from
              {gold_operational_metrics}
          ),
          (
            select
              max(sale_date) as "last_date"
            from
              {gold_sales_metrics}
          )
        )
      ) as "days_ago"
    from
      {gold_sales_metrics}
  ),
  "totals" as (
    select
      "days",
      count(sale_date) as "days_analyzed",
      cast(coalesce(sum(daily_revenue), 0) as decimal(18, 2)) as "total_revenue",
      cast(coalesce(sum(daily_orders), 0) as bigint) as "total_orders"
    from
      "periods"
      left join "dated" on days_ago between 0 and days - 1
    group by
      "days"
  )
select
  "days_analyzed",
  "total_revenue",
  "total_orders",
  try_cast (
    try_cast (
      divide(
        cast(cast(total_revenue as decimal(38, 2)) * 100 as hugeint) * 200 + sign(cast(cast(total_revenue as decimal(38, 2)) * 100 as hugeint)) * abs(cast(cast(days_analyzed as decimal(38, 2)) * 100 as hugeint)),
        nullif(cast(cast(days_analyzed as decimal(38, 2)) * 100 as hugeint), 0) * 2
      ) as decimal(38, 0)
    ) * cast('0.01' as decimal(2, 2)) as decimal(18, 2)
  ) as "avg_daily_revenue",
  try_cast (
    try_cast (
      divide(
        cast(cast(total_revenue as decimal(38, 2)) * 100 as hugeint) * 200 + sign(cast(cast(total_revenue as decimal(38, 2)) * 100 as hugeint)) * abs(cast(cast(total_orders as decimal(38, 2)) * 100 as hugeint)),
        nullif(cast(cast(total_orders as decimal(38, 2)) * 100 as hugeint), 0) * 2
      ) as decimal(38, 0)
    ) * cast('0.01' as decimal(2, 2)) as decimal(18, 2)
  ) as "avg_order_value"
from
  "totals"
order by
  "days"`,
  },
  'sales trends': {
    parameters: ['months'],
    sql: `
with
  "months" as (
    select distinct
      cast(month_start as timestamp) as "sale_date",
      "monthly_revenue" as "daily_revenue",
      "monthly_orders" as "daily_orders",
      "monthly_revenue",
      "mom_revenue_growth_percent",
      "monthly_orders",
      "monthly_customers",
      "monthly_aov",
      "is_complete_month"
    from
      {gold_sales_metrics}
  )
select
  "sale_date",
  "daily_revenue",
  "daily_orders",
  "monthly_revenue",
  "mom_revenue_growth_percent",
  "monthly_orders",
  "monthly_customers",
  "monthly_aov",
  "is_complete_month"
from
  "months"
order by
  "sale_date" desc
limit
  $1`,
  },
  'sales trends, after': {
    parameters: ['after.sale_date', 'months'],
    sql: `
with
  "months" as (
    select distinct
      cast(month_start as timestamp) as "sale_date",
      "monthly_revenue" as "daily_revenue",
      "monthly_orders" as "daily_orders",
      "monthly_revenue",
      "mom_revenue_growth_percent",
      "monthly_orders",
      "monthly_customers",
      "monthly_aov",
      "is_complete_month"
    from
      {gold_sales_metrics}
  )
select
  "sale_date",
  "daily_revenue",
  "daily_orders",
  "monthly_revenue",
  "mom_revenue_growth_percent",
  "monthly_orders",
  "monthly_customers",
  "monthly_aov",
  "is_complete_month"
from
  "months"
where
  "sale_date" < cast($1 as timestamp)
order by
  "sale_date" desc
limit
  $2`,
  },
  'sales daily': {
    parameters: ['days'],
    sql: `
select
  "sale_date",
  "daily_orders",
  "daily_customers",
  "daily_revenue",
  "daily_aov",
  "is_weekend"
from
  {gold_sales_metrics}
where
  date_diff(
    'day',
    "sale_date",
    coalesce(
      (
        select
          max(report_date) as "report_date"
        from
          {gold_operational_metrics}
      ),
      (
        select
          max(sale_date) as "last_date"
        from
          {gold_sales_metrics}
      )
    )
  ) between 0 and cast($1 as int) - 1
order by
  "sale_date"`,
  },
  'sales daily, every': {
    parameters: [],
    sql: `
select
  "sale_date",
  "daily_orders",
  "daily_customers",
  "daily_revenue",
  "daily_aov",
  "is_weekend",
  date_diff(
    'day',
    "sale_date",
    coalesce(
      (
        select
          max(report_date) as "report_date"
        from
          {gold_operational_metrics}
      ),
      (
        select
          max(sale_date) as "last_date"
        from
          {gold_sales_metrics}
      )
    )
  ) + 1 as "least_days"
from
  {gold_sales_metrics}
where
  date_diff(
    'day',
    "sale_date",
    coalesce(
      (
        select
          max(report_date) as "report_date"
        from
          {gold_operational_metrics}
      ),
      (
        select
          max(sale_date) as "last_date"
        from
          {gold_sales_metrics}
      )
    )
  ) between 0 and 364
order by
  "sale_date"`,
  },
  'operations summary': {
    parameters: [],
    sql: `
select
  "report_date",
  "period",
  "period_days",
  "total_orders",
  "cancelled_orders",
  "cancellation_rate",
  "avg_delivery_days",
  "on_time_delivery_rate",
  "total_revenue",
  "gross_order_value"
from
  {gold_operational_metrics}
order by
  "period_days"`,
  },
  'customers show profile': {
    parameters: ['id'],
    sql: `
select
  "figures"."customer_id",
  "figures"."name",
  "figures"."email",
  "customers"."phone",
  "figures"."city",
  "figures"."country",
  "figures"."age_group",
  "customers"."registration_date",
  "customers"."customer_tenure_days",
  "figures"."customer_lifetime_stage",
  "figures"."is_active"
from
  {gold_customer_analytics} as "figures"
  inner join {silver_customers} as "customers" on "customers"."id" = "figures"."customer_id"
where
  "figures"."customer_id" = cast($1 as bigint)`,
  },
  'customers show scores': {
    parameters: ['id'],
    sql: `
select
  "customer_segment",
  "total_orders",
  "total_revenue",
  "avg_order_value",
  "customer_lifetime_value",
  "first_order_date",
  "last_order_date",
  "recency_days",
  "r_score",
  "f_score",
  "m_score",
  "rfm_score",
  "customer_lifetime_months",
  "purchase_frequency_per_month"
from
  {gold_customer_analytics}
where
  "customer_id" = cast($1 as bigint)`,
  },
  'customers show orders': {
    parameters: ['id', 'limit'],
    sql: `
select
  "id" as "order_id",
  "order_date",
  "status",
  "payment_method",
  "payment_status",
  "total_amount",
  "actual_delivery",
  "is_late"
from
  {silver_orders}
where
  "customer_id" = cast($1 as bigint)
order by
  "order_date" desc,
  "id" desc
limit
  $2`,
  },
  'customers show products': {
    parameters: ['id', 'limit'],
    sql: `
with
  "bought" as (
    select
      "items"."product_id",
      count(distinct orders.id) as "orders",
      cast(sum(items.quantity) as bigint) as "units",
      cast(sum(items.line_total) as decimal(18, 2)) as "spent",
      max(orders.order_date) as "last_order_date"
    from
      {silver_order_items} as "items"
      inner join {silver_orders} as "orders" on "orders"."id" = "items"."order_id"
    where
      "orders"."customer_id" = cast($1 as bigint)
    group by
      "items"."product_id"
  )
select
  "bought"."product_id",
  "products"."name" as "product_name",
  "products"."category",
  "bought"."orders",
  "bought"."units",
  "bought"."spent",
  "bought"."last_order_date"
from
  "bought"
  left join {silver_products} as "products" on "products"."id" = "bought"."product_id"
order by
  "bought"."spent" desc,
  "bought"."product_id"
limit
  $2`,
  },
  'customers show reviews': {
    parameters: ['id', 'limit'],
    sql: `
select
  "reviews"."id" as "review_id",
  "reviews"."review_date",
  "reviews"."product_id",
  "products"."name" as "product_name",
  "reviews"."rating",
  "reviews"."title",
  "reviews"."comment",
  "reviews"."helpful_votes"
from
  {silver_reviews} as "reviews"
  left join {silver_products} as "products" on "products"."id" = "reviews"."product_id"
where
  "reviews"."customer_id" = cast($1 as bigint)
order by
  "reviews"."review_date" desc,
  "reviews"."id" desc
limit
  $2`,
  },
  'products show profile': {
    parameters: ['id'],
    sql: `
select
  "id" as "product_id",
  "name" as "product_name",
  "description",
  "category",
  "subcategory",
  "brand",
  "model",
  "price" as "current_price",
  "cost",
  "profit_margin_percent",
  "stock" as "current_stock",
  "stock_level",
  "price_tier",
  "launch_date",
  "lifecycle_stage",
  "is_active"
from
  {silver_products}
where
  "id" = cast($1 as bigint)`,
  },
  'products show sales': {
    parameters: ['id'],
    sql: `
select
  "sales_performance",
  "total_orders",
  "total_units_sold",
  "total_revenue",
  "total_cost",
  "total_profit",
  "actual_avg_margin",
  "total_reviews",
  "positive_reviews",
  "avg_rating",
  "product_health_score"
from
  {gold_product_performance}
where
  "product_id" = cast($1 as bigint)`,
  },
  'products show orders': {
    parameters: ['id', 'limit'],
    sql: `
select
  "orders"."id" as "order_id",
  "orders"."order_date",
  "orders"."status",
  "orders"."customer_id",
  "customers"."name" as "customer_name",
  "items"."quantity",
  "items"."unit_price",
  "items"."line_total"
from
  {silver_order_items} as "items"
  inner join {silver_orders} as "orders" on "orders"."id" = "items"."order_id"
  left join {silver_customers} as "customers" on "customers"."id" = "orders"."customer_id"
where
  "items"."product_id" = cast($1 as bigint)
order by
  "orders"."order_date" desc,
  "items"."id" desc
limit
  $2`,
  },
  'products show reviews': {
    parameters: ['id', 'limit'],
    sql: `
select
  "reviews"."id" as "review_id",
  "reviews"."review_date",
  "reviews"."customer_id",
  "customers"."name" as "customer_name",
  "reviews"."rating",
  "reviews"."title",
  "reviews"."comment",
  "reviews"."helpful_votes"
from
  {silver_reviews} as "reviews"
  left join {silver_customers} as "customers" on "customers"."id" = "reviews"."customer_id"
where
  "reviews"."product_id" = cast($1 as bigint)
order by
  "reviews"."review_date" desc,
  "reviews"."id" desc
limit
  $2`,
  },
  'sales comparison': {
    parameters: ['days', 'days', 'days', 'days'],
    sql: `
with
  "periods" as (
    select
      0 as place,
      'current' as period
    union all
    select
      1 as place,
      'previous' as period
  ),
  "dated" as (
    select
      "daily_revenue",
      "daily_orders",
      date_diff(
        'day',
        "sale_date",
        coalesce(
          (
            select
              max(report_date) as "report_date"
            from
              {gold_operational_metrics}
          ),
          (
            select
              max(sale_date) as "last_date"
            from
              {gold_sales_metrics}
          )
        )
      ) as "days_ago"
    from
      {gold_sales_metrics}
  ),
  "sales" as (
    select
      case
        when days_ago < cast($1 as int) then 0
        else 1
      end as "place",
      count(*) as "days_analyzed",
      sum(daily_revenue) as "revenue",
      sum(daily_orders) as "orders"
    from
      "dated"
    where
      days_ago between 0 and 2 * cast($2 as int) - 1
    group by
      1
  ),
  "people" as (
    select
      "place",
      count(id) as "customers",
      count(
        case
          when customer_tenure_days < (place + 1) * cast($3 as int) then id
        end
      ) as "new_customers"
    from
      "periods"
      left join {silver_customers} on customer_tenure_days >= place * cast($4 as int)
    group by
      "place"
  ),
  "joined" as (
    select
      "periods"."place",
      "periods"."period",
      coalesce(sales.days_analyzed, 0) as "days_analyzed",
      cast(coalesce(sales.revenue, 0) as decimal(18, 2)) as "total_revenue",
      cast(coalesce(sales.orders, 0) as bigint) as "total_orders",
      "people"."customers",
      "people"."new_customers"
    from
      "periods"
      inner join "people" on "people"."place" = "periods"."place"
      left join "sales" on "sales"."place" = "periods"."place"
  )
select
  "period",
  "days_analyzed",
  "total_revenue",
  "total_orders",
  try_cast (
    try_cast (
      divide(
        cast(cast(total_revenue as decimal(38, 2)) * 100 as hugeint) * 200 + sign(cast(cast(total_revenue as decimal(38, 2)) * 100 as hugeint)) * abs(cast(cast(total_orders as decimal(38, 2)) * 100 as hugeint)),
        nullif(cast(cast(total_orders as decimal(38, 2)) * 100 as hugeint), 0) * 2
      ) as decimal(38, 0)
    ) * cast('0.01' as decimal(2, 2)) as decimal(18, 2)
  ) as "avg_order_value",
  "customers",
  "new_customers"
from
  "joined"
order by
  "place"`,
  },
  'as of': {
    parameters: [],
    sql: `
select
  coalesce(
    (
      select
        max(report_date) as "report_date"
      from
        {gold_operational_metrics}
    ),
    (
      select
        max(sale_date) as "last_date"
      from
        {gold_sales_metrics}
    )
  ) as "as_of"`,
  },
};
