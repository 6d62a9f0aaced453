with checked as (
    {{ rows_with_reason(ref('bronze_orders'), 'orders') }}
),

cleaned as (
    select
        id,
        customer_id,
        order_date,
        {{ lower_trim('status') }} as status,
        {{ lower_trim('payment_method') }} as payment_method,
        {{ lower_trim('payment_status') }} as payment_status,
        coalesce(subtotal, 0) as subtotal,
        coalesce(tax_amount, 0) as tax_amount,
        coalesce(shipping_cost, 0) as shipping_cost,
        coalesce(discount_amount, 0) as discount_amount,
        total_amount,
        estimated_delivery,
        -- What will be delivered after as_of is not known yet.
        case when actual_delivery <= {{ as_of_date() }} then actual_delivery end as actual_delivery,
        notes,
        cast(order_date as date) as order_date_only,
        _ingested_at
    from checked
    where reject_reason is null
)

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
    estimated_delivery,
    actual_delivery,
    notes,
    order_date_only,
    cast(extract(year from order_date_only) as int) as order_year,
    cast(extract(month from order_date_only) as int) as order_month,
    cast(extract(quarter from order_date_only) as int) as order_quarter,
    {{ day_of_week('order_date_only') }} as order_day_of_week,
    {{ day_name('order_date_only') }} as order_day_name,
    {{ is_weekend('order_date_only') }} as is_weekend,
    {{ days_between('order_date_only', 'actual_delivery') }} as actual_delivery_days,
    actual_delivery > estimated_delivery as is_late,
    discount_amount > 0 as has_discount,
    shipping_cost = 0 as free_shipping,
    subtotal >= {{ number_var('free_shipping_threshold') }} as qualifies_for_free_shipping,
    {{ band_below('total_amount', 'order_sizes', ['Small', 'Medium', 'Large', 'Enterprise']) }} as order_size,
    _ingested_at,
    {{ run_instant() }} as _processed_at
from cleaned
