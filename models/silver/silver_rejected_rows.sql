-- What the five cleaned entities left out. The rules are those that the silver tables read:
-- macros/set_aside.sql.
with customers as (
    {{ rows_with_reason(ref('bronze_customers'), 'customers') }}
),

products as (
    {{ rows_with_reason(ref('bronze_products'), 'products') }}
),

orders as (
    {{ rows_with_reason(ref('bronze_orders'), 'orders') }}
),

order_items as (
    {{ rows_with_reason(ref('bronze_order_items'), 'order_items') }}
),

reviews as (
    {{ rows_with_reason(ref('bronze_reviews'), 'reviews') }}
),

rejected as (
    {%- for entity in ['customers', 'products', 'orders', 'order_items', 'reviews'] %}
    select
        _source_table as source_table,
        id,
        reject_reason as reason,
        _ingested_at
    from {{ entity }}
    where reject_reason is not null
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select
    source_table,
    id,
    reason,
    _ingested_at,
    {{ run_instant() }} as _processed_at
from rejected
