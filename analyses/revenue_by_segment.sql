-- How many customers each segment has and what they brought in.
select
    customer_segment as segment,
    count(*) as customers,
    {{ money_sum('total_revenue') }} as revenue
from {{ ref('gold_customer_analytics') }}
group by customer_segment
order by revenue desc, segment
