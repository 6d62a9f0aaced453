/**
 * Thirty defects that happen to real pipelines, planted one at a time in the sources
 * or in the models. A build must notice, and what is published must not change.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Shop, type CsvRow } from '../helpers/shop.js';

type Catch = 'error' | 'warning' | 'refused';

interface Defect {
  readonly name: string;
  readonly plant: (shop: Shop) => void;
  /** How it is noticed: an error-severity test or a failing model, a warning, or a refused file. */
  readonly caught: Catch;
  /** What the output must name. */
  readonly names: RegExp;
}

const rows =
  (table: string, change: (rows: CsvRow[]) => CsvRow[]) =>
  (shop: Shop): void =>
    shop.editRows(`seeds/${table}.csv`, change);

const each =
  (table: string, change: (row: CsvRow, index: number) => CsvRow) =>
  (shop: Shop): void =>
    shop.editRows(`seeds/${table}.csv`, (all) => all.map(change));

const model =
  (file: string, from: string | RegExp, to: string) =>
  (shop: Shop): void =>
    shop.edit(`models/${file}`, from, to);

const negative = (amount: string | undefined): string =>
  amount === undefined || amount === '' || amount.startsWith('-') ? (amount ?? '') : `-${amount}`;

const timesHundred = (price: string | undefined): string =>
  price === undefined || price === '' ? '' : (Number(price) * 100).toFixed(2);

export const defects: readonly Defect[] = [
  // Sources.
  {
    name: 'an export that lost its emails',
    plant: each('customers', (r) => ({ ...r, email: '' })),
    caught: 'error',
    names: /max_rejected_percent\S*customers|customers\S*max_rejected_percent|set_aside/i,
  },
  {
    name: 'an export that lost the names of products',
    plant: each('products', (r) => ({ ...r, name: '' })),
    caught: 'error',
    names: /products/,
  },
  {
    name: 'all keys of the orders are null',
    plant: each('orders', (r) => ({ ...r, id: '' })),
    caught: 'error',
    names: /orders/,
  },
  {
    name: 'orders without customers',
    plant: each('orders', (r) => ({ ...r, customer_id: '' })),
    caught: 'error',
    names: /orders/,
  },
  {
    name: 'every line of one order id',
    plant: each('order_items', (r) => ({ ...r, id: '1' })),
    caught: 'error',
    names: /order_items/,
  },
  {
    name: 'a table cut in half',
    plant: rows('orders', (all) => all.slice(0, Math.floor(all.length * 0.45))),
    caught: 'warning',
    names: /orders/,
  },
  {
    name: 'an empty table of reviews',
    plant: rows('reviews', (all) => all.slice(0, 1)),
    caught: 'warning',
    names: /reviews/,
  },
  {
    name: 'a price list times 100',
    plant: each('order_items', (r) => ({
      ...r,
      unit_price: timesHundred(r['unit_price']),
      line_total: timesHundred(r['line_total']),
    })),
    caught: 'warning',
    names: /subtotal/,
  },
  {
    name: 'negative totals',
    plant: each('orders', (r) => ({
      ...r,
      total_amount: negative(r['total_amount']),
    })),
    caught: 'error',
    names: /orders/,
  },
  {
    name: 'quantities of zero',
    plant: each('order_items', (r) => ({ ...r, quantity: '0' })),
    caught: 'error',
    names: /order_items/,
  },
  {
    name: 'totals without tax',
    plant: each('orders', (r) => ({ ...r, tax_amount: '0.00' })),
    caught: 'warning',
    names: /tax|total/,
  },
  {
    name: 'customers that the orders do not know',
    plant: rows('customers', (all) => all.slice(0, 100)),
    caught: 'warning',
    names: /relationships|customers/,
  },
  {
    name: 'products that the lines do not know',
    plant: rows('products', (all) => all.slice(0, 30)),
    caught: 'warning',
    names: /relationships|products/,
  },
  {
    name: 'the whole file of orders twice',
    plant: rows('orders', (all) => [...all, ...all]),
    caught: 'error',
    names: /orders/,
  },
  {
    name: 'emails without an at sign',
    plant: each('customers', (r) => ({ ...r, email: (r['email'] ?? '').replace('@', '') })),
    caught: 'warning',
    names: /email/,
  },
  {
    name: 'deliveries before their orders',
    plant: each('orders', (r) => ({
      ...r,
      actual_delivery: r['actual_delivery'] === '' ? '' : '2015-01-01',
    })),
    caught: 'warning',
    names: /delivery/,
  },
  {
    name: 'decimal commas',
    plant: (shop) => shop.edit('seeds/products.csv', /,(\d+)\.(\d\d),/, ',"$1,$2",'),
    caught: 'refused',
    names: /products\.csv/,
  },
  {
    name: 'American dates',
    plant: each('customers', (r) => ({ ...r, registration_date: '12/31/2024' })),
    caught: 'refused',
    names: /registration_date/,
  },
  {
    name: 'a column that was renamed',
    plant: (shop) => shop.edit('seeds/orders.csv', 'total_amount', 'amount'),
    caught: 'refused',
    names: /total_amount/,
  },
  {
    name: 'ratings of another scale',
    plant: each('reviews', (r) => ({
      ...r,
      rating: r['rating'] === '' ? '' : String(Number(r['rating']) * 20),
    })),
    caught: 'error',
    names: /reviews/,
  },
  // Models.
  {
    name: 'a join that fans out customers',
    plant: model(
      'gold/gold_customer_analytics.sql',
      /from \{\{ ref\('silver_orders'\) \}\}\n([\s\S]*?)group by customer_id/,
      "from {{ ref('silver_orders') }}\n$1group by customer_id, status",
    ),
    caught: 'error',
    names: /gold_customer_analytics/,
  },
  {
    name: 'a join that loses products without sales',
    plant: model('gold/gold_product_performance.sql', 'left join sales', 'inner join sales'),
    caught: 'error',
    names: /gold_product_performance/,
  },
  {
    name: 'a rule that lets a null key through',
    plant: (shop) =>
      shop.edit(
        'macros/set_aside.sql',
        "when id is null then 'missing_id'",
        "when id = -1 then 'missing_id'",
      ),
    caught: 'error',
    names: /not_null_silver\S*id/,
  },
  {
    name: 'duplicates that stay',
    plant: (shop) =>
      shop.edit(
        'macros/set_aside.sql',
        'place_among_duplicates > 1',
        'place_among_duplicates > 1000',
      ),
    caught: 'error',
    names: /unique_silver/,
  },
  {
    name: 'a label outside its list',
    plant: model('gold/gold_customer_analytics.sql', "then 'Lost'", "then 'Gone'"),
    caught: 'error',
    names: /segment|gold_customer_analytics/,
  },
  {
    name: 'a sum that loses rows',
    plant: model(
      'gold/gold_sales_metrics.sql',
      "where {{ has_status('status', 'sales_statuses') }}",
      "where {{ has_status('status', 'sales_statuses') }} and total_amount < 500",
    ),
    caught: 'error',
    names: /sales/,
  },
  {
    name: 'revenue that counts cancelled orders',
    plant: model(
      'gold/gold_customer_analytics.sql',
      "where {{ has_status('status', 'fulfilled_statuses') }}",
      '',
    ),
    caught: 'error',
    names: /customer/,
  },
  {
    name: 'silver that forgets a rejected row',
    plant: model(
      'silver/silver_rejected_rows.sql',
      'where reject_reason is not null',
      "where reject_reason <> 'duplicate_id'",
    ),
    caught: 'error',
    names: /rows_add_up/,
  },
  {
    name: 'a growth of daily rows',
    plant: model(
      'gold/gold_sales_metrics.sql',
      'lag(monthly_revenue) over (order by month_start)',
      'monthly_revenue',
    ),
    caught: 'error',
    names: /gold_sales_metrics/,
  },
  {
    name: 'a band with a wrong limit',
    plant: (shop) =>
      shop.edit('dbt_project.yml', 'stock_levels: [10, 50, 200]', 'stock_levels: [10, 50]'),
    caught: 'refused',
    names: /stock_levels must be a list of 3 numbers/,
  },
];

describe('a build with a planted defect', () => {
  let shop: Shop;
  let published: string | null;

  beforeAll(() => {
    shop = new Shop();
    const first = shop.run('build');
    expect(first.code, first.all).toBe(0);
    published = shop.publishedHash();
  }, 120_000);
  afterAll(() => shop.remove());

  it('there are thirty of them', () => expect(defects).toHaveLength(30));

  it.each(defects.map((defect) => [defect.name, defect] as const))(
    'is caught: %s',
    (_name, defect) => {
      const broken = new Shop();
      try {
        // The published build comes along, so that the new one has something to be compared with.
        const before = broken.run('build');
        expect(before.code, before.all).toBe(0);
        const hash = broken.publishedHash();
        defect.plant(broken);
        const done = broken.run('build');
        expect(done.all).toMatch(defect.names);
        if (defect.caught === 'warning') {
          expect(done.code, done.all).toBe(0);
          expect(done.all).toMatch(/warn/i);
        } else {
          expect(done.code, done.all).toBe(defect.caught === 'error' ? 1 : done.code);
          expect(done.code).not.toBe(0);
          expect(broken.publishedHash()).toBe(hash);
        }
      } finally {
        broken.remove();
      }
    },
    60_000,
  );

  it('the published build of an untouched shop stays as it was', () => {
    expect(shop.publishedHash()).toBe(published);
  });
});
