{#- A custom schema is used as it is, without the target's schema before it: the sources live in
    `techstore` on every engine, whatever schema the models are built in. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ target.schema if custom_schema_name is none else custom_schema_name | trim }}
{%- endmacro %}
