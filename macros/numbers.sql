{#- numerator / denominator * times, exact, rounded once, half away from zero, as DECIMAL(18, decimals).
    Operands are whole numbers or decimals of at most two places. NULL when an operand is NULL, when the
    denominator is zero and when the result does not fit its type. -#}
{% macro ratio(numerator, denominator, times=1, decimals=2) -%}
    {{ return(adapter.dispatch('ratio', 'techstore')(numerator, denominator, times, decimals)) }}
{%- endmacro %}

{#- DuckDB's `/` gives DOUBLE, which loses ties, so both operands become whole numbers of hundredths and
    are divided as such. Half of the denominator is added first, away from zero, because divide() cuts
    towards zero: (2n + |d|) / 2d for n > 0 and (2n - |d|) / 2d for n < 0. divide() is what the
    double slash is, under a name that SQL parsers can read. HUGEINT has room for 10^34 / 0.01. -#}
{% macro duckdb__ratio(numerator, denominator, times, decimals) -%}
    {%- set n = hundredths(numerator) -%}
    {%- set d = hundredths(denominator) -%}
    try_cast(
        try_cast(
            divide(
                {{ n }} * {{ 2 * times * 10 ** decimals }} + sign({{ n }}) * abs({{ d }}),
                nullif({{ d }}, 0) * 2
            ) as decimal(38, 0)
        ) * cast('{{ smallest_step(decimals) }}' as decimal({{ decimals }}, {{ decimals }}))
        as decimal(18, {{ decimals }})
    )
{%- endmacro %}

{#- Spark has exact decimals, but cuts a wide quotient at six digits, which can make a tie of what is none.
    So the remainder is taken away first: what is left divides without one, and any number of digits is
    enough. Away from zero as above. -#}
{% macro default__ratio(numerator, denominator, times, decimals) -%}
    {%- set n = hundredths(numerator) -%}
    {%- set d = hundredths(denominator) -%}
    {%- set dividend -%}
        (abs({{ n }}) * {{ 2 * times * 10 ** decimals }} + abs({{ d }}))
    {%- endset -%}
    {%- set divisor -%}
        (nullif(abs({{ d }}), 0) * 2)
    {%- endset -%}
    try_cast(
        cast(({{ dividend }} - {{ dividend }} % {{ divisor }}) / {{ divisor }} as decimal(32, 0))
        * cast(sign({{ n }}) * sign({{ d }}) as decimal(1, 0))
        * cast('{{ smallest_step(decimals) }}' as decimal({{ decimals }}, {{ decimals }}))
        as decimal(18, {{ decimals }})
    )
{%- endmacro %}

{#- A number of at most two places as a whole number of hundredths. -#}
{% macro hundredths(number) -%}
    {{ return(adapter.dispatch('hundredths', 'techstore')(number)) }}
{%- endmacro %}

{% macro default__hundredths(number) -%}
    cast({{ wide(number) }} * 100 as decimal(38, 0))
{%- endmacro %}

{% macro duckdb__hundredths(number) -%}
    cast({{ wide(number) }} * 100 as hugeint)
{%- endmacro %}

{% macro smallest_step(decimals) -%}
    {{ return({1: '0.1', 2: '0.01'}[decimals]) }}
{%- endmacro %}


{#- An amount or count with room for differences and sums that its column does not have. -#}
{% macro wide(number) -%}
    cast({{ number }} as decimal(38, 2))
{%- endmacro %}


{#- quantity * price, exact: BIGINT times DECIMAL(18, 2) always fits DECIMAL(38, 2). -#}
{% macro quantity_times(quantity, price) -%}
    cast({{ quantity }} as decimal(20, 0)) * cast({{ price }} as decimal(18, 2))
{%- endmacro %}


{#- A result as money. What does not fit is an error on both engines. -#}
{% macro money(expression) -%}
    cast({{ expression }} as decimal(18, 2))
{%- endmacro %}


{#- A number from a variable as an exact decimal. -#}
{% macro number_var(name) -%}
    {%- if var(name) is not number or var(name) is boolean -%}
        {{ exceptions.raise_compiler_error('The variable ' ~ name ~ ' must be a number; it is ' ~ var(name)) }}
    {%- endif -%}
    cast('{{ var(name) }}' as decimal(18, 6))
{%- endmacro %}


{#- The sum of an amount, 0 of nothing. Summed wide; a total that does not fit is an error. -#}
{% macro money_sum(amount, only_if=none) -%}
    {{ money('coalesce(sum(' ~ amount ~ ')' ~ filter_clause(only_if) ~ ', 0)') }}
{%- endmacro %}

{#- The sum of a whole number, 0 of nothing. -#}
{% macro count_sum(number, only_if=none) -%}
    cast(coalesce(sum({{ number }}){{ filter_clause(only_if) }}, 0) as bigint)
{%- endmacro %}

{#- How many rows meet a condition. -#}
{% macro count_if(condition) -%}
    count(*) filter (where {{ condition }})
{%- endmacro %}

{% macro filter_clause(condition) -%}
    {% if condition is not none %} filter (where {{ condition }}){% endif %}
{%- endmacro %}
