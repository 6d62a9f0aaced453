-- Each product's units, revenue, cost and profit are those of the lines of fulfilled orders in silver.
with expected as (
    select
        items.product_id,
        sum(items.quantity) as units,
        sum(items.line_total) as revenue,
        coalesce(sum(items.total_cost), 0) as cost,
        coalesce(sum(items.line_profit), 0) as profit
    from {{ ref('silver_order_items') }} as items
    inner join {{ ref('silver_orders') }} as orders
        on items.order_id = orders.id
    inner join {{ ref('silver_products') }} as products
        on items.product_id = products.id
    where {{ has_status('orders.status', 'fulfilled_statuses') }}
    group by items.product_id
)

select
    coalesce(gold.product_id, expected.product_id) as product_id,
    gold.total_units_sold,
    expected.units as expected_units,
    gold.total_revenue,
    expected.revenue as expected_revenue,
    gold.total_cost,
    expected.cost as expected_cost,
    gold.total_profit,
    expected.profit as expected_profit
from {{ ref('gold_product_performance') }} as gold
full outer join expected
    on gold.product_id = expected.product_id
where
    gold.product_id is null
    or gold.total_units_sold <> coalesce(expected.units, 0)
    or gold.total_revenue <> coalesce(expected.revenue, 0)
    or gold.total_cost <> coalesce(expected.cost, 0)
    or gold.total_profit <> coalesce(expected.profit, 0)
