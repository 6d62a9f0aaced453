-- Each period's figures of money are those of the orders of its dates.
with expected as (
    select
        metrics.period_days,
        count(orders.id) as orders,
        coalesce(sum(orders.total_amount), 0) as gross,
        coalesce(
            sum(orders.total_amount) filter (where {{ has_status('orders.status', 'sales_statuses') }}), 0
        ) as revenue
    from {{ ref('gold_operational_metrics') }} as metrics
    left join {{ ref('silver_orders') }} as orders
        on {{ days_between('orders.order_date_only', 'metrics.report_date') }} < metrics.period_days
    group by metrics.period_days
)

select
    gold.period_days,
    gold.total_orders,
    expected.orders as expected_orders,
    gold.gross_order_value,
    expected.gross as expected_gross,
    gold.total_revenue,
    expected.revenue as expected_revenue
from {{ ref('gold_operational_metrics') }} as gold
inner join expected
    on gold.period_days = expected.period_days
where
    gold.total_orders <> expected.orders
    or gold.gross_order_value <> expected.gross
    or gold.total_revenue <> expected.revenue
