{#- Fails when the rows of a bronze table are not the rows kept plus the rows set aside. Shows each id that
    is there more or less often than it came. -#}
{% test rows_add_up(model, kept, rejected) %}

with came as (
    select
        id,
        count(*) as bronze_rows
    from {{ model }}
    group by id
),

went as (
    select
        id,
        sum(is_kept) as kept_rows,
        sum(1 - is_kept) as rejected_rows
    from (
        select
            id,
            1 as is_kept
        from {{ kept }}
        union all
        select
            id,
            0 as is_kept
        from {{ rejected }}
        where source_table in (select _source_table from {{ model }})
    ) as both_ways
    group by id
)

select
    coalesce(came.id, went.id) as id,
    coalesce(came.bronze_rows, 0) as bronze_rows,
    coalesce(went.kept_rows, 0) as kept_rows,
    coalesce(went.rejected_rows, 0) as rejected_rows
from came
full outer join went
    -- A missing id is a group of its own on both sides.
    on coalesce(came.id, -1) = coalesce(went.id, -1)
    and (came.id is null) = (went.id is null)
where
    coalesce(came.bronze_rows, 0)
    <> coalesce(went.kept_rows, 0) + coalesce(went.rejected_rows, 0)

{% endtest %}
