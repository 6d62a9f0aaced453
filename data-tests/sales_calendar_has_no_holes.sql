-- From its first date to as_of every date has its row: each row but the last is followed by the next day.
with dated as (
    select
        sale_date,
        lead(sale_date) over (order by sale_date) as next_date
    from {{ ref('gold_sales_metrics') }}
)

select
    sale_date,
    next_date,
    {{ as_of_date() }} as as_of
from dated
where
    (next_date is null and sale_date <> {{ as_of_date() }})
    or {{ days_between('sale_date', 'next_date') }} <> 1
