/**
 * A project with two packages. What is expected of it in test/dbt/packages.test.ts is what dbt-core 1.11.16 with
 * dbt-duckdb made of these files.
 */
export const withPackages: Readonly<Record<string, string>> = {
  'dbt_project.yml': `name: shop
profile: shop
vars:
  rate: 1
  unit: root-unit
  tools:
    unit: for-tools
dispatch:
  - macro_namespace: other
    search_order: [shim, tools]
models:
  tools:
    +schema: from_root
    marts:
      +tags: [root_tag]
      +materialized: table
on-run-start: "select 'shop'"
on-run-end: ["select 'shop end'"]
`,
  'packages.yml': 'packages:\n  - local: dbt_packages/tools\n',
  'models/a.sql': `select {{ tools.cents('a') }}, {{ tools.dollars('b') }}, {{ tools.euros('c') }},
    {{ tools.calls_helper() }}, '{{ tools.unit() }}', '{{ var('rate') }}', {{ current_timestamp() }}`,
  'models/b.sql': `select * from {{ ref('tools', 'base') }} union all
    select * from {{ ref('base') }}, {{ ref('tools', 'twin') }}, {{ ref('twin') }}`,
  'models/twin.sql': "select 'shop' as whose",
  'models/s.yml': `models:
  - name: a
    description: "{{ doc('tools', 'about') }}"
    columns: [{name: id, data_tests: [tools.positive]}]
  - name: b
    description: "{{ doc('mine') }}"
`,
  'macros/m.sql': `{% macro helper() %}'helped by shop'{% endmacro %}
{% macro default__cents(x) %}shop_cents({{ x }}){% endmacro %}`,
  'dbt_packages/shim/dbt_project.yml': 'name: shim\n',
  'dbt_packages/shim/macros/m.sql':
    '{% macro default__dollars(x) %}shim_dollars({{ x }}){% endmacro %}',
  'dbt_packages/tools/dbt_project.yml': `name: tools
version: 1.2.3
vars:
  rate: 5
  unit: tools-unit
  own: only-tools
models:
  tools:
    +tags: [tools_tag]
    +materialized: view
    gone:
      +enabled: false
on-run-start: ["select '{{ var('own') }}'", "select 'second'"]
`,
  'dbt_packages/tools/macros/m.sql': `
{% macro cents(x) %}{{ return(adapter.dispatch('cents', 'tools')(x)) }}{% endmacro %}
{% macro default__cents(x) %}tools_cents({{ x }}){% endmacro %}
{% macro dollars(x) %}{{ return(adapter.dispatch('dollars', 'other')(x)) }}{% endmacro %}
{% macro default__dollars(x) %}tools_dollars({{ x }}){% endmacro %}
{% macro euros(x) %}{{ return(adapter.dispatch('euros', 'tools')(x)) }}{% endmacro %}
{% macro duckdb__euros(x) %}duckdb_euros({{ x }}){% endmacro %}
{% macro default__euros(x) %}default_euros({{ x }}){% endmacro %}
{% macro helper() %}'helped by tools'{% endmacro %}
{% macro calls_helper() %}{{ helper() }}{% endmacro %}
{% macro unit() %}{{ var('unit') }}{% endmacro %}
{% macro current_timestamp() %}tools_now(){% endmacro %}
{% macro generate_alias_name(custom_alias_name=none, node=none) %}{{ node.name }}{% endmacro %}`,
  'dbt_packages/tools/tests/generic/positive.sql':
    '{% test positive(model, column_name) %}select * from {{ model }} where {{ column_name }} <= 0{% endtest %}',
  'dbt_packages/tools/models/d.md':
    '{% docs about %}About of tools{% enddocs %}\n{% docs mine %}Mine of tools{% enddocs %}\n',
  'dbt_packages/tools/models/base.sql': `select 1 as id, {{ helper() }} as h, '{{ var('unit') }}' as unit,
    '{{ var('rate') }}' as rate, '{{ var('own') }}' as own, {{ current_timestamp() }} as now`,
  'dbt_packages/tools/models/twin.sql': "select 'tools' as whose",
  'dbt_packages/tools/models/marts/mart.sql': `{{ config(materialized='view', tags=['file_tag'], schema='from_file') }}
    select * from {{ ref('base') }} union all select * from {{ ref('twin') }}`,
  'dbt_packages/tools/models/gone/off.sql': 'select 3 as off',
  'dbt_packages/tools/models/s.yml': `models:
  - name: base
    description: "{{ doc('about') }}"
    columns: [{name: id, data_tests: [positive, unique]}]
`,
};
