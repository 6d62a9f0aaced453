with fulfilled_lines as (
    select items.*
    from {{ ref('silver_order_items') }} as items
    inner join {{ ref('silver_orders') }} as orders
        on items.order_id = orders.id
    where {{ has_status('orders.status', 'fulfilled_statuses') }}
),

sales as (
    select
        product_id,
        count(distinct order_id) as total_orders,
        {{ count_sum('quantity') }} as total_units_sold,
        {{ money_sum('line_total') }} as total_revenue,
        {{ money_sum('total_cost') }} as total_cost,
        {{ money_sum('line_profit') }} as total_profit,
        -- Lines without a unit cost have no profit, so they must not widen the base of the margin either.
        sum(line_total) filter (where unit_cost is not null) as revenue_with_known_cost
    from fulfilled_lines
    group by product_id
),

ratings as (
    select
        product_id,
        count(*) as total_reviews,
        {{ count_if('rating >= 4') }} as positive_reviews,
        {{ count_sum('rating') }} as rating_points
    from {{ ref('silver_reviews') }}
    group by product_id
),

measured as (
    select
        products.id as product_id,
        products.name as product_name,
        products.category,
        products.subcategory,
        products.brand,
        products.price as current_price,
        products.stock as current_stock,
        products.stock_level,
        products.price_tier,
        products.lifecycle_stage,
        products.is_active,
        coalesce(sales.total_orders, 0) as total_orders,
        coalesce(sales.total_units_sold, 0) as total_units_sold,
        {{ money('coalesce(sales.total_revenue, 0)') }} as total_revenue,
        {{ money('coalesce(sales.total_cost, 0)') }} as total_cost,
        {{ money('coalesce(sales.total_profit, 0)') }} as total_profit,
        coalesce(sales.revenue_with_known_cost, 0) as revenue_with_known_cost,
        coalesce(ratings.total_reviews, 0) as total_reviews,
        coalesce(ratings.positive_reviews, 0) as positive_reviews,
        coalesce(ratings.rating_points, 0) as rating_points
    from {{ ref('silver_products') }} as products
    left join sales
        on products.id = sales.product_id
    left join ratings
        on products.id = ratings.product_id
),

rated as (
    select
        *,
        case
            when revenue_with_known_cost = 0 then 0
            else {{ ratio('total_profit', 'revenue_with_known_cost', times=100) }}
        end as actual_avg_margin,
        case
            when total_reviews = 0 then 0
            else {{ ratio('rating_points', 'total_reviews') }}
        end as avg_rating
    from measured
)

select
    product_id,
    product_name,
    category,
    subcategory,
    brand,
    current_price,
    current_stock,
    stock_level,
    price_tier,
    lifecycle_stage,
    is_active,
    total_orders,
    total_units_sold,
    total_revenue,
    total_cost,
    total_profit,
    actual_avg_margin,
    {{ band_from(
        'total_units_sold',
        'sales_performance_units',
        ['Best Seller', 'Good', 'Moderate', 'Poor']
    ) }} as sales_performance,
    total_reviews,
    positive_reviews,
    avg_rating,
    -- At most 3 points for ratings (5 * 0.6), 4 for units and 3 for the margin. The cast rounds half away
    -- from zero, once.
    cast(
        avg_rating * 0.6
        + least(total_units_sold, 100) * 0.04
        + least(greatest(coalesce(actual_avg_margin, 0), 0), 100) * 0.03
        as decimal(4, 1)
    ) as product_health_score,
    {{ run_instant() }} as _updated_at
from rated
