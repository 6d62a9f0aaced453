{#- Without the spaces at both ends. A space is U+0020 and nothing else; DuckDB's trim(x) would take more. -#}
{% macro trim_spaces(text) -%}
    trim(both ' ' from {{ text }})
{%- endmacro %}

{#- NULL, or nothing but spaces. -#}
{% macro is_blank(text) -%}
    coalesce({{ trim_spaces(text) }}, '') = ''
{%- endmacro %}

{% macro lower_trim(text) -%}
    lower({{ trim_spaces(text) }})
{%- endmacro %}

{% macro upper_trim(text) -%}
    upper({{ trim_spaces(text) }})
{%- endmacro %}


{#- Trimmed; each run of characters between spaces with its first character upper and the rest lower.
    DuckDB has no initcap, and Spark's may break words elsewhere. -#}
{% macro title_case(text) -%}
    {{ return(adapter.dispatch('title_case', 'techstore')(text)) }}
{%- endmacro %}

{% macro default__title_case(text) -%}
    array_join(
        transform(
            split({{ trim_spaces(text) }}, ' '),
            word -> concat(upper(substring(word, 1, 1)), lower(substring(word, 2)))
        ),
        ' '
    )
{%- endmacro %}

{% macro duckdb__title_case(text) -%}
    array_to_string(
        list_transform(
            string_split({{ trim_spaces(text) }}, ' '),
            lambda word: upper(substring(word, 1, 1)) || lower(substring(word, 2))
        ),
        ' '
    )
{%- endmacro %}


{#- How many code points a text has. -#}
{% macro text_length(text) -%}
    cast(length({{ text }}) as int)
{%- endmacro %}


{#- A text as a SQL literal. -#}
{% macro text_literal(text) -%}
    '{{ text | replace("'", "''") }}'
{%- endmacro %}

{#- Whether a cleaned status is one of those that a variable names. False for a missing status. -#}
{% macro has_status(column, statuses) -%}
    {%- set names = status_names(statuses) -%}
    {%- if names -%}
    coalesce({{ column }} in (
        {%- for status in names -%}
            {{ text_literal(status) }}{{ ', ' if not loop.last }}
        {%- endfor -%}
    ), false)
    {%- else -%}
    false
    {%- endif -%}
{%- endmacro %}

{#- The statuses that a variable names, cleaned as the orders' are. A single text would be read letter by letter. -#}
{% macro status_names(variable) -%}
    {%- set names = var(variable) -%}
    {%- if names is string or names is mapping or names is not sequence
        or names | select('string') | list | length != names | length -%}
        {{ exceptions.raise_compiler_error(
            'The variable ' ~ variable ~ ' must be a list of texts, such as [delivered, shipped]; it is ' ~ names
        ) }}
    {%- endif -%}
    {{ return(names | map('trim') | map('lower') | list) }}
{%- endmacro %}
