{#- Fails for each row whose text lacks a part. A missing text is not looked at. -#}
{% test contains(model, column_name, part) %}

select *
from {{ model }}
where {{ column_name }} not like '%{{ part | replace("'", "''") }}%'

{% endtest %}
