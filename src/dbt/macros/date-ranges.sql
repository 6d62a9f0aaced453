{# Dates of the template, not of the database. #}

{% macro convert_datetime(date_str, date_fmt) %}
    {%- set message = "The date '" ~ date_str ~ "' does not have the format '" ~ date_fmt ~ "'" -%}
    {{ return(try_or_compiler_error(message, modules.datetime.datetime.strptime, date_str.strip(), date_fmt)) }}
{% endmacro %}

{% macro dates_in_range(start_date_str, end_date_str=none, in_fmt='%Y%m%d', out_fmt='%Y%m%d') %}
    {%- set first = convert_datetime(start_date_str, in_fmt) -%}
    {%- set last = convert_datetime(start_date_str if end_date_str is none else end_date_str, in_fmt) -%}
    {%- set days = (last - first).days -%}
    {%- if days < 0 -%}{{ exceptions.raise_compiler_error('The range begins after its end: ' ~ first ~ ', ' ~ last) }}{%- endif -%}
    {%- set dates = [] -%}
    {%- for i in range(days + 1) -%}
        {%- set date = first + modules.datetime.timedelta(days=i) -%}
        {%- do dates.append(date.strftime(out_fmt) if out_fmt else date) -%}
    {%- endfor -%}
    {{ return(dates) }}
{% endmacro %}

{% macro partition_range(raw_partition_date, date_fmt='%Y%m%d') %}
    {%- set ends = (raw_partition_date | string).split(',') -%}
    {%- if ends | length > 2 -%}
        {{ exceptions.raise_compiler_error('A range is one date, or two with a comma between them, not: ' ~ raw_partition_date) }}
    {%- endif -%}
    {{ return(dates_in_range(ends[0], ends[1] if ends | length == 2 else none, in_fmt=date_fmt)) }}
{% endmacro %}

{% macro py_current_timestring() %}{{ return(modules.datetime.datetime.now().strftime('%Y%m%d%H%M%S%f')) }}{% endmacro %}

{% macro current_timestamp_backcompat() %}{{ return(adapter.dispatch('current_timestamp_backcompat', 'dbt')()) }}{% endmacro %}
{% macro default__current_timestamp_backcompat() %}current_timestamp::timestamp{% endmacro %}
{% macro current_timestamp_in_utc_backcompat() %}{{ return(adapter.dispatch('current_timestamp_in_utc_backcompat', 'dbt')()) }}{% endmacro %}
{% macro default__current_timestamp_in_utc_backcompat() %}{{ return(adapter.dispatch('current_timestamp_backcompat', 'dbt')()) }}{% endmacro %}
{% macro snapshot_get_time() %}{{ return(adapter.dispatch('snapshot_get_time', 'dbt')()) }}{% endmacro %}
{% macro default__snapshot_get_time() %}{{ return(current_timestamp()) }}{% endmacro %}
{% macro duckdb__snapshot_get_time() %}{{ return(current_timestamp() ~ '::timestamp') }}{% endmacro %}
{% macro snapshot_string_as_time(timestamp) %}{{ return(adapter.dispatch('snapshot_string_as_time', 'dbt')(timestamp)) }}{% endmacro %}
{% macro duckdb__snapshot_string_as_time(timestamp) %}{{ return("'" ~ timestamp ~ "'::timestamp") }}{% endmacro %}
{% macro spark__snapshot_string_as_time(timestamp) %}{{ return("to_timestamp('" ~ timestamp ~ "')") }}{% endmacro %}
{% macro get_snapshot_get_time_data_type() %}
    {%- set columns = get_column_schema_from_query('select ' ~ snapshot_get_time() ~ ' as dbt_snapshot_time') -%}
    {{ return(columns[0].dtype or none) }}
{% endmacro %}
