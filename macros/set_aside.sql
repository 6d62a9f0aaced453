{#- Which bronze rows are set aside, and why: the whole rule book, in one place. It is read twice, by the
    silver table of the entity (what stays) and by silver_rejected_rows (what does not). -#}

{#- The source columns of an entity in their order, which decides ties between duplicates. -#}
{% macro source_columns(entity) -%}
    {{ return({
        'customers': ['id', 'name', 'email', 'registration_date', 'birth_date', 'phone', 'city', 'country',
            'is_active'],
        'products': ['id', 'name', 'description', 'category', 'subcategory', 'brand', 'model', 'price', 'cost',
            'stock', 'weight_kg', 'dimensions', 'launch_date', 'is_active', 'created_at'],
        'orders': ['id', 'customer_id', 'order_date', 'status', 'payment_method', 'payment_status', 'subtotal',
            'tax_amount', 'shipping_cost', 'discount_amount', 'total_amount', 'shipping_address',
            'estimated_delivery', 'actual_delivery', 'notes'],
        'order_items': ['id', 'order_id', 'product_id', 'quantity', 'unit_price', 'unit_cost', 'line_total',
            'discount_percent', 'created_at'],
        'reviews': ['id', 'product_id', 'customer_id', 'order_id', 'rating', 'title', 'comment', 'review_date',
            'is_verified_purchase', 'helpful_votes', 'total_votes'],
    }[entity]) }}
{%- endmacro %}

{#- The date of an entity: the newest of several duplicates stays. -#}
{% macro entity_date(entity) -%}
    {{ return({
        'customers': 'registration_date',
        'products': 'created_at',
        'orders': 'order_date',
        'order_items': 'created_at',
        'reviews': 'review_date',
    }[entity]) }}
{%- endmacro %}

{#- The reasons that come after missing_id, after_as_of and duplicate_id, in order, with their conditions. -#}
{% macro further_reasons(entity) -%}
    {{ return({
        'customers': [
            ['missing_name', is_blank('name')],
            ['missing_email', is_blank('email')],
            ['missing_registration_date', 'registration_date is null'],
        ],
        'products': [
            ['missing_name', is_blank('name')],
            ['missing_category', is_blank('category')],
            ['invalid_price', is_not_positive('price')],
            ['invalid_cost', is_not_positive('cost')],
        ],
        'orders': [
            ['missing_customer_id', 'customer_id is null'],
            ['missing_order_date', 'order_date is null'],
            ['invalid_total_amount', is_not_positive('total_amount')],
        ],
        'order_items': [
            ['missing_order_id', 'order_id is null'],
            ['missing_product_id', 'product_id is null'],
            ['invalid_quantity', is_not_positive('quantity')],
            ['invalid_unit_price', is_not_positive('unit_price')],
        ],
        'reviews': [
            ['missing_product_id', 'product_id is null'],
            ['missing_customer_id', 'customer_id is null'],
            ['missing_review_date', 'review_date is null'],
            ['invalid_rating', 'coalesce(rating, 0) not between 1 and 5'],
        ],
    }[entity]) }}
{%- endmacro %}

{% macro is_not_positive(number) -%}
    coalesce({{ number }}, 0) <= 0
{%- endmacro %}

{#- The bronze rows of an entity with reject_reason: the first reason that applies, NULL for a row that
    stays. Duplicates are sought among the rows without an earlier reason only. A product has a date but
    is never set aside for it. Only rows that share their id are put in order: sorting all rows of an
    entity by all of its columns would cost more than everything else that silver does. -#}
{% macro rows_with_reason(bronze, entity) -%}
    {%- set date_column = entity_date(entity) -%}
    with dated as (
        select
            bronze.*,
            case
                when id is null then 'missing_id'
                {%- if entity != 'products' %}
                when cast({{ date_column }} as date) > {{ as_of_date() }} then 'after_as_of'
                {%- endif %}
            end as early_reason
        from {{ bronze }} as bronze
    ),

    shared_ids as (
        select id as shared_id
        from dated
        where early_reason is null
        group by id
        having count(*) > 1
    ),

    ranked as (
        select
            dated.*,
            1 as place_among_duplicates
        from dated
        left join shared_ids
            on dated.id = shared_ids.shared_id
        where shared_ids.shared_id is null or dated.early_reason is not null
        union all
        select
            dated.*,
            row_number() over (
                partition by id
                order by
                    {{ date_column }} desc nulls last
                    {%- for column in source_columns(entity) %},
                    {{ column }} asc nulls last
                    {%- endfor %}
            ) as place_among_duplicates
        from dated
        inner join shared_ids
            on dated.id = shared_ids.shared_id
        where dated.early_reason is null
    )

    select
        ranked.*,
        case
            when early_reason is not null then early_reason
            when place_among_duplicates > 1 then 'duplicate_id'
            {%- for reason, condition in further_reasons(entity) %}
            when {{ condition }} then '{{ reason }}'
            {%- endfor %}
        end as reject_reason
    from ranked
{%- endmacro %}
