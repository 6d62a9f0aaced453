-- Each month's orders and revenue are those of the sales in silver, from the first date on, and every row
-- of the month says the same.
with expected as (
    select
        {{ month_start('order_date_only') }} as month_start,
        count(*) as orders,
        sum(total_amount) as revenue
    from {{ ref('silver_orders') }}
    where
        {{ has_status('status', 'sales_statuses') }}
        {%- if var('start_date') is not none %}
        and order_date_only >= {{ date_literal(var('start_date')) }}
        {%- endif %}
    group by {{ month_start('order_date_only') }}
),

months as (
    select distinct
        month_start,
        monthly_orders,
        monthly_customers,
        monthly_revenue,
        monthly_aov,
        prev_month_revenue,
        mom_revenue_growth_percent,
        is_complete_month
    from {{ ref('gold_sales_metrics') }}
),

counted as (
    select
        months.*,
        count(*) over (partition by month_start) as versions
    from months
)

select
    coalesce(counted.month_start, expected.month_start) as month_start,
    counted.versions,
    counted.monthly_orders,
    expected.orders as expected_orders,
    counted.monthly_revenue,
    expected.revenue as expected_revenue
from counted
full outer join expected
    on counted.month_start = expected.month_start
where
    counted.month_start is null
    or counted.versions > 1
    or counted.monthly_orders <> coalesce(expected.orders, 0)
    or counted.monthly_revenue <> coalesce(expected.revenue, 0)
