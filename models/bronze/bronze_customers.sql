select
    id,
    name,
    email,
    registration_date,
    birth_date,
    phone,
    city,
    country,
    is_active,
    {{ run_instant() }} as _ingested_at,
    'techstore.customers' as _source_table
from {{ source('techstore', 'customers') }}
