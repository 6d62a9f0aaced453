select
    id,
    name,
    description,
    category,
    subcategory,
    brand,
    model,
    price,
    cost,
    stock,
    weight_kg,
    dimensions,
    launch_date,
    is_active,
    created_at,
    {{ run_instant() }} as _ingested_at,
    'techstore.products' as _source_table
from {{ source('techstore', 'products') }}
