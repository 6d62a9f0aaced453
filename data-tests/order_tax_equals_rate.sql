-- Warns of orders whose tax is more than a cent away from subtotal * tax_rate.
{{ config(severity='warn', store_failures=true) }}

with compared as (
    select
        id,
        subtotal,
        tax_amount,
        {{ wide('subtotal') }} * {{ number_var('tax_rate') }} as expected_tax
    from {{ ref('silver_orders') }}
)

select
    *,
    tax_amount - expected_tax as difference
from compared
where abs(tax_amount - expected_tax) > 0.01
