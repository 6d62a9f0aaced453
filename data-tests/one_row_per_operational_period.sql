-- Each period of operational_periods has exactly one row, under its name, and nothing else has.
with expected as (
    {%- for days in operational_periods() %}
    select
        {{ days }} as period_days,
        'Last {{ days }} Days' as period
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

here as (
    select
        period_days,
        period,
        count(*) as row_count
    from {{ ref('gold_operational_metrics') }}
    group by period_days, period
)

select
    coalesce(here.period_days, expected.period_days) as period_days,
    here.period,
    coalesce(here.row_count, 0) as row_count
from here
full outer join expected
    on here.period_days = expected.period_days
    and here.period = expected.period
where
    expected.period is null
    or coalesce(here.row_count, 0) <> 1
