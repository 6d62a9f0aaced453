/** Queries of operations, and of the date that all figures refer to. */
import { sql, type RawBuilder } from 'kysely';
import type { Builder, Compilable } from './builder.js';

/**
 * The published tables say themselves as of when they are. Where a project has no operational
 * periods, the calendar of sales still ends with that date.
 */
export function asOfDate({ db }: Pick<Builder, 'db'>): RawBuilder<unknown> {
  const report = db
    .selectFrom('gold_operational_metrics')
    .select(sql`max(report_date)`.as('report_date'));
  const calendar = db.selectFrom('gold_sales_metrics').select(sql`max(sale_date)`.as('last_date'));
  return sql`coalesce(${report}, ${calendar})`;
}

export function asOf(builder: Builder): Compilable {
  return builder.db.selectNoFrom(asOfDate(builder).as('as_of'));
}

export function operations({ db }: Builder): Compilable {
  return db
    .selectFrom('gold_operational_metrics')
    .select([
      'report_date',
      'period',
      'period_days',
      'total_orders',
      'cancelled_orders',
      'cancellation_rate',
      'avg_delivery_days',
      'on_time_delivery_rate',
      'total_revenue',
      'gross_order_value',
    ])
    .orderBy('period_days');
}
