{#- A list of limits that is too short or too long would give wrong labels without a word, and one that is
    out of order would never reach some of them. -#}
{% macro check_limits(limits, count, ascending) -%}
    {%- if limits | length != count -%}
        {{ exceptions.raise_compiler_error(
            'A list of limits needs ' ~ count ~ ' numbers, and this one has ' ~ limits | length ~ ': ' ~ limits
        ) }}
    {%- endif -%}
    {%- if limits | sort(reverse=not ascending) != limits -%}
        {{ exceptions.raise_compiler_error('These limits are out of order: ' ~ limits) }}
    {%- endif -%}
{%- endmacro %}

{#- The label of the first limit that the value stays below, and the last label from the last limit on.
    There is one label more than there are limits. if_null is the label of a missing value. -#}
{% macro band_below(value, limits, labels, if_null=none) -%}
    {%- do check_limits(limits, labels | length - 1, ascending=true) -%}
    case
        {%- if if_null is not none %}
        when {{ value }} is null then '{{ if_null }}'
        {%- endif %}
        {%- for limit in limits %}
        when {{ value }} < {{ limit }} then '{{ labels[loop.index0] }}'
        {%- endfor %}
        else '{{ labels[-1] }}'
    end
{%- endmacro %}

{#- The label of the first limit that the value reaches, and the last label below them all. -#}
{% macro band_from(value, limits, labels) -%}
    {%- do check_limits(limits, labels | length - 1, ascending=false) -%}
    case
        {%- for limit in limits %}
        when {{ value }} >= {{ limit }} then '{{ labels[loop.index0] }}'
        {%- endfor %}
        else '{{ labels[-1] }}'
    end
{%- endmacro %}

{#- A score from 5 to 1 for a number that is better the smaller it is; limits from the best on. -#}
{% macro score_up_to(value, limits) -%}
    {%- do check_limits(limits, 4, ascending=true) -%}
    case
        when {{ value }} is null then null
        {%- for limit in limits %}
        when {{ value }} <= {{ limit }} then {{ 5 - loop.index0 }}
        {%- endfor %}
        else {{ 5 - limits | length }}
    end
{%- endmacro %}

{#- A score from 5 to 1 for a number that is better the larger it is; limits from the best on. -#}
{% macro score_from(value, limits) -%}
    {%- do check_limits(limits, 4, ascending=false) -%}
    case
        when {{ value }} is null then null
        {%- for limit in limits %}
        when {{ value }} >= {{ limit }} then {{ 5 - loop.index0 }}
        {%- endfor %}
        else {{ 5 - limits | length }}
    end
{%- endmacro %}
