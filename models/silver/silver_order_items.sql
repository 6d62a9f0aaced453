with checked as (
    {{ rows_with_reason(ref('bronze_order_items'), 'order_items') }}
),

defaulted as (
    select
        id,
        order_id,
        product_id,
        quantity,
        unit_price,
        unit_cost,
        cast(coalesce(discount_percent, 0) as decimal(5, 2)) as discount_percent,
        line_total,
        created_at,
        _ingested_at
    from checked
    where reject_reason is null
),

priced as (
    select
        id,
        order_id,
        product_id,
        quantity,
        unit_price,
        unit_cost,
        discount_percent,
        -- Hundredths instead of a division: exact, and rounded once, by the cast to money.
        case
            when line_total is not null then line_total
            else {{ money(
                quantity_times('quantity', 'unit_price')
                ~ " * (cast(100 as decimal(5, 2)) - discount_percent) * cast('0.01' as decimal(2, 2))"
            ) }}
        end as line_total,
        created_at,
        {{ money(quantity_times('quantity', 'unit_cost')) }} as total_cost,
        {{ money(quantity_times('quantity', 'unit_price')) }} as original_line_total,
        _ingested_at
    from defaulted
),

earned as (
    select
        *,
        {{ money(wide('line_total') ~ ' - total_cost') }} as line_profit
    from priced
)

select
    id,
    order_id,
    product_id,
    quantity,
    unit_price,
    unit_cost,
    discount_percent,
    line_total,
    created_at,
    total_cost,
    line_profit,
    {{ ratio('line_profit', 'line_total', times=100) }} as line_profit_margin_percent,
    original_line_total,
    {{ money(wide('original_line_total') ~ ' - line_total') }} as discount_amount,
    discount_percent > 0 as has_discount,
    _ingested_at,
    {{ run_instant() }} as _processed_at
from earned
