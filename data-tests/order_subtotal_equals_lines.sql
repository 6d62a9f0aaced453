-- Warns of orders whose subtotal is more than a cent away from the sum of their lines.
{{ config(severity='warn', store_failures=true) }}

with lines_of_orders as (
    select
        order_id,
        count(*) as line_count,
        sum(line_total) as sum_of_lines
    from {{ ref('silver_order_items') }}
    group by order_id
),

compared as (
    select
        orders.id,
        orders.subtotal,
        coalesce(lines_of_orders.line_count, 0) as line_count,
        coalesce(lines_of_orders.sum_of_lines, 0) as sum_of_lines
    from {{ ref('silver_orders') }} as orders
    left join lines_of_orders
        on orders.id = lines_of_orders.order_id
)

select
    *,
    {{ wide('subtotal') }} - sum_of_lines as difference
from compared
where abs({{ wide('subtotal') }} - sum_of_lines) > 0.01
