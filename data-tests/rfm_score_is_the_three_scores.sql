-- The text of the scores and the scores say the same, and only a Prospect has none.
select
    customer_id,
    total_orders,
    r_score,
    f_score,
    m_score,
    rfm_score,
    customer_segment
from {{ ref('gold_customer_analytics') }}
where
    (customer_segment = 'Prospect') <> (total_orders = 0)
    or (rfm_score is null) <> (total_orders = 0)
    or cast(rfm_score as int) <> r_score * 100 + f_score * 10 + m_score
