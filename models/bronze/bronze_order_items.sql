select
    id,
    order_id,
    product_id,
    quantity,
    unit_price,
    unit_cost,
    line_total,
    discount_percent,
    created_at,
    {{ run_instant() }} as _ingested_at,
    'techstore.order_items' as _source_table
from {{ source('techstore', 'order_items') }}
