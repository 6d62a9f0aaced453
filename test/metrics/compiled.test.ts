import { describe, expect, test } from 'vitest';
import { compileMetric, variantsOf } from '../../src/metrics/compile.js';
import { compiled as databricks } from '../../src/metrics/compiled/databricks.js';
import { compiled as duckdb } from '../../src/metrics/compiled/duckdb.js';
import { queried } from '../../src/metrics/metrics.js';
import { statementOf } from '../../src/metrics/statement.js';
import { metricNamed } from './asking.js';

const engines = { duckdb, databricks };

/** The SQL on one line, as it is sent. */
function oneLine(sql: string): string {
  return sql.replace(/\s+/g, ' ').replaceAll('( ', '(').replaceAll(' )', ')').trim();
}

describe.each(Object.entries(engines))('The SQL of %s', (engine, compiled) => {
  test.each(queried.map(({ name }) => name))('of %s is what Kysely compiles', (name) => {
    const bare = (sql: string): string => sql.replaceAll(/\s/g, '');
    const metric = metricNamed(name);
    for (const [key, variant] of variantsOf(metric)) {
      const fresh = compileMetric(metric, engine as 'duckdb', variant);
      const kept = compiled[key];

      // On failure: npm run metrics:sql
      expect(bare(kept?.sql ?? '')).toBe(bare(fresh.sql));
      expect(kept?.parameters).toEqual(fresh.parameters);
    }
  });

  test('has no other query', () => {
    expect(Object.keys(compiled).sort()).toEqual(
      queried.flatMap((metric) => [...variantsOf(metric).keys()]).sort(),
    );
  });

  test('has a place for each value, and holds none', () => {
    for (const [name, { sql, parameters }] of Object.entries(compiled)) {
      const places =
        engine === 'duckdb'
          ? (sql.match(/\$\d+/g) ?? []).map((place) => Number(place.slice(1)))
          : (sql.match(/\?/g) ?? []).map((_place, i) => i + 1);
      expect(places, name).toEqual(parameters.map((_name, i) => i + 1));
    }
  });

  test('quotes names as the engine does', () => {
    const other = engine === 'duckdb' ? '`' : '"';
    for (const { sql } of Object.values(compiled)) expect(sql).not.toContain(other);
  });
});

describe('As text:', () => {
  test('customers segment on DuckDB', () => {
    expect(oneLine(duckdb['customers segment']?.sql ?? '')).toBe(
      'select "customer_id", "name", "email", "city", "country", "age_group", "customer_lifetime_stage", ' +
        '"total_orders", "total_revenue", "avg_order_value", "customer_segment", "customer_lifetime_value" ' +
        'from {gold_customer_analytics} where "customer_segment" = $1 ' +
        'order by "customer_lifetime_value" desc, "customer_id" limit $2',
    );
  });

  test('customers segment on Databricks', () => {
    expect(oneLine(databricks['customers segment']?.sql ?? '')).toBe(
      'select `customer_id`, `name`, `email`, `city`, `country`, `age_group`, `customer_lifetime_stage`, ' +
        '`total_orders`, `total_revenue`, `avg_order_value`, `customer_segment`, `customer_lifetime_value` ' +
        'from {gold_customer_analytics} where `customer_segment` = ? ' +
        'order by `customer_lifetime_value` desc, `customer_id` limit ?',
    );
  });

  test('days count back from the date of the figures, in the words of each engine', () => {
    const where = (sql = ''): string => /where (.*) order by/.exec(oneLine(sql))?.[1] ?? '';

    expect(where(duckdb['sales daily']?.sql)).toBe(
      `date_diff('day', "sale_date", coalesce((select max(report_date) as "report_date" from {gold_operational_metrics}), ` +
        `(select max(sale_date) as "last_date" from {gold_sales_metrics}))) between 0 and cast($1 as int) - 1`,
    );
    expect(where(databricks['sales daily']?.sql)).toBe(
      'datediff(coalesce((select max(report_date) as `report_date` from {gold_operational_metrics}), ' +
        '(select max(sale_date) as `last_date` from {gold_sales_metrics})), `sale_date`) between 0 and cast(? as int) - 1',
    );
  });

  test('the next page goes on behind the last row of the order', () => {
    expect(oneLine(databricks['products best-sellers, after']?.sql ?? '')).toContain(
      "where `sales_performance` in ('Best Seller', 'Good') and (`total_revenue` < cast(? as decimal(18, 2)) " +
        'or (`total_revenue` = cast(? as decimal(18, 2)) and `product_id` > cast(? as bigint)))',
    );
  });
});

describe('A statement', () => {
  const schema = { database: 'my "shop"', schema: 'a`b' };

  test('names the tables of the target, quoted', async () => {
    const { sql } = await statementOf(metricNamed('customers top'), 'duckdb', schema, { limit: 3 });
    const spark = await statementOf(metricNamed('customers top'), 'databricks', schema, {
      limit: 3,
    });

    expect(oneLine(sql)).toContain('from "my ""shop"""."a`b"."gold_customer_analytics" where');
    expect(oneLine(spark.sql)).toContain('from `my "shop"`.`a``b`.`gold_customer_analytics` where');
  });

  test('takes replacement patterns in a name for what they are', async () => {
    const { sql } = await statementOf(
      metricNamed('as of'),
      'duckdb',
      { database: '$&', schema: '$1' },
      {},
    );

    expect(sql).toContain('"$&"."$1"."gold_sales_metrics"');
  });

  test('has its values in the order of their places', async () => {
    const { params, names } = await statementOf(
      metricNamed('customers segment'),
      'databricks',
      schema,
      { segment: 'At Risk', limit: 5 },
      { customer_lifetime_value: '1.50', customer_id: '7' },
    );

    expect(params).toEqual(['At Risk', '1.50', '1.50', '7', 5]);
    expect(names[0]).toBe('segment');
  });

  test('without one of its values is not made', async () => {
    await expect(statementOf(metricNamed('customers top'), 'duckdb', schema, {})).rejects.toThrow(
      'customers top needs a value of limit.',
    );
  });
});
