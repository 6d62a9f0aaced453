-- Warns of orders whose total is more than a cent away from the sum of its parts.
{{ config(severity='warn', store_failures=true) }}

with parts as (
    select
        id,
        subtotal,
        tax_amount,
        shipping_cost,
        discount_amount,
        total_amount,
        {{ wide('subtotal') }} + tax_amount + shipping_cost - discount_amount as sum_of_parts
    from {{ ref('silver_orders') }}
)

select
    *,
    total_amount - sum_of_parts as difference
from parts
where abs(total_amount - sum_of_parts) > 0.01
