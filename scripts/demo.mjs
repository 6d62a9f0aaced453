/** `npm run demo`: from a fresh clone to published, tested tables and two answers from them. */
import { compile, install, techstore } from './setup.mjs';

install();
compile();
techstore('build');

console.log('\nTop customers by lifetime value\n');
techstore(
  'query',
  `select customer_id, name, country, total_orders, total_revenue, customer_segment, customer_lifetime_value
   from gold_customer_analytics
   where total_orders > 0
   order by customer_lifetime_value desc, customer_id
   limit 10`,
);

console.log('\nSales by month\n');
techstore(
  'query',
  `select distinct month_start, monthly_orders, monthly_customers, monthly_revenue,
     mom_revenue_growth_percent, is_complete_month
   from gold_sales_metrics
   order by month_start desc
   limit 12`,
);
