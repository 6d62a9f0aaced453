{# Columns: of relations, of queries, and what differs between two lists of them. #}

{% macro get_columns_in_relation(relation) %}{{ return(adapter.dispatch('get_columns_in_relation', 'dbt')(relation)) }}{% endmacro %}
{% macro default__get_columns_in_relation(relation) %}{{ return(adapter.get_columns_in_relation(relation)) }}{% endmacro %}

{% macro sql_convert_columns_in_relation(table) %}
    {%- set columns = [] -%}
    {%- for row in table -%}{%- do columns.append(api.Column(*row)) -%}{%- endfor -%}
    {{ return(columns) }}
{% endmacro %}

{% macro get_list_of_column_names(columns) %}{{ return(columns | map(attribute='name') | list) }}{% endmacro %}

{% macro get_empty_subquery_sql(select_sql, select_sql_header=none) %}{{ return(adapter.dispatch('get_empty_subquery_sql', 'dbt')(select_sql, select_sql_header)) }}{% endmacro %}
{% macro default__get_empty_subquery_sql(select_sql, select_sql_header=none) %}
    {%- if select_sql_header is not none -%}{%- do run_query(select_sql_header) -%}{%- endif -%}
    select * from (
        {{ select_sql }}
    ) as __dbt_sbq
    where false
    limit 0
{% endmacro %}

{% macro get_columns_in_query(select_sql) %}{{ return(adapter.dispatch('get_columns_in_query', 'dbt')(select_sql)) }}{% endmacro %}
{% macro default__get_columns_in_query(select_sql) %}
    {%- if not execute %}{{ return([]) }}{% endif -%}
    {{ return(run_query(get_empty_subquery_sql(select_sql)).column_names | list) }}
{% endmacro %}

{% macro get_column_schema_from_query(select_sql, select_sql_header=none) %}
    {{ return(adapter.get_column_schema_from_query(get_empty_subquery_sql(select_sql, select_sql_header))) }}
{% endmacro %}

{% macro get_empty_schema_sql(columns) %}{{ return(adapter.dispatch('get_empty_schema_sql', 'dbt')(columns)) }}{% endmacro %}
{% macro default__get_empty_schema_sql(columns) %}
    {%- set untyped = [] -%}
    {%- set parts = [] -%}
    {%- for name in columns -%}
        {%- set column = columns[name] -%}
        {%- if not column['data_type'] -%}{%- do untyped.append(column['name']) -%}
        {%- else -%}
            {%- set shown = adapter.quote(column['name']) if column.get('quote') else column['name'] -%}
            {%- do parts.append((cast('null', column['data_type']) | trim) ~ ' as ' ~ shown) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if untyped -%}{{ exceptions.column_type_missing(column_names=untyped) }}{%- endif -%}
    select
    {{ parts | join(', ') }}
{% endmacro %}

{% macro get_quoted_csv(column_names) %}
    {%- set quoted = [] -%}
    {%- for name in column_names -%}{%- do quoted.append(adapter.quote(name)) -%}{%- endfor -%}
    {{ return(quoted | join(', ')) }}
{% endmacro %}

{% macro diff_columns(source_columns, target_columns) %}
    {%- set known = target_columns | map(attribute='name') | list -%}
    {{ return(source_columns | rejectattr('name', 'in', known) | list) }}
{% endmacro %}

{% macro diff_column_data_types(source_columns, target_columns) %}
    {%- set changed = [] -%}
    {%- for source in source_columns -%}
        {%- for target in target_columns -%}
            {%- if source.name == target.name and source.data_type != target.data_type and not source.can_expand_to(other_column=target) -%}
                {%- do changed.append({'column_name': target.name, 'new_type': source.data_type}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(changed) }}
{% endmacro %}

{% macro get_merge_update_columns(merge_update_columns, merge_exclude_columns, dest_columns) %}{{ return(adapter.dispatch('get_merge_update_columns', 'dbt')(merge_update_columns, merge_exclude_columns, dest_columns)) }}{% endmacro %}
{% macro default__get_merge_update_columns(merge_update_columns, merge_exclude_columns, dest_columns) %}
    {%- if merge_update_columns and merge_exclude_columns -%}
        {{ exceptions.raise_compiler_error('merge_update_columns and merge_exclude_columns cannot both be set') }}
    {%- endif -%}
    {%- if merge_update_columns -%}{{ return(merge_update_columns) }}{%- endif -%}
    {%- set excluded = (merge_exclude_columns or []) | map('lower') | list -%}
    {%- set kept = [] -%}
    {%- for column in dest_columns if column.column | lower not in excluded -%}{%- do kept.append(column.quoted) -%}{%- endfor -%}
    {{ return(kept) }}
{% endmacro %}

{% macro alter_column_type(relation, column_name, new_column_type) %}{{ return(adapter.dispatch('alter_column_type', 'dbt')(relation, column_name, new_column_type)) }}{% endmacro %}
{% macro default__alter_column_type(relation, column_name, new_column_type) %}
    {%- do run_query('alter table ' ~ relation.render() ~ ' alter column ' ~ adapter.quote(column_name) ~ ' type ' ~ new_column_type) -%}
{% endmacro %}

{% macro alter_relation_add_remove_columns(relation, add_columns=none, remove_columns=none) %}{{ return(adapter.dispatch('alter_relation_add_remove_columns', 'dbt')(relation, add_columns, remove_columns)) }}{% endmacro %}
{# DuckDB changes one column in a statement. #}
{% macro default__alter_relation_add_remove_columns(relation, add_columns, remove_columns) %}
    {%- set opening = 'alter ' ~ (relation.type or 'table') ~ ' ' ~ relation.render() -%}
    {%- for column in add_columns or [] -%}
        {%- do run_query(opening ~ ' add column ' ~ column.quoted ~ ' ' ~ column.expanded_data_type) -%}
    {%- endfor -%}
    {%- for column in remove_columns or [] -%}
        {%- do run_query(opening ~ ' drop column ' ~ column.quoted) -%}
    {%- endfor -%}
{% endmacro %}

{% macro format_columns(columns) %}
    {%- set formatted = [] -%}
    {%- for column in columns -%}{%- do formatted.append(adapter.dispatch('format_column', 'dbt')(column)) -%}{%- endfor -%}
    {{ return(formatted) }}
{% endmacro %}
{% macro default__format_column(column) %}
    {{ return({'name': column.name, 'data_type': column.dtype, 'formatted': (column.column | lower) ~ ' ' ~ column.dtype}) }}
{% endmacro %}
