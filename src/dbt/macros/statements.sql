{# SQL around SQL: tables and views, limits, tests, hooks, comments, rights. #}

{% macro create_table_as(temporary, relation, compiled_code, language='sql') %}{{ return(adapter.dispatch('create_table_as', 'dbt')(temporary, relation, compiled_code)) }}{% endmacro %}
{% macro default__create_table_as(temporary, relation, sql) -%}
    {{ config.get('sql_header', '') }}
    create {% if temporary %}temporary {% endif %}table {{ relation.include(database=(not temporary), schema=(not temporary)) }} as (
        {{ sql }}
    );
{%- endmacro %}
{% macro spark__create_table_as(temporary, relation, sql) -%}
    {{ config.get('sql_header', '') }}
    {% if temporary -%}
        create or replace temporary view {{ relation.include(database=false, schema=false) }} as
    {%- else -%}
        create or replace table {{ relation }} as
    {%- endif %}
    {{ sql }}
{%- endmacro %}
{% macro get_create_table_as_sql(temporary, relation, sql) %}{{ return(create_table_as(temporary, relation, sql)) }}{% endmacro %}

{% macro create_view_as(relation, sql) %}{{ return(adapter.dispatch('create_view_as', 'dbt')(relation, sql)) }}{% endmacro %}
{% macro default__create_view_as(relation, sql) -%}
    {{ config.get('sql_header', '') }}
    create view {{ relation }} as (
        {{ sql }}
    );
{%- endmacro %}
{% macro spark__create_view_as(relation, sql) -%}
    {{ config.get('sql_header', '') }}
    create or replace view {{ relation }} as
    {{ sql }}
{%- endmacro %}
{% macro get_create_view_as_sql(relation, sql) %}{{ return(create_view_as(relation, sql)) }}{% endmacro %}
{% macro get_create_sql(relation, sql) %}
    {%- if relation.is_view -%}{{ get_create_view_as_sql(relation, sql) }}
    {%- elif relation.is_table -%}{{ get_create_table_as_sql(false, relation, sql) }}
    {%- else -%}{{ exceptions.raise_compiler_error('get_create_sql() makes tables and views, not: ' ~ relation.type) }}
    {%- endif -%}
{% endmacro %}

{% macro get_column_names() -%}
    (
    {% for name, column in model['columns'].items() -%}
        {{ adapter.quote(column['name']) if column.get('quote') else column['name'] }} {{ ',' if not loop.last }}
    {% endfor -%}
    )
{%- endmacro %}
{% macro default__get_column_names() %}
    {%- for name, column in model['columns'].items() -%}
        {{ adapter.quote(column['name']) if column.get('quote') else column['name'] }}{{ ', ' if not loop.last }}
    {%- endfor -%}
{% endmacro %}
{% macro get_select_subquery(sql) %}{{ return(adapter.dispatch('get_select_subquery', 'dbt')(sql)) }}{% endmacro %}
{% macro default__get_select_subquery(sql) -%}
    select {{ adapter.dispatch('get_column_names', 'dbt')() }}
    from (
        {{ sql }}
    ) as model_subq
{%- endmacro %}

{% macro get_limit_subquery_sql(sql, limit) %}{{ adapter.dispatch('get_limit_sql', 'dbt')(sql, limit) }}{% endmacro %}
{% macro default__get_limit_sql(sql, limit) %}
    {{ sql }}
    {% if limit is not none %}limit {{ limit }}{% endif %}
{% endmacro %}
{% macro get_show_sql(compiled_code, sql_header, limit) %}
    {%- if sql_header is not none %}{{ sql_header }}{% endif %}
    {{ get_limit_subquery_sql(compiled_code, limit) }}
{% endmacro %}

{% macro get_test_sql(main_sql, fail_calc, warn_if, error_if, limit) %}{{ adapter.dispatch('get_test_sql', 'dbt')(main_sql, fail_calc, warn_if, error_if, limit) }}{% endmacro %}
{% macro default__get_test_sql(main_sql, fail_calc, warn_if, error_if, limit) -%}
    select
        {{ fail_calc }} as failures,
        {{ fail_calc }} {{ warn_if }} as should_warn,
        {{ fail_calc }} {{ error_if }} as should_error
    from (
        {{ main_sql }}
        {{ 'limit ' ~ limit if limit is not none }}
    ) dbt_internal_test
{%- endmacro %}

{% macro validate_sql(sql) %}{{ return(adapter.dispatch('validate_sql', 'dbt')(sql)) }}{% endmacro %}
{% macro default__validate_sql(sql) %}
    {%- call statement('validate_sql') -%}explain {{ sql }}{%- endcall -%}
    {{ return(load_result('validate_sql')) }}
{% endmacro %}

{% macro run_hooks(hooks, inside_transaction=true) %}
    {%- for hook in hooks | selectattr('transaction', 'equalto', inside_transaction) -%}
        {%- set rendered = render(hook.get('sql')) | trim -%}
        {%- if rendered -%}{%- call statement(auto_begin=inside_transaction) -%}{{ rendered }}{%- endcall -%}{%- endif -%}
    {%- endfor -%}
{% endmacro %}
{% macro make_hook_config(sql, inside_transaction) %}{{ tojson({'sql': sql, 'transaction': inside_transaction}) }}{% endmacro %}
{% macro before_begin(sql) %}{{ make_hook_config(sql, inside_transaction=false) }}{% endmacro %}
{% macro in_transaction(sql) %}{{ make_hook_config(sql, inside_transaction=true) }}{% endmacro %}
{% macro after_commit(sql) %}{{ make_hook_config(sql, inside_transaction=false) }}{% endmacro %}

{% macro alter_relation_comment(relation, relation_comment) %}{{ return(adapter.dispatch('alter_relation_comment', 'dbt')(relation, relation_comment)) }}{% endmacro %}
{% macro duckdb__alter_relation_comment(relation, comment) %}
    comment on {{ relation.type }} {{ relation }} is {{ duckdb_escape_comment(comment) }};
{% endmacro %}
{% macro spark__alter_relation_comment(relation, comment) %}
    comment on {{ relation.type or 'table' }} {{ relation }} is '{{ escape_single_quotes(comment) }}'
{% endmacro %}
{% macro alter_column_comment(relation, column_dict) %}{{ return(adapter.dispatch('alter_column_comment', 'dbt')(relation, column_dict)) }}{% endmacro %}
{% macro duckdb__alter_column_comment(relation, column_dict) %}
    {%- set existing = adapter.get_columns_in_relation(relation) | map(attribute='name') | list -%}
    {%- for name, column in column_dict.items() if name in existing %}
    comment on column {{ relation }}.{{ adapter.quote(name) if column['quote'] else name }} is {{ duckdb_escape_comment(column['description']) }};
    {%- endfor -%}
{% endmacro %}
{% macro duckdb_escape_comment(comment) -%}
    {%- set mark = '$dbt_comment_literal_block$' -%}
    {%- if comment is not string or mark in comment -%}
        {{ exceptions.raise_compiler_error('This cannot be a comment: ' ~ comment) }}
    {%- endif -%}
    {{ mark }}{{ comment }}{{ mark }}
{%- endmacro %}
{% macro persist_docs(relation, model, for_relation=true, for_columns=true) %}{{ return(adapter.dispatch('persist_docs', 'dbt')(relation, model, for_relation, for_columns)) }}{% endmacro %}
{% macro default__persist_docs(relation, model, for_relation, for_columns) %}
    {%- if for_relation and config.persist_relation_docs() and model.description -%}
        {%- do run_query(alter_relation_comment(relation, model.description)) -%}
    {%- endif -%}
    {%- if for_columns and config.persist_column_docs() and model.columns -%}
        {%- set comments = alter_column_comment(relation, model.columns) | trim -%}
        {%- if comments -%}{%- do run_query(comments) -%}{%- endif -%}
    {%- endif -%}
{% endmacro %}

{% macro copy_grants() %}{{ return(adapter.dispatch('copy_grants', 'dbt')()) }}{% endmacro %}
{% macro default__copy_grants() %}{{ return(true) }}{% endmacro %}
{% macro support_multiple_grantees_per_dcl_statement() %}{{ return(adapter.dispatch('support_multiple_grantees_per_dcl_statement', 'dbt')()) }}{% endmacro %}
{% macro default__support_multiple_grantees_per_dcl_statement() %}{{ return(true) }}{% endmacro %}
{% macro should_revoke(existing_relation, full_refresh_mode=true) %}
    {%- if not existing_relation -%}{{ return(false) }}{%- endif -%}
    {{ return(copy_grants() if full_refresh_mode else true) }}
{% endmacro %}
{% macro get_show_grant_sql(relation) %}{{ return(adapter.dispatch('get_show_grant_sql', 'dbt')(relation)) }}{% endmacro %}
{% macro default__get_show_grant_sql(relation) %}show grants on {{ relation.render() }}{% endmacro %}
{% macro get_grant_sql(relation, privilege, grantees) %}{{ return(adapter.dispatch('get_grant_sql', 'dbt')(relation, privilege, grantees)) }}{% endmacro %}
{% macro default__get_grant_sql(relation, privilege, grantees) %}grant {{ privilege }} on {{ relation.render() }} to {{ grantees | join(', ') }}{% endmacro %}
{% macro get_revoke_sql(relation, privilege, grantees) %}{{ return(adapter.dispatch('get_revoke_sql', 'dbt')(relation, privilege, grantees)) }}{% endmacro %}
{% macro default__get_revoke_sql(relation, privilege, grantees) %}revoke {{ privilege }} on {{ relation.render() }} from {{ get_quoted_csv(grantees) }}{% endmacro %}
{% macro get_dcl_statement_list(relation, grant_config, get_dcl_macro) %}{{ return(adapter.dispatch('get_dcl_statement_list', 'dbt')(relation, grant_config, get_dcl_macro)) }}{% endmacro %}
{% macro default__get_dcl_statement_list(relation, grant_config, get_dcl_macro) %}
    {%- set statements = [] -%}
    {%- for privilege, grantees in grant_config.items() -%}
        {%- if support_multiple_grantees_per_dcl_statement() and grantees -%}
            {%- do statements.append(get_dcl_macro(relation, privilege, grantees)) -%}
        {%- else -%}
            {%- for grantee in grantees -%}{%- do statements.append(get_dcl_macro(relation, privilege, [grantee])) -%}{%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(statements) }}
{% endmacro %}
{% macro apply_grants(relation, grant_config, should_revoke=true) %}{{ return(adapter.dispatch('apply_grants', 'dbt')(relation, grant_config, should_revoke)) }}{% endmacro %}
{# A new table of a build has no rights yet, so there is none to take away. #}
{% macro default__apply_grants(relation, grant_config, should_revoke) %}
    {%- for dcl in get_dcl_statement_list(relation, grant_config or {}, get_grant_sql) -%}{%- do run_query(dcl) -%}{%- endfor -%}
{% endmacro %}
{% macro duckdb__apply_grants(relation, grant_config, should_revoke) %}
    {%- if grant_config -%}{%- do adapter.warn_once('Grants for relations are not supported by DuckDB') -%}{%- endif -%}
{% endmacro %}

{% macro resolve_model_name(input_model_name) %}{{ return(adapter.dispatch('resolve_model_name', 'dbt')(input_model_name)) }}{% endmacro %}
{% macro default__resolve_model_name(input_model_name) %}{{ return(input_model_name | string | replace('"', '\\"')) }}{% endmacro %}
{% macro location_exists(location) %}{{ return(adapter.location_exists(location)) }}{% endmacro %}
{% macro get_binding_char() %}{{ return(adapter.dispatch('get_binding_char', 'dbt')()) }}{% endmacro %}
{% macro default__get_binding_char() %}{{ return('%s') }}{% endmacro %}
{% macro duckdb__get_binding_char() %}{{ return(adapter.get_binding_char()) }}{% endmacro %}
{% macro can_clone_table() %}{{ return(adapter.dispatch('can_clone_table', 'dbt')()) }}{% endmacro %}
{% macro default__can_clone_table() %}{{ return(false) }}{% endmacro %}
