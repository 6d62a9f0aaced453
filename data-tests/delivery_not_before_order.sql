-- Warns of orders that arrived before they were placed.
{{ config(severity='warn', store_failures=true) }}

select
    id,
    order_date_only,
    actual_delivery,
    actual_delivery_days
from {{ ref('silver_orders') }}
where actual_delivery_days < 0
