-- Warns of every reason for which rows were set aside. The rows themselves are in silver_rejected_rows.
{{ config(severity='warn', store_failures=true) }}

select
    source_table,
    reason,
    count(*) as rows_set_aside
from {{ ref('silver_rejected_rows') }}
group by source_table, reason
