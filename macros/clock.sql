{#- The date that stands for today in every figure. -#}
{% macro as_of_date() -%}
    {%- if var('as_of') is not none -%}
        {{ date_literal(var('as_of')) }}
    {%- elif target.type == 'duckdb' and var('sources') is none -%}
        {{ date_literal(var('seed_as_of')) }}
    {%- else -%}
        {{ date_literal(run_started_at.strftime('%Y-%m-%d')) }}
    {%- endif -%}
{%- endmacro %}

{#- The instant at which the run started, in UTC. The only value in any table that differs between
    two runs over the same data: nothing but the audit columns may use it. -#}
{% macro run_instant() -%}
    cast('{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S.%f") }}' as timestamp)
{%- endmacro %}
