-- Each customer's orders and revenue are those of the fulfilled orders in silver, and so are the totals.
with expected as (
    select
        customers.id as customer_id,
        count(orders.id) as total_orders,
        coalesce(sum(orders.total_amount), 0) as total_revenue
    from {{ ref('silver_customers') }} as customers
    left join {{ ref('silver_orders') }} as orders
        on customers.id = orders.customer_id
        and {{ has_status('orders.status', 'fulfilled_statuses') }}
    group by customers.id
)

select
    coalesce(gold.customer_id, expected.customer_id) as customer_id,
    gold.total_orders,
    expected.total_orders as expected_orders,
    gold.total_revenue,
    expected.total_revenue as expected_revenue
from {{ ref('gold_customer_analytics') }} as gold
full outer join expected
    on gold.customer_id = expected.customer_id
where
    coalesce(gold.total_orders, -1) <> coalesce(expected.total_orders, -1)
    or coalesce(gold.total_revenue, -1) <> coalesce(expected.total_revenue, -1)
