{# Dates and instants, the same call on each engine. #}

{% macro current_timestamp() %}{{ return(adapter.dispatch('current_timestamp', 'dbt')()) }}{% endmacro %}
{% macro default__current_timestamp() %}current_timestamp{% endmacro %}
{% macro duckdb__current_timestamp() %}now(){% endmacro %}
{% macro spark__current_timestamp() %}current_timestamp(){% endmacro %}

{% macro datediff(first_date, second_date, datepart) %}{{ return(adapter.dispatch('datediff', 'dbt')(first_date, second_date, datepart)) }}{% endmacro %}
{% macro default__datediff(first_date, second_date, datepart) -%}
    datediff({{ datepart }}, {{ first_date }}, {{ second_date }})
{%- endmacro %}
{% macro duckdb__datediff(first_date, second_date, datepart) -%}
    {#- Weeks begin on Sunday, as with dbt; date_diff has weeks of its own. -#}
    {%- if datepart == 'week' -%}
        (
            divide(date_diff('day', {{ first_date }}::timestamp, {{ second_date }}::timestamp), 7)
            + case
                when dayofweek({{ first_date }}::timestamp) > dayofweek({{ second_date }}::timestamp)
                    then case when {{ first_date }} <= {{ second_date }} then 1 else 0 end
                when {{ first_date }} > {{ second_date }} then -1
                else 0
            end
        )
    {%- else -%}
        (date_diff('{{ datepart }}', {{ first_date }}::timestamp, {{ second_date }}::timestamp ))
    {%- endif -%}
{%- endmacro %}
{# Spark counts whole units; dbt's datediff counts the borders that were crossed. #}
{% macro spark__datediff(first_date, second_date, datepart) -%}
    {%- if datepart in ['day', 'week', 'month', 'quarter', 'year'] -%}
        {%- if datepart == 'day' -%}
            datediff({{ second_date }}, {{ first_date }})
        {%- elif datepart == 'week' -%}
            cast(datediff(date_trunc('week', {{ second_date }}), date_trunc('week', {{ first_date }})) / 7 as bigint)
        {%- else -%}
            {%- set months = {'month': 1, 'quarter': 3, 'year': 12}[datepart] -%}
            cast(months_between(date_trunc('{{ datepart }}', {{ second_date }}), date_trunc('{{ datepart }}', {{ first_date }})) / {{ months }} as bigint)
        {%- endif -%}
    {%- elif datepart in ['hour', 'minute', 'second'] -%}
        {%- set seconds = {'hour': 3600, 'minute': 60, 'second': 1}[datepart] -%}
        cast((unix_timestamp(date_trunc('{{ datepart }}', {{ second_date }})) - unix_timestamp(date_trunc('{{ datepart }}', {{ first_date }}))) / {{ seconds }} as bigint)
    {%- else -%}
        {{ exceptions.raise_compiler_error("datediff does not know the date part '" ~ datepart ~ "' on this engine") }}
    {%- endif -%}
{%- endmacro %}

{% macro dateadd(datepart, interval, from_date_or_timestamp) %}{{ return(adapter.dispatch('dateadd', 'dbt')(datepart, interval, from_date_or_timestamp)) }}{% endmacro %}
{% macro default__dateadd(datepart, interval, from_date_or_timestamp) -%}
    dateadd({{ datepart }}, {{ interval }}, {{ from_date_or_timestamp }})
{%- endmacro %}
{# A count may be an expression of columns, and is made whole before it counts. #}
{% macro duckdb__dateadd(datepart, interval, from_date_or_timestamp) -%}
    {%- set units = {'quarter': [3, 'month'], 'week': [7, 'day']}[datepart | lower] | default([1, datepart]) -%}
    ({{ from_date_or_timestamp }} + cast({{ interval }} as bigint) * interval {{ units[0] }} {{ units[1] }})
{%- endmacro %}
{% macro spark__dateadd(datepart, interval, from_date_or_timestamp) -%}
    timestampadd({{ datepart }}, {{ interval }}, {{ from_date_or_timestamp }})
{%- endmacro %}

{% macro date_trunc(datepart, date) %}{{ return(adapter.dispatch('date_trunc', 'dbt')(datepart, date)) }}{% endmacro %}
{% macro default__date_trunc(datepart, date) -%}
    date_trunc('{{ datepart }}', {{ date }})
{%- endmacro %}

{% macro last_day(date, datepart) %}{{ return(adapter.dispatch('last_day', 'dbt')(date, datepart)) }}{% endmacro %}
{% macro default__last_day(date, datepart) -%}
    {{ dbt.default_last_day(date, datepart) }}
{%- endmacro %}
{% macro default_last_day(date, datepart) -%}
    cast( {{ dbt.dateadd('day', '-1', ' ' ~ dbt.dateadd(datepart, '1', dbt.date_trunc(datepart, date))) }} as date)
{%- endmacro %}
{% macro duckdb__last_day(date, datepart) -%}
    {%- if datepart == 'quarter' -%}
        cast( {{ dbt.dateadd('day', '-1', ' ' ~ dbt.dateadd('month', '3', dbt.date_trunc(datepart, date))) }} as date)
    {%- else -%}
        {{ dbt.default__last_day(date, datepart) }}
    {%- endif -%}
{%- endmacro %}

{% macro date(year, month, day) %}{{ return(adapter.dispatch('date', 'dbt')(year, month, day)) }}{% endmacro %}
{% macro default__date(year, month, day) -%}
    {%- set padded = '%04d-%02d-%02d' % (year, month, day) -%}
    to_date('{{ padded }}', 'YYYY-MM-DD')
{%- endmacro %}
{% macro duckdb__date(year, month, day) -%}
    make_date({{ year }}, {{ month }}, {{ day }})
{%- endmacro %}
{% macro spark__date(year, month, day) -%}
    cast('{{ '%04d-%02d-%02d' % (year, month, day) }}' as date)
{%- endmacro %}

{% macro get_powers_of_two(upper_bound) %}{{ return(adapter.dispatch('get_powers_of_two', 'dbt')(upper_bound)) }}{% endmacro %}
{% macro default__get_powers_of_two(upper_bound) %}
    {% if upper_bound <= 0 %}
        {{ exceptions.raise_compiler_error("an upper bound must be positive") }}
    {% endif %}
    {% for exponent in range(1, 100) %}
        {% if upper_bound <= 2 ** exponent %}{{ return(exponent) }}{% endif %}
    {% endfor %}
{% endmacro %}

{% macro generate_series(upper_bound) %}{{ return(adapter.dispatch('generate_series', 'dbt')(upper_bound)) }}{% endmacro %}
{% macro default__generate_series(upper_bound) %}
    {%- set bits = dbt.get_powers_of_two(upper_bound) %}
    with p as (
        select 0 as generated_number union all select 1
    ),
    unioned as (
        select
        {% for i in range(bits) -%}
            p{{ i }}.generated_number * {{ 2 ** i }}{% if not loop.last %} + {% endif %}
        {%- endfor %}
            + 1 as generated_number
        from
        {% for i in range(bits) -%}
            p as p{{ i }}{% if not loop.last %} cross join {% endif %}
        {%- endfor %}
    )
    select *
    from unioned
    where generated_number <= {{ upper_bound }}
    order by generated_number
{% endmacro %}

{# The numbers are BIGINT, as with dbt-duckdb. #}
{% macro duckdb__generate_series(upper_bound) %}
    select number as generated_number from unnest(generate_series(1, {{ upper_bound }})) as series(number)
{% endmacro %}

{% macro get_intervals_between(start_date, end_date, datepart) %}{{ return(adapter.dispatch('get_intervals_between', 'dbt')(start_date, end_date, datepart)) }}{% endmacro %}
{% macro default__get_intervals_between(start_date, end_date, datepart) -%}
    {%- if not execute %}{{ return(1) }}{% endif -%}
    {%- set answer = run_query('select ' ~ dbt.datediff(start_date, end_date, datepart)) -%}
    {{ return(answer.columns[0].values()[0]) }}
{%- endmacro %}

{% macro date_spine(datepart, start_date, end_date) %}{{ return(adapter.dispatch('date_spine', 'dbt')(datepart, start_date, end_date)) }}{% endmacro %}
{% macro default__date_spine(datepart, start_date, end_date) %}
    with rawdata as (
        {{ dbt.generate_series(dbt.get_intervals_between(start_date, end_date, datepart)) }}
    ),
    all_periods as (
        select ({{ dbt.dateadd(datepart, '(row_number() over (order by 1) - 1)', start_date) }}) as date_{{ datepart }}
        from rawdata
    ),
    filtered as (
        select * from all_periods where date_{{ datepart }} <= {{ end_date }}
    )
    select * from filtered
{% endmacro %}
{# Counts in SQL what dbt asks the database for while it compiles. Each step is counted from the start: a month after the 31st of
   January is the end of February, and two are the 31st of March. #}
{% macro duckdb__date_spine(datepart, start_date, end_date) %}
    select * from (
        select {{ dbt.dateadd(datepart, 'step', start_date) }} as date_{{ datepart }}
        from (select unnest(generate_series(0, {{ dbt.datediff(start_date, end_date, datepart) }} - 1)) as step)
    )
    where date_{{ datepart }} <= {{ end_date }}
{% endmacro %}
