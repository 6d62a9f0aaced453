{# Relations and schemas: asked for, made, dropped and renamed. The adapter does the work, which keeps it inside the build. #}

{% macro load_cached_relation(relation) %}
    {{ return(adapter.get_relation(database=relation.database, schema=relation.schema, identifier=relation.identifier)) }}
{% endmacro %}
{% macro load_relation(relation) %}{{ return(load_cached_relation(relation)) }}{% endmacro %}

{% macro get_or_create_relation(database, schema, identifier, type) %}{{ return(adapter.dispatch('get_or_create_relation', 'dbt')(database, schema, identifier, type)) }}{% endmacro %}
{% macro default__get_or_create_relation(database, schema, identifier, type) %}
    {%- set found = adapter.get_relation(database=database, schema=schema, identifier=identifier) -%}
    {%- if found -%}{{ return([true, found]) }}{%- endif -%}
    {{ return([false, api.Relation.create(database=database, schema=schema, identifier=identifier, type=type)]) }}
{% endmacro %}

{% macro make_temp_relation(base_relation, suffix='__dbt_tmp') %}{{ return(adapter.dispatch('make_temp_relation', 'dbt')(base_relation, suffix)) }}{% endmacro %}
{% macro default__make_temp_relation(base_relation, suffix) %}
    {{ return(base_relation.incorporate(path={'identifier': base_relation.identifier ~ suffix})) }}
{% endmacro %}
{% macro duckdb__make_temp_relation(base_relation, suffix) %}
    {{ return(base_relation.incorporate(path={'identifier': base_relation.identifier ~ suffix ~ py_current_timestring(), 'schema': none, 'database': none})) }}
{% endmacro %}

{% macro make_intermediate_relation(base_relation, suffix='__dbt_tmp') %}{{ return(adapter.dispatch('make_intermediate_relation', 'dbt')(base_relation, suffix)) }}{% endmacro %}
{% macro default__make_intermediate_relation(base_relation, suffix) %}{{ return(default__make_temp_relation(base_relation, suffix)) }}{% endmacro %}

{% macro make_backup_relation(base_relation, backup_relation_type, suffix='__dbt_backup') %}{{ return(adapter.dispatch('make_backup_relation', 'dbt')(base_relation, backup_relation_type, suffix)) }}{% endmacro %}
{% macro default__make_backup_relation(base_relation, backup_relation_type, suffix) %}
    {{ return(base_relation.incorporate(path={'identifier': base_relation.identifier ~ suffix}, type=backup_relation_type)) }}
{% endmacro %}

{% macro create_schema(relation) %}{{ adapter.dispatch('create_schema', 'dbt')(relation) }}{% endmacro %}
{% macro default__create_schema(relation) %}{% do adapter.create_schema(relation) %}{% endmacro %}

{% macro drop_schema(relation) %}{{ adapter.dispatch('drop_schema', 'dbt')(relation) }}{% endmacro %}
{% macro default__drop_schema(relation) %}{% do adapter.drop_schema(relation) %}{% endmacro %}
{% macro drop_schema_named(schema_name) %}{{ return(adapter.dispatch('drop_schema_named', 'dbt')(schema_name)) }}{% endmacro %}
{% macro default__drop_schema_named(schema_name) %}{{ adapter.drop_schema(api.Relation.create(schema=schema_name)) }}{% endmacro %}

{% macro drop_relation(relation) %}{{ return(adapter.dispatch('drop_relation', 'dbt')(relation)) }}{% endmacro %}
{% macro default__drop_relation(relation) %}{% do adapter.drop_relation(relation) %}{% endmacro %}
{% macro drop_relation_if_exists(relation) %}
    {% if relation is not none %}{{ adapter.drop_relation(relation) }}{% endif %}
{% endmacro %}

{% macro rename_relation(from_relation, to_relation) %}{{ return(adapter.dispatch('rename_relation', 'dbt')(from_relation, to_relation)) }}{% endmacro %}
{% macro default__rename_relation(from_relation, to_relation) %}{% do adapter.rename_relation(from_relation, to_relation) %}{% endmacro %}

{% macro truncate_relation(relation) %}{{ return(adapter.dispatch('truncate_relation', 'dbt')(relation)) }}{% endmacro %}
{% macro default__truncate_relation(relation) %}{% do adapter.truncate_relation(relation) %}{% endmacro %}

{% macro information_schema_name(database) %}{{ return(adapter.dispatch('information_schema_name', 'dbt')(database)) }}{% endmacro %}
{% macro default__information_schema_name(database) %}{{ return(database ~ '.INFORMATION_SCHEMA' if database else 'INFORMATION_SCHEMA') }}{% endmacro %}

{% macro list_schemas(database) %}{{ return(adapter.dispatch('list_schemas', 'dbt')(database)) }}{% endmacro %}
{% macro default__list_schemas(database) %}
    {{ return(run_query("select distinct schema_name from " ~ information_schema_name(database) ~ ".SCHEMATA where catalog_name ilike '" ~ escape_single_quotes(database) ~ "'")) }}
{% endmacro %}
{% macro duckdb__list_schemas(database) %}
    {%- set of_database -%}
        {%- if database is not none %} where lower(catalog_name) = '{{ escape_single_quotes(database | lower) }}'{% endif -%}
    {%- endset -%}
    {{ return(run_query('select schema_name from system.information_schema.schemata' ~ of_database)) }}
{% endmacro %}
{% macro spark__list_schemas(database) %}{{ return(run_query('show databases' ~ (' in ' ~ adapter.quote(database) if database))) }}{% endmacro %}

{% macro check_schema_exists(information_schema, schema) %}{{ return(adapter.dispatch('check_schema_exists', 'dbt')(information_schema, schema)) }}{% endmacro %}
{% macro default__check_schema_exists(information_schema, schema) %}
    {%- set found = adapter.check_schema_exists(information_schema.database, schema) -%}
    {{ return(run_query('select ' ~ (1 if found else 0) ~ ' as found')) }}
{% endmacro %}

{% macro list_relations_without_caching(schema_relation) %}{{ return(adapter.dispatch('list_relations_without_caching', 'dbt')(schema_relation)) }}{% endmacro %}
{% macro default__list_relations_without_caching(schema_relation) %}
    {%- set rows = [] -%}
    {%- for found in adapter.list_relations_without_caching(schema_relation) -%}
        {%- set cells = [found.database, found.identifier, found.schema, found.type] -%}
        {%- do rows.append("select '" ~ (cells | map('string') | map('replace', "'", "''") | join("', '")) ~ "'") -%}
    {%- endfor -%}
    {%- set none_of_them = "select '', '', '', '' where 1 = 0" -%}
    {{ return(run_query('select * from (' ~ (rows or [none_of_them]) | join(' union all ') ~ ') as found(database, name, schema, type)')) }}
{% endmacro %}

{% macro get_drop_sql(relation) %}{{ adapter.dispatch('get_drop_sql', 'dbt')(relation) }}{% endmacro %}
{% macro default__get_drop_sql(relation) %}drop {{ relation.type }} if exists {{ relation.render() }} cascade{% endmacro %}
{% macro spark__get_drop_sql(relation) %}drop {{ relation.type }} if exists {{ relation.render() }}{% endmacro %}
{% macro drop_table(relation) %}{{ adapter.dispatch('drop_table', 'dbt')(relation) }}{% endmacro %}
{% macro default__drop_table(relation) %}drop table if exists {{ relation.render() }} cascade{% endmacro %}
{% macro spark__drop_table(relation) %}drop table if exists {{ relation.render() }}{% endmacro %}
{% macro drop_view(relation) %}{{ adapter.dispatch('drop_view', 'dbt')(relation) }}{% endmacro %}
{% macro default__drop_view(relation) %}drop view if exists {{ relation.render() }} cascade{% endmacro %}
{% macro spark__drop_view(relation) %}drop view if exists {{ relation.render() }}{% endmacro %}
