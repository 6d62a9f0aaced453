select
    id,
    customer_id,
    order_date,
    status,
    payment_method,
    payment_status,
    subtotal,
    tax_amount,
    shipping_cost,
    discount_amount,
    total_amount,
    shipping_address,
    estimated_delivery,
    actual_delivery,
    notes,
    {{ run_instant() }} as _ingested_at,
    'techstore.orders' as _source_table
from {{ source('techstore', 'orders') }}
