{#- Fails when more than a share of a bronze table's rows was set aside: an export that lost a column must
    not become an almost empty table. Rows after as_of do not count as set aside: nothing is wrong with
    them. -#}
{% test max_rejected_percent(model, rejected, percent=none) %}

{%- set limit = number_var('max_rejected_percent') if percent is none else percent %}

with reasons as (
    select
        source_table,
        reason,
        count(*) as rows_set_aside
    from {{ rejected }}
    where
        source_table in (select _source_table from {{ model }})
        and reason <> 'after_as_of'
    group by source_table, reason
),

rejected_rows as (
    select sum(rows_set_aside) as row_count
    from reasons
),

bronze_rows as (
    select count(*) as row_count
    from {{ model }}
)

-- One row for each reason, so that the answer to "why" stands beside the failure.
select
    reasons.source_table,
    reasons.reason,
    reasons.rows_set_aside,
    rejected_rows.row_count as all_rows_set_aside,
    bronze_rows.row_count as bronze_rows,
    {{ limit }} as max_percent
from reasons
cross join rejected_rows
cross join bronze_rows
where rejected_rows.row_count * 100 > bronze_rows.row_count * {{ limit }}

{% endtest %}
