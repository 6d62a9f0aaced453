{#- The limits that a variable holds, or those of a list. What is too short or too long would give wrong labels
    without a word, and what is out of order would never reach some of them. -#}
{% macro limits_of(limits, count, ascending) -%}
    {%- set found = var(limits) if limits is string else limits -%}
    {%- set is_list = found is sequence and found is not string and found is not mapping -%}
    {%- set numbers = found | select('number') | reject('boolean') | list if is_list else [] -%}
    {%- if not is_list or numbers | length != count or numbers != found | list
        or numbers | sort(reverse=not ascending) != numbers -%}
        {{ exceptions.raise_compiler_error(
            ('The variable ' ~ limits if limits is string else 'A list of limits') ~ ' must be a list of ' ~ count
            ~ ' numbers from the ' ~ ('smallest to the largest' if ascending else 'largest to the smallest')
            ~ '; it is ' ~ found
        ) }}
    {%- endif -%}
    {{ return(numbers) }}
{%- endmacro %}

{#- The label of the first limit that the value stays below, and the last label from the last limit on.
    There is one label more than there are limits. if_null is the label of a missing value. -#}
{% macro band_below(value, limits, labels, if_null=none) -%}
    {%- set limits = limits_of(limits, labels | length - 1, ascending=true) -%}
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
    {%- set limits = limits_of(limits, labels | length - 1, ascending=false) -%}
    case
        {%- for limit in limits %}
        when {{ value }} >= {{ limit }} then '{{ labels[loop.index0] }}'
        {%- endfor %}
        else '{{ labels[-1] }}'
    end
{%- endmacro %}

{#- A score from 5 to 1 for a number that is better the smaller it is; limits from the best on. -#}
{% macro score_up_to(value, limits) -%}
    {%- set limits = limits_of(limits, 4, ascending=true) -%}
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
    {%- set limits = limits_of(limits, 4, ascending=false) -%}
    case
        when {{ value }} is null then null
        {%- for limit in limits %}
        when {{ value }} >= {{ limit }} then {{ 5 - loop.index0 }}
        {%- endfor %}
        else {{ 5 - limits | length }}
    end
{%- endmacro %}
