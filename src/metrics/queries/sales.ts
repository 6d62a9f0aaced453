/** Queries of sales by day, by month and in total. */
import { sql, type RawBuilder } from 'kysely';
import { salesDaily, salesSummary, salesTrends } from '../definitions/sales.js';
import type { Metric } from '../metric.js';
import { behind, bound, type Builder, type Compilable } from './builder.js';
import { asOfDate } from './operations.js';

/** The last dates that end with the date of the figures. */
function lastDays(builder: Builder): RawBuilder<boolean> {
  const ago = builder.engine.daysBetween(sql.ref('sale_date'), asOfDate(builder));
  return sql<boolean>`${ago} between 0 and ${bound('days', 'int')} - 1`;
}

export function summary(builder: Builder): Compilable {
  const { db, engine } = builder;
  const averages = [
    engine.ratio(sql`total_revenue`, sql`days_analyzed`).as('avg_daily_revenue'),
    engine.ratio(sql`total_revenue`, sql`total_orders`).as('avg_order_value'),
  ] as const;
  if (builder.every) {
    return everyPeriod(builder)
      .selectFrom('totals')
      .select(['days_analyzed', 'total_revenue', 'total_orders', ...averages])
      .orderBy('days');
  }
  return db
    .with('totals', (cte) =>
      cte.selectFrom('gold_sales_metrics').select(totals).where(lastDays(builder)),
    )
    .selectFrom('totals')
    .select(['days_analyzed', 'total_revenue', 'total_orders', ...averages]);
}

const totals = [
  sql`count(sale_date)`.as('days_analyzed'),
  sql`cast(coalesce(sum(daily_revenue), 0) as decimal(18, 2))`.as('total_revenue'),
  sql`cast(coalesce(sum(daily_orders), 0) as bigint)`.as('total_orders'),
] as const;

/** The totals of each number of days. */
function everyPeriod(builder: Builder) {
  const { db, engine } = builder;
  const ago = engine.daysBetween(sql.ref('sale_date'), asOfDate(builder));
  const numbers = engine.numbers('days', ...rangeOfDays(salesSummary));
  return db
    .with('periods', () => sql<{ days: number }>`(${numbers})`)
    .with('dated', (cte) =>
      cte
        .selectFrom('gold_sales_metrics')
        .select(['sale_date', 'daily_revenue', 'daily_orders', sql<number>`${ago}`.as('days_ago')]),
    )
    .with('totals', (cte) =>
      cte
        .selectFrom('periods')
        .leftJoin('dated', (join) => join.on(sql<boolean>`days_ago between 0 and days - 1`))
        .select(['days', ...totals])
        .groupBy('days'),
    );
}

/** Two rows whatever there is: a period without sales has zeros. */
export function comparison(builder: Builder): Compilable {
  const { db, engine } = builder;
  const days = bound('days', 'int');
  const ago = engine.daysBetween(sql.ref('sale_date'), asOfDate(builder));
  return db
    .with('periods', () => sql<{ place: number; period: string }>`(${periods})`)
    .with('dated', (cte) =>
      cte
        .selectFrom('gold_sales_metrics')
        .select(['daily_revenue', 'daily_orders', sql<number>`${ago}`.as('days_ago')]),
    )
    .with('sales', (cte) =>
      cte
        .selectFrom('dated')
        .select([
          sql<number>`case when days_ago < ${days} then 0 else 1 end`.as('place'),
          sql`count(*)`.as('days_analyzed'),
          sql`sum(daily_revenue)`.as('revenue'),
          sql`sum(daily_orders)`.as('orders'),
        ])
        .where(sql<boolean>`days_ago between 0 and 2 * ${days} - 1`)
        .groupBy(sql`1`),
    )
    .with('people', (cte) =>
      cte
        .selectFrom('periods')
        .leftJoin('silver_customers', (join) =>
          join.on(sql<boolean>`customer_tenure_days >= place * ${days}`),
        )
        .select([
          'place',
          sql`count(id)`.as('customers'),
          sql`count(case when customer_tenure_days < (place + 1) * ${days} then id end)`.as(
            'new_customers',
          ),
        ])
        .groupBy('place'),
    )
    .with('joined', (cte) =>
      cte
        .selectFrom('periods')
        .innerJoin('people', 'people.place', 'periods.place')
        .leftJoin('sales', 'sales.place', 'periods.place')
        .select([
          'periods.place',
          'periods.period',
          sql`coalesce(sales.days_analyzed, 0)`.as('days_analyzed'),
          sql`cast(coalesce(sales.revenue, 0) as decimal(18, 2))`.as('total_revenue'),
          sql`cast(coalesce(sales.orders, 0) as bigint)`.as('total_orders'),
          'people.customers',
          'people.new_customers',
        ]),
    )
    .selectFrom('joined')
    .select([
      'period',
      'days_analyzed',
      'total_revenue',
      'total_orders',
      engine.ratio(sql`total_revenue`, sql`total_orders`).as('avg_order_value'),
      'customers',
      'new_customers',
    ])
    .orderBy('place');
}

const periods = sql`select 0 as place, 'current' as period union all select 1 as place, 'previous' as period`;

/** Every row of a month carries the same monthly figures. */
export function trends({ db, after }: Builder): Compilable {
  return db
    .with('months', (cte) =>
      cte
        .selectFrom('gold_sales_metrics')
        .select([
          sql`cast(month_start as timestamp)`.as('sale_date'),
          'monthly_revenue as daily_revenue',
          'monthly_orders as daily_orders',
          'monthly_revenue',
          'mom_revenue_growth_percent',
          'monthly_orders',
          'monthly_customers',
          'monthly_aov',
          'is_complete_month',
        ])
        .distinct(),
    )
    .selectFrom('months')
    .select([
      'sale_date',
      'daily_revenue',
      'daily_orders',
      'monthly_revenue',
      'mom_revenue_growth_percent',
      'monthly_orders',
      'monthly_customers',
      'monthly_aov',
      'is_complete_month',
    ])
    .$if(after, (query) => query.where(behind(salesTrends)))
    .orderBy('sale_date', 'desc')
    .limit(bound('months'));
}

export function daily(builder: Builder): Compilable {
  const { db, engine, every } = builder;
  const ago = engine.daysBetween(sql.ref('sale_date'), asOfDate(builder));
  const [, most] = rangeOfDays(salesDaily);
  return db
    .selectFrom('gold_sales_metrics')
    .select([
      'sale_date',
      'daily_orders',
      'daily_customers',
      'daily_revenue',
      'daily_aov',
      'is_weekend',
    ])
    .$if(every, (query) => query.select(sql`${ago} + 1`.as('least_days')))
    .where(every ? sql<boolean>`${ago} between 0 and ${sql.lit(most - 1)}` : lastDays(builder))
    .orderBy('sale_date');
}

function rangeOfDays({ parameters }: Metric): readonly [least: number, most: number] {
  const { days } = parameters;
  if (days?.kind !== 'number') throw new TypeError('Periods are as long as a number says.');
  return days.range.api;
}
