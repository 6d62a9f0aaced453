/** The command: reasons, columns, readers; and a build that binds first. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Shop } from '../helpers/shop.js';

const shop = new Shop();

beforeAll(() => {
  const built = shop.run('build', '-q');
  expect(built.code, built.all).toBe(0);
}, 120_000);

afterAll(() => shop.remove());

/** Undoes the edit. */
function after(file: string, from: string, to: string, work: () => void): void {
  const before = shop.read(file);
  shop.edit(file, from, to);
  try {
    work();
  } finally {
    shop.write(file, before);
  }
}

describe('plan', () => {
  it('has nothing to do after a build', () => {
    const { code, stdout } = shop.run('plan');
    expect(code).toBe(0);
    expect(stdout).toContain('Nothing to do: 6 seeds, 16 models, 262 data tests, 55 unit tests');
  });

  it('names a variable, a macro and what lies below', () => {
    after('dbt_project.yml', 'stock_levels: [10', 'stock_levels: [11', () => {
      const { stdout } = shop.run('plan');
      expect(stdout).toContain('silver_products: variable changed: stock_levels');
      expect(stdout).toMatch(/Below a change: 1 model\n {2}gold_product_performance\n/);
    });
  });

  it('shows what is lost, who reads it, and the place of the fault', () => {
    after('models/gold/gold_customer_analytics.sql', '    city,\n', '', () => {
      const { code, stdout } = shop.run('plan');
      expect(code).toBe(1);
      expect(stdout).toMatch(/^ {2}- {4}city,$|^ {2}-\s+city,$/m);
      expect(stdout).toMatch(/- city VARCHAR, read by .*the exposure .*the metric customers show/);
      expect(stdout).toContain('city: VARCHAR is missing in the query');
    });
  });
});

describe('readers of a column', () => {
  interface Readers {
    readonly tables: string[];
    readonly tests: string[];
    readonly exposures: string[];
    readonly metrics: string[];
  }

  /** Of a column that is lost or has another type, by what `plan --json` says of its table. */
  function readersOf(table: string, column: string): Readers {
    interface Changed {
      readonly name: string;
      readonly readers: Readers;
    }
    const { nodes } = JSON.parse(shop.run('plan', '--json').stdout) as {
      nodes: { name: string; columns: { lost: Changed[]; retyped: Changed[] } | null }[];
    };
    const columns = nodes.find(({ name }) => name === table)?.columns;
    const found = [...(columns?.lost ?? []), ...(columns?.retyped ?? [])].find(
      ({ name }) => name === column,
    );
    if (found === undefined) throw new Error(`${table} has no change of ${column}`);
    return found.readers;
  }

  const models = (...names: string[]): string[] => names.map((name) => `model.techstore.${name}`);

  it('are those of the columns that are made of it, too', () => {
    after('models/bronze/bronze_products.sql', '    brand,\n', '', () => {
      const { tables, tests, exposures, metrics } = readersOf('bronze_products', 'brand');
      expect(tables).toEqual(
        expect.arrayContaining(
          models('silver_products', 'silver_rejected_rows', 'gold_product_performance'),
        ),
      );
      expect(tables).toHaveLength(3);
      expect(tests.some((id) => id.startsWith('unit_test.techstore.silver_products.'))).toBe(true);
      expect(exposures).toContain('exposure.techstore.rest_api');
      expect(metrics).toContain('products best-sellers');
    });
  });

  it('are those that only choose rows by it, too', () => {
    after(
      'models/silver/silver_orders.sql',
      '    status,\n    payment',
      '    1 as status,\n    payment',
      () => {
        // gold_sales_metrics and the product's table name it in WHERE alone.
        expect(readersOf('silver_orders', 'status').tables.sort()).toEqual(
          models(
            'gold_customer_analytics',
            'gold_operational_metrics',
            'gold_product_performance',
            'gold_sales_metrics',
          ),
        );
      },
    );
  });

  it('are not those that read a column of the same name of another table', () => {
    after(
      'models/silver/silver_reviews.sql',
      '    order_id,\n    rating,\n    title,\n    comment,',
      '    rating,\n    title,\n    comment,',
      () => {
        // gold_product_performance reads silver_reviews, and order_id of silver_order_items.
        const { tables, tests } = readersOf('silver_reviews', 'order_id');
        expect(tables).toEqual([]);
        expect(tests.length).toBeGreaterThan(0);
        expect(tests.every((id) => id.includes('silver_reviews'))).toBe(true);
      },
    );
  });
});

it('a build has one error on a model that cannot be bound, and skips its unit tests', () => {
  const published = shop.publishedHash();
  after('models/silver/silver_customers.sql', 'birth_date <=', 'birth_dat <=', () => {
    const { code, stdout } = shop.run('build', '--json');
    expect(code).toBe(1);
    const { results } = JSON.parse(stdout) as { results: { unique_id: string; status: string }[] };
    const failed = results.filter(({ status }) => status === 'error');
    expect(failed.map(({ unique_id }) => unique_id)).toEqual(['model.techstore.silver_customers']);
    const unit = results.filter(({ unique_id }) =>
      unique_id.startsWith('unit_test.techstore.silver_customers.'),
    );
    expect(unit.length).toBeGreaterThan(0);
    expect(new Set(unit.map(({ status }) => status))).toEqual(new Set(['skipped']));
    expect(shop.publishedHash()).toBe(published);
  });
}, 60_000);

it('a contract without columns is told when the project is read, with the YAML', () => {
  const text =
    "{{ config(contract={'enforced': true}) }}\nselect id, price from {{ ref('bronze_products') }}\n";
  shop.write('models/gold/bare.sql', text);
  const { code, stderr } = shop.run('parse');
  shop.write('models/gold/bare.sql', 'select 1 as id\n');
  expect(code).toBe(2);
  expect(stderr).toContain('The contract of bare describes no columns');
  expect(stderr).toMatch(/- name: bare\n\s+columns:\n\s+- name: id\n\s+data_type: bigint/);
});
