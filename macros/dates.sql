{#- Days from the first date to the second, negative when the second is earlier. -#}
{% macro days_between(first_date, last_date) -%}
    {{ return(adapter.dispatch('days_between', 'techstore')(first_date, last_date)) }}
{%- endmacro %}

{% macro default__days_between(first_date, last_date) -%}
    datediff({{ last_date }}, {{ first_date }})
{%- endmacro %}

{% macro duckdb__days_between(first_date, last_date) -%}
    cast(date_diff('day', {{ first_date }}, {{ last_date }}) as int)
{%- endmacro %}


{#- Birthdays passed from the first date to the second. Month and day are compared, not days counted,
    so a 29 February is reached on 1 March in a year that lacks it. -#}
{% macro completed_years(first_date, last_date) -%}
    cast(
        extract(year from {{ last_date }}) - extract(year from {{ first_date }})
        - case
            when extract(month from {{ last_date }}) * 100 + extract(day from {{ last_date }})
                < extract(month from {{ first_date }}) * 100 + extract(day from {{ first_date }})
                then 1
            else 0
        end as int
    )
{%- endmacro %}


{#- 1 for Sunday to 7 for Saturday. -#}
{% macro day_of_week(date) -%}
    {{ return(adapter.dispatch('day_of_week', 'techstore')(date)) }}
{%- endmacro %}

{% macro default__day_of_week(date) -%}
    dayofweek({{ date }})
{%- endmacro %}

{#- DuckDB counts from 0. -#}
{% macro duckdb__day_of_week(date) -%}
    cast(dayofweek({{ date }}) + 1 as int)
{%- endmacro %}


{#- Sunday to Saturday, in full. -#}
{% macro day_name(date) -%}
    {{ return(adapter.dispatch('day_name', 'techstore')(date)) }}
{%- endmacro %}

{% macro default__day_name(date) -%}
    date_format({{ date }}, 'EEEE')
{%- endmacro %}

{% macro duckdb__day_name(date) -%}
    dayname({{ date }})
{%- endmacro %}


{#- Saturday or Sunday. -#}
{% macro is_weekend(date) -%}
    {{ day_of_week(date) }} in (1, 7)
{%- endmacro %}


{#- The first day of the month. Both engines may answer with a timestamp, hence the cast. -#}
{% macro month_start(date) -%}
    cast(date_trunc('month', {{ date }}) as date)
{%- endmacro %}


{#- The last day of the month. -#}
{% macro month_end(date) -%}
    last_day({{ date }})
{%- endmacro %}


{#- A row for each date from the first to the last, both included; none when the first is missing or
    later than the last. Stands alone in a select list, as a whole column. -#}
{% macro each_date(first_date, last_date) -%}
    {{ return(adapter.dispatch('each_date', 'techstore')(first_date, last_date)) }}
{%- endmacro %}

{#- sequence() refuses to count backwards by a positive step. -#}
{% macro default__each_date(first_date, last_date) -%}
    explode(
        case
            when {{ first_date }} <= {{ last_date }}
                then sequence({{ first_date }}, {{ last_date }}, interval 1 day)
        end
    )
{%- endmacro %}

{% macro duckdb__each_date(first_date, last_date) -%}
    cast(unnest(generate_series({{ first_date }}, {{ last_date }}, interval 1 day)) as date)
{%- endmacro %}


{#- A date as a SQL literal. -#}
{% macro date_literal(date) -%}
    cast('{{ date }}' as date)
{%- endmacro %}

{#- A date from a variable as a SQL literal. What is no date is told here: on Databricks the cast would
    give NULL, on DuckDB an error that does not name the variable. -#}
{% macro date_var(name) -%}
    {%- set text = var(name) | string -%}
    {%- set digits = text.replace('-', '') -%}
    {%- set is_written_so = digits.isdecimal() and text == digits[:4] ~ '-' ~ digits[4:6] ~ '-' ~ digits[6:8] -%}
    {%- set year = digits[:4] | int if is_written_so else 0 -%}
    {%- set month = digits[4:6] | int if is_written_so else 0 -%}
    {%- set is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) -%}
    {%- set lengths = [0, 31, 29 if is_leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] -%}
    {%- set day = digits[6:8] | int if is_written_so else 0 -%}
    {%- if year < 1 or month < 1 or month > 12 or day < 1 or day > lengths[month] -%}
        {{ exceptions.raise_compiler_error(
            'The variable ' ~ name ~ ' must be a date as YYYY-MM-DD, such as 2025-06-30; it is ' ~ text
        ) }}
    {%- endif -%}
    {{ date_literal(text) }}
{%- endmacro %}
