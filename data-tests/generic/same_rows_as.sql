{#- Fails for each key that is not in both tables exactly once: a join that fanned out, or lost a row. -#}
{% test same_rows_as(model, driver, key, driver_key) %}

with here as (
    select
        {{ key }} as row_key,
        count(*) as row_count
    from {{ model }}
    group by {{ key }}
),

there as (
    select
        {{ driver_key }} as row_key,
        count(*) as row_count
    from {{ driver }}
    group by {{ driver_key }}
)

select
    coalesce(here.row_key, there.row_key) as {{ key }},
    coalesce(here.row_count, 0) as row_count,
    coalesce(there.row_count, 0) as expected_row_count
from here
full outer join there
    on here.row_key = there.row_key
where coalesce(here.row_count, 0) <> coalesce(there.row_count, 0)

{% endtest %}
