with checked as (
    {{ rows_with_reason(ref('bronze_products'), 'products') }}
),

cleaned as (
    select
        id,
        {{ trim_spaces('name') }} as name,
        {{ trim_spaces('description') }} as description,
        {{ trim_spaces('category') }} as category,
        {{ trim_spaces('subcategory') }} as subcategory,
        {{ trim_spaces('brand') }} as brand,
        {{ trim_spaces('model') }} as model,
        price,
        cost,
        coalesce(stock, 0) as stock,
        weight_kg,
        dimensions,
        launch_date,
        is_active,
        created_at,
        {{ ratio(wide('price') ~ ' - cost', 'price', times=100) }} as profit_margin_percent,
        {{ money(wide('price') ~ ' - cost') }} as unit_profit,
        {{ days_between('launch_date', as_of_date()) }} as days_since_launch,
        _ingested_at
    from checked
    where reject_reason is null
)

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
    profit_margin_percent,
    unit_profit,
    days_since_launch,
    case
        when stock <= 0 then 'Out of Stock'
        else {{ band_below('stock', 'stock_levels', ['Critical', 'Low', 'Normal', 'Overstock']) }}
    end as stock_level,
    {{ band_below('price', 'price_tiers', ['Budget', 'Mid-Range', 'Premium', 'Luxury']) }} as price_tier,
    {{ band_below(
        'days_since_launch',
        'lifecycle_days',
        ['New Launch', 'Current', 'Mature', 'Legacy'],
        if_null='Unknown'
    ) }} as lifecycle_stage,
    _ingested_at,
    {{ run_instant() }} as _processed_at
from cleaned
