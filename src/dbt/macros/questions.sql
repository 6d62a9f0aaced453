{# What macros ask of the database by names that dbt gives them. #}

{% macro load_relation(relation) %}{{ return(adapter.load_relation(relation)) }}{% endmacro %}

{% macro get_columns_in_query(select_sql) %}
    {%- if not execute %}{{ return([]) }}{% endif -%}
    {{ return(run_query('select * from (' ~ select_sql ~ ') as __dbt_sbq where false limit 0').column_names | list) }}
{% endmacro %}
