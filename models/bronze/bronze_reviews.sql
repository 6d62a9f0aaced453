select
    id,
    product_id,
    customer_id,
    order_id,
    rating,
    title,
    comment,
    review_date,
    is_verified_purchase,
    helpful_votes,
    total_votes,
    {{ run_instant() }} as _ingested_at,
    'techstore.reviews' as _source_table
from {{ source('techstore', 'reviews') }}
