with periods as (
    {%- for days in operational_periods() %}
    select cast({{ days }} as int) as period_days
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

orders as (
    select
        id,
        status,
        total_amount,
        estimated_delivery,
        actual_delivery,
        actual_delivery_days,
        is_late,
        {{ days_between('order_date_only', as_of_date()) }} as days_ago
    from {{ ref('silver_orders') }}
),

-- The last N dates are those less than N days ago. A period without orders keeps its row.
counted as (
    select
        periods.period_days,
        count(orders.id) as total_orders,
        {{ count_if(has_status('orders.status', 'cancelled_statuses')) }} as cancelled_orders,
        {{ count_sum('orders.actual_delivery_days') }} as delivery_days,
        count(orders.actual_delivery) as deliveries,
        {{ count_if('not orders.is_late') }} as on_time_deliveries,
        count(orders.is_late) as deliveries_with_estimate,
        {{ money_sum('orders.total_amount', has_status('orders.status', 'sales_statuses')) }} as total_revenue,
        {{ money_sum('orders.total_amount') }} as gross_order_value
    from periods
    left join orders
        on orders.days_ago < periods.period_days
    group by periods.period_days
)

select
    {{ as_of_date() }} as report_date,
    'Last ' || cast(period_days as string) || ' Days' as period,
    period_days,
    total_orders,
    cancelled_orders,
    case
        when total_orders = 0 then 0
        else {{ ratio('cancelled_orders', 'total_orders', times=100) }}
    end as cancellation_rate,
    {{ ratio('delivery_days', 'deliveries') }} as avg_delivery_days,
    {{ ratio('on_time_deliveries', 'deliveries_with_estimate', times=100) }} as on_time_delivery_rate,
    total_revenue,
    gross_order_value,
    {{ run_instant() }} as _updated_at
from counted
