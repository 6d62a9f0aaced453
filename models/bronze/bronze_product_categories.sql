select
    id,
    name,
    parent_category_id,
    description,
    is_active,
    {{ run_instant() }} as _ingested_at,
    'techstore.product_categories' as _source_table
from {{ source('techstore', 'product_categories') }}
