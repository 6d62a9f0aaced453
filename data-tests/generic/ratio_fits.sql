{#- Fails for each row whose ratio is missing because it does not fit its column. `when` says in which rows
    there is a ratio at all. -#}
{% test ratio_fits(model, column_name, when='true') %}

select *
from {{ model }}
where {{ column_name }} is null and ({{ when }})

{% endtest %}
