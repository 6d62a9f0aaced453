{#- Fails when more than a share of a bronze table's rows was set aside: an export that lost a column must
    not become an almost empty table. Rows after as_of count neither as set aside nor as rows, since they
    take part in nothing. -#}
{% test max_rejected_percent(model, rejected, percent=none) %}

{%- set limit = var('max_rejected_percent') if percent is none else percent %}

with reasons as (
    select
        source_table,
        reason,
        count(*) as rows_set_aside
    from {{ rejected }}
    where source_table in (select _source_table from {{ model }})
    group by source_table, reason
),

counted as (
    select
        (select count(*) from {{ model }})
        - coalesce(sum(rows_set_aside) filter (where reason = 'after_as_of'), 0) as bronze_rows,
        coalesce(sum(rows_set_aside) filter (where reason <> 'after_as_of'), 0) as rejected_rows
    from reasons
)

-- One row for each reason, so that the answer to "why" stands beside the failure.
select
    reasons.source_table,
    reasons.reason,
    reasons.rows_set_aside,
    counted.rejected_rows,
    counted.bronze_rows,
    {{ limit }} as max_percent
from reasons
cross join counted
where
    counted.rejected_rows * 100 > counted.bronze_rows * {{ limit }}
    and reasons.reason <> 'after_as_of'

{% endtest %}
