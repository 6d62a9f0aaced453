with fulfilled_orders as (
    select
        customer_id,
        count(*) as total_orders,
        {{ money_sum('total_amount') }} as total_revenue,
        min(order_date) as first_order_date,
        max(order_date) as last_order_date
    from {{ ref('silver_orders') }}
    where {{ has_status('status', 'fulfilled_statuses') }}
    group by customer_id
),

measured as (
    select
        customers.id as customer_id,
        customers.name,
        customers.email,
        customers.city,
        customers.country,
        customers.age_group,
        customers.customer_lifetime_stage,
        customers.is_active,
        coalesce(fulfilled_orders.total_orders, 0) as total_orders,
        {{ money('coalesce(fulfilled_orders.total_revenue, 0)') }} as total_revenue,
        fulfilled_orders.first_order_date,
        fulfilled_orders.last_order_date,
        {{ days_between('cast(fulfilled_orders.last_order_date as date)', as_of_date()) }} as recency_days,
        {{ days_between('cast(fulfilled_orders.first_order_date as date)', as_of_date()) }} as days_since_first_order
    from {{ ref('silver_customers') }} as customers
    left join fulfilled_orders
        on customers.id = fulfilled_orders.customer_id
),

-- Whoever has not bought anything has no scores: they would say "rarely" where "never" is right.
scored as (
    select
        *,
        {{ score_up_to('recency_days', 'rfm_recency_days') }} as r_score,
        {{ score_from('nullif(total_orders, 0)', 'rfm_frequency_orders') }} as f_score,
        case
            when total_orders > 0
                then {{ score_from('total_revenue', 'rfm_monetary_value') }}
        end as m_score
    from measured
)

select
    customer_id,
    name,
    email,
    city,
    country,
    age_group,
    customer_lifetime_stage,
    is_active,
    total_orders,
    total_revenue,
    case
        when total_orders = 0 then 0
        else {{ ratio('total_revenue', 'total_orders') }}
    end as avg_order_value,
    first_order_date,
    last_order_date,
    recency_days,
    total_orders as frequency,
    total_revenue as monetary,
    r_score,
    f_score,
    m_score,
    cast(r_score as string) || cast(f_score as string) || cast(m_score as string) as rfm_score,
    case
        when total_orders = 0 then 'Prospect'
        when r_score >= 4 and f_score >= 4 and m_score >= 4 then 'VIP'
        when r_score >= 3 and f_score >= 3 and m_score >= 3 then 'Loyal'
        when r_score >= 4 and f_score = 1 then 'New'
        when r_score <= 2 and f_score >= 2 then 'At Risk'
        when r_score <= 2 then 'Lost'
        else 'Regular'
    end as customer_segment,
    case
        when total_orders = 0 then {{ money('0') }}
        else {{ money(wide('total_revenue') ~ ' - ' ~ number_var('customer_acquisition_cost')) }}
    end as customer_lifetime_value,
    {{ ratio('days_since_first_order', '30', decimals=1) }} as customer_lifetime_months,
    case
        when days_since_first_order = 0 then 0
        else {{ ratio(wide('total_orders') ~ ' * 30', 'days_since_first_order') }}
    end as purchase_frequency_per_month,
    {{ run_instant() }} as _updated_at
from scored
