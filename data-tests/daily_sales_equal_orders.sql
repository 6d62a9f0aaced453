-- Each day's orders and revenue are those of the sales in silver, from the first date on.
with expected as (
    select
        order_date_only as sale_date,
        count(*) as orders,
        sum(total_amount) as revenue
    from {{ ref('silver_orders') }}
    where
        {{ has_status('status', 'sales_statuses') }}
        {%- if var('start_date') is not none %}
        and order_date_only >= {{ date_literal(var('start_date')) }}
        {%- endif %}
    group by order_date_only
)

select
    coalesce(gold.sale_date, expected.sale_date) as sale_date,
    gold.daily_orders,
    expected.orders as expected_orders,
    gold.daily_revenue,
    expected.revenue as expected_revenue
from {{ ref('gold_sales_metrics') }} as gold
full outer join expected
    on gold.sale_date = expected.sale_date
where
    gold.sale_date is null
    or gold.daily_orders <> coalesce(expected.orders, 0)
    or gold.daily_revenue <> coalesce(expected.revenue, 0)
