with checked as (
    {{ rows_with_reason(ref('bronze_reviews'), 'reviews') }}
),

cleaned as (
    select
        id,
        product_id,
        customer_id,
        order_id,
        rating,
        {{ trim_spaces('title') }} as title,
        {{ trim_spaces('comment') }} as comment,
        review_date,
        is_verified_purchase,
        coalesce(helpful_votes, 0) as helpful_votes,
        coalesce(total_votes, 0) as total_votes,
        cast(review_date as date) as review_date_only,
        _ingested_at
    from checked
    where reject_reason is null
)

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
    case
        when total_votes = 0 then 0
        else {{ ratio('helpful_votes', 'total_votes', times=100) }}
    end as helpfulness_ratio,
    case
        when rating >= 4 then 'Positive'
        when rating = 3 then 'Neutral'
        else 'Negative'
    end as sentiment,
    coalesce({{ text_length('comment') }}, 0) as comment_length,
    review_date_only,
    cast(extract(year from review_date_only) as int) as review_year,
    cast(extract(month from review_date_only) as int) as review_month,
    _ingested_at,
    {{ run_instant() }} as _processed_at
from cleaned
