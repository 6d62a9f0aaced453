/** Queries of the lists of customers. */
import { sql } from 'kysely';
import { segments } from '../../ground/segments.js';
import { customersSegment, customersTop } from '../definitions/customers.js';
import { behind, bound, type Builder, type Compilable } from './builder.js';

const columns = [
  'customer_id',
  'name',
  'email',
  'city',
  'country',
  'age_group',
  'customer_lifetime_stage',
  'total_orders',
  'total_revenue',
  'avg_order_value',
  'customer_segment',
  'customer_lifetime_value',
] as const;

function byValue({ db }: Builder) {
  return db
    .selectFrom('gold_customer_analytics')
    .select(columns)
    .orderBy('customer_lifetime_value', 'desc')
    .orderBy('customer_id')
    .limit(bound('limit'));
}

export function top(builder: Builder): Compilable {
  return byValue(builder)
    .where('total_orders', '>', sql.lit(0))
    .$if(builder.after, (query) => query.where(behind(customersTop)));
}

export function segment(builder: Builder): Compilable {
  return byValue(builder)
    .where('customer_segment', '=', bound('segment'))
    .$if(builder.after, (query) => query.where(behind(customersSegment)));
}

/** Sums are wide, and a total that does not fit its column is an error on both engines. */
export function allSegments({ db, engine }: Builder): Compilable {
  const names = segments.map(
    (name, place) => sql`select ${sql.lit(place)} as place, ${sql.lit(name)} as segment`,
  );
  return db
    .with(
      'named',
      () => sql<{ place: number; segment: string }>`(${sql.join(names, sql` union all `)})`,
    )
    .with('counted', (cte) =>
      cte
        .selectFrom('gold_customer_analytics')
        .select([
          'customer_segment',
          sql`count(*)`.as('customers'),
          sql`sum(total_revenue)`.as('revenue'),
          sql`sum(customer_lifetime_value)`.as('lifetime_value'),
        ])
        .groupBy('customer_segment'),
    )
    .with('whole', (cte) =>
      cte
        .selectFrom('counted')
        .select([sql`sum(customers)`.as('all_customers'), sql`sum(revenue)`.as('all_revenue')]),
    )
    .with('joined', (cte) =>
      cte
        .selectFrom('named')
        .leftJoin('counted', 'counted.customer_segment', 'named.segment')
        .crossJoin('whole')
        .select([
          'named.place',
          'named.segment',
          sql`coalesce(counted.customers, 0)`.as('customers'),
          sql`coalesce(counted.revenue, 0)`.as('revenue'),
          'counted.lifetime_value',
          'whole.all_customers',
          'whole.all_revenue',
        ]),
    )
    .selectFrom('joined')
    .select([
      'segment',
      sql`cast(customers as bigint)`.as('customers'),
      engine.ratio(sql`customers`, sql`all_customers`, 100).as('customer_share_percent'),
      sql`cast(revenue as decimal(18, 2))`.as('revenue'),
      engine.ratio(sql`revenue`, sql`all_revenue`, 100).as('revenue_share_percent'),
      engine.ratio(sql`lifetime_value`, sql`customers`).as('avg_lifetime_value'),
    ])
    .orderBy('place');
}
