with all_sales as (
    select
        id as order_id,
        customer_id,
        order_date_only as sale_date,
        total_amount
    from {{ ref('silver_orders') }}
    where {{ has_status('status', 'sales_statuses') }}
),

bounds as (
    select
        {% if var('start_date') is none -%}
        min(sale_date) as first_date
        {%- else -%}
        -- Not greatest(): it would make dates out of a shop that never sold anything.
        case
            when min(sale_date) < {{ date_var('start_date') }} then {{ date_var('start_date') }}
            else min(sale_date)
        end as first_date
        {%- endif %}
    from all_sales
),

calendar as (
    select {{ each_date('first_date', as_of_date()) }} as sale_date
    from bounds
),

-- Every date of the calendar, with its sales if it has any: sales before the first date fall away here.
dated_sales as (
    select
        calendar.sale_date,
        {{ month_start('calendar.sale_date') }} as month_start,
        all_sales.order_id,
        all_sales.customer_id,
        all_sales.total_amount
    from calendar
    left join all_sales
        on calendar.sale_date = all_sales.sale_date
),

daily as (
    select
        sale_date,
        month_start,
        count(order_id) as daily_orders,
        count(distinct customer_id) as daily_customers,
        {{ money_sum('total_amount') }} as daily_revenue
    from dated_sales
    group by sale_date, month_start
),

monthly as (
    select
        month_start,
        count(order_id) as monthly_orders,
        count(distinct customer_id) as monthly_customers,
        {{ money_sum('total_amount') }} as monthly_revenue
    from dated_sales
    group by month_start
),

-- The calendar has no holes, so the row before is the calendar month before.
monthly_with_previous as (
    select
        month_start,
        monthly_orders,
        monthly_customers,
        monthly_revenue,
        lag(monthly_revenue) over (order by month_start) as prev_month_revenue
    from monthly
)

select
    daily.sale_date,
    daily.daily_orders,
    daily.daily_customers,
    daily.daily_revenue,
    case
        when daily.daily_orders = 0 then 0
        else {{ ratio('daily.daily_revenue', 'daily.daily_orders') }}
    end as daily_aov,
    {{ day_name('daily.sale_date') }} as order_day_name,
    {{ is_weekend('daily.sale_date') }} as is_weekend,
    daily.month_start,
    cast(extract(year from daily.sale_date) as int) as year,
    cast(extract(month from daily.sale_date) as int) as month,
    months.monthly_orders,
    months.monthly_customers,
    months.monthly_revenue,
    case
        when months.monthly_orders = 0 then 0
        else {{ ratio('months.monthly_revenue', 'months.monthly_orders') }}
    end as monthly_aov,
    months.prev_month_revenue,
    {{ ratio(
        wide('months.monthly_revenue') ~ ' - months.prev_month_revenue', 'months.prev_month_revenue', times=100
    ) }} as mom_revenue_growth_percent,
    {{ month_end('daily.sale_date') }} <= {{ as_of_date() }} as is_complete_month,
    {{ run_instant() }} as _updated_at
from daily
inner join monthly_with_previous as months
    on daily.month_start = months.month_start
