{#- The date that stands for today in every figure. -#}
{% macro as_of_date() -%}
    {%- if var('as_of') is not none -%}
        {{ date_var('as_of') }}
    {%- elif target.type == 'duckdb' and var('sources') is none -%}
        {{ date_var('seed_as_of') }}
    {%- else -%}
        {{ date_literal(run_started_at.strftime('%Y-%m-%d')) }}
    {%- endif -%}
{%- endmacro %}

{#- The instant at which the run started, in UTC. The only value in any table that differs between
    two runs over the same data: nothing but the audit columns may use it. -#}
{% macro run_instant() -%}
    cast('{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S.%f") }}' as timestamp)
{%- endmacro %}


{#- The periods of gold_operational_metrics, each as a number of days. -#}
{% macro operational_periods() -%}
    {%- set periods = var('operational_periods') -%}
    {%- set is_list = periods is sequence and periods is not string and periods is not mapping -%}
    {%- set days = periods | select('integer') | select('ge', 1) | unique | list if is_list else [] -%}
    {%- if days | length == 0 or days != periods | list -%}
        {{ exceptions.raise_compiler_error(
            'The variable operational_periods must be a list of different numbers of days from 1 up; it is ' ~ periods
        ) }}
    {%- endif -%}
    {{ return(days) }}
{%- endmacro %}
