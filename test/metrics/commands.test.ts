import { parse } from 'csv-parse/sync';
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { profileFor } from '../../src/cli/metrics/light-profile.js';
import { openDuckDB } from '../../src/engine/duckdb/index.js';
import { jsonAnswer } from '../../src/metrics/answer.js';
import { metrics } from '../../src/metrics/metrics.js';
import type { Profile } from '../../src/project/index.js';
import { refused, succeeds } from '../cli/support.js';
import { Shop } from '../helpers/shop.js';
import { Asking } from './asking.js';
import { runHere } from './in-process.js';
import { emptyTables, handMadeShop } from './small-shop.js';

let shop: Shop;
let empty: Shop;

beforeAll(async () => {
  shop = await handMadeShop();
  empty = await handMadeShop(emptyTables);
});

afterAll(() => {
  shop.remove();
  empty.remove();
});

async function answer(...args: string[]): Promise<string> {
  const done = succeeds(await runHere(shop, args));
  expect(done.stderr).toBe('');
  return done.stdout;
}

test('The project is found from a folder below it, as by every command', async () => {
  mkdirSync(shop.path('models/deep'), { recursive: true });
  const profile = await profileIn(shop.path('models/deep'));
  expect(profile.target.type).toBe('duckdb');
});

/** Vitest's threads can't change their folder, so that it is only said to be another. */
async function profileIn(folder: string): Promise<Profile> {
  const here = vi.spyOn(process, 'cwd').mockReturnValue(folder);
  try {
    return await profileFor({});
  } finally {
    here.mockRestore();
  }
}

test('Two formats at once are refused', async () => {
  refused(await runHere(shop, ['customers', 'top', '--json', '--csv']), {
    code: 2,
    says: ['Only one format at a time: json or csv'],
  });
});

describe('JSON', () => {
  test.each(metrics.map((metric) => [metric.name, metric] as const))(
    'of %s is the shape that the API will give',
    async (name, metric) => {
      const segment = name === 'customers segment' ? ['New'] : [];
      const engine = await openDuckDB({ path: shop.path('techstore.duckdb'), readOnly: true });
      const asking = new Asking(await engine.connect(), 'techstore');
      const rows = await asking.rows(name, { segment: 'New' });
      await engine.close();

      expect(JSON.parse(await answer(...name.split(' '), ...segment, '--json'))).toEqual(
        jsonAnswer(metric, rows),
      );
    },
  );

  test('of a list is an array of the columns of the contract, in order', async () => {
    const rows = JSON.parse(await answer('customers', 'top', '--json')) as Record<
      string,
      unknown
    >[];

    expect(Object.keys(rows[0] ?? {})).toEqual(
      (
        'customer_id name email city country age_group customer_lifetime_stage total_orders ' +
        'total_revenue avg_order_value customer_segment customer_lifetime_value'
      ).split(' '),
    );
    expect(rows.map((row) => row['customer_id'])).toEqual(['9007199254740993', 1, 2, 3]);
  });

  test('of a summary is an object, with zeros and nulls where there is nothing', async () => {
    expect(JSON.parse(await answer('sales', 'summary', '--days', '3', '--json'))).toEqual({
      days_analyzed: 3,
      total_revenue: 0.05,
      total_orders: 2,
      avg_daily_revenue: 0.02,
      avg_order_value: 0.03,
    });
    expect(
      JSON.parse((await runHere(empty, ['sales', 'summary', '--format', 'json'])).stdout),
    ).toEqual({
      days_analyzed: 0,
      total_revenue: 0,
      total_orders: 0,
      avg_daily_revenue: null,
      avg_order_value: null,
    });
  });

  test('of a list without rows is an empty array', async () => {
    expect(JSON.parse((await runHere(empty, ['customers', 'top', '--json'])).stdout)).toEqual([]);
  });

  test('of one customer has the sections by their names', async () => {
    const customer = JSON.parse(await answer('customers', 'show', '1', '--json')) as Record<
      string,
      unknown
    >;

    expect(Object.keys(customer)).toEqual(['profile', 'scores', 'orders', 'products', 'reviews']);
    expect(customer['profile']).toMatchObject({ customer_id: 1, name: 'Eve \u001b[31mred\u202e' });
    expect(customer['orders']).toHaveLength(3);
    expect(JSON.parse(await answer('customers', 'show', '5', '--format', 'ndjson'))).toMatchObject({
      orders: [],
      reviews: [],
    });
  });

  test('holds no control character, whatever the data holds', async () => {
    // eslint-disable-next-line no-control-regex -- what must not be there
    expect(await answer('customers', 'top', '--json')).not.toMatch(/[\u001b\u202e]/);
  });
});

describe('CSV', () => {
  test('is data: texts as they are, and numbers with all digits', async () => {
    const rows = parse<Record<string, string>>(await answer('customers', 'top', '--csv'), {
      columns: true,
    });

    expect(rows[2]).toMatchObject({ name: '=HYPERLINK("x")', email: '+49@shop.example' });
    expect(rows[0]).toMatchObject({
      customer_id: '9007199254740993',
      total_revenue: '1234567890123456.78',
    });
    const trends = (await answer('sales', 'trends', '--csv')).split('\r\n');
    expect(trends[1]).toBe('2024-12-01 00:00:00,0.02,1,0.02,-99.98,1,1,0.02,false');
  });

  test('of one product is one section', async () => {
    expect(await answer('products', 'show', '12', '--section', 'sales', '--csv')).toBe(
      'sales_performance,total_orders,total_units_sold,total_revenue,total_cost,total_profit,actual_avg_margin,' +
        'total_reviews,positive_reviews,avg_rating,product_health_score\r\nGood,55,60,2398.80,0.00,0.00,0.00,1,1,5.00,5.4\r\n',
    );
    refused(await runHere(shop, ['products', 'show', '12', '--csv']), {
      code: 2,
      says: ['CSV can hold only one', '--section: profile, sales, orders, reviews'],
    });
  });
});

test('NDJSON is an object a line, Markdown a table', async () => {
  const lines = (await answer('sales', 'daily', '--days', '2', '--format', 'ndjson'))
    .trim()
    .split('\n');

  expect(lines.map((line) => (JSON.parse(line) as { sale_date: string }).sale_date)).toEqual([
    '2024-12-01',
    '2024-12-02',
  ]);
  expect((await answer('customers', 'segments', '--format', 'markdown')).split('\n')[0]).toBe(
    '| segment | customers | customer_share_percent | revenue | revenue_share_percent | avg_lifetime_value |',
  );
  expect(await answer('products', 'show', '10', '--format', 'markdown')).toContain(
    '## Reviews\n\n| review_id |',
  );
});

describe('A table without a terminal', () => {
  test('has no colour, no lines, no bars and no head, and fits into 100 columns', async () => {
    const text = await answer('sales', 'trends');

    expect(text.split('\n').slice(0, 2)).toEqual([
      'Month     Orders  Customers  Average order  Revenue    Growth  Complete',
      'Dec 2024       1          1           0.02     0.02  -99.98 %  no',
    ]);
    for (const args of [
      ['customers', 'top'],
      ['products', 'low-stock'],
      ['customers', 'show', '1'],
    ]) {
      const table = await answer(...args);
      // eslint-disable-next-line no-control-regex -- what must not be there
      expect(table).not.toMatch(/[\u001b─│█▁]/);
      expect(table).not.toContain('as of');
      for (const line of table.split('\n')) expect(line.length, line).toBeLessThanOrEqual(104);
    }
  });

  test('has colour where it is forced, and nothing else', async () => {
    const done = await runHere(shop, ['sales', 'trends'], { FORCE_COLOR: '1' });

    expect(done.stdout).toContain('\u001b[31m-99.98 %\u001b[39m');
    expect(done.stdout).not.toMatch(/[─█▁]/);
  });

  test.each([
    [['customers', 'top'], 'No customer has ordered yet.\n'],
    [['customers', 'segment', 'Lost'], 'No customer is in this segment.\n'],
    [['products', 'best-sellers'], 'No product is a best seller yet.\n'],
    [['products', 'low-stock'], 'No product is low on stock.\n'],
    [['sales', 'trends'], 'There are no sales yet.\n'],
    [['sales', 'daily'], 'There are no sales yet.\n'],
    [['operations', 'summary'], 'The project has no operational periods.\n'],
  ])('%j says so where there is no row', async (args, text) => {
    expect(succeeds(await runHere(empty, args)).stdout).toBe(text);
  });
});

describe('What is wrong is said with the way out:', () => {
  test.each([
    [['customers', 'top', '--limit', '0'], '--limit must be a whole number from 1 to 10000, not 0'],
    [['customers', 'top', '--limit', '10001'], 'from 1 to 10000, not 10001'],
    [['customers', 'top', '--limit', 'x'], "from 1 to 10000, not 'x'"],
    [['customers', 'segment', 'VIP', '--limit', '201'], 'from 1 to 200, not 201'],
    [['products', 'best-sellers', '--limit', '101'], 'from 1 to 100, not 101'],
    [['products', 'low-stock', '--limit', '201'], 'from 1 to 200, not 201'],
    [['sales', 'summary', '--days', '366'], '--days must be a whole number from 1 to 365, not 366'],
    [['sales', 'daily', '--days', '-1'], 'from 1 to 365, not -1'],
    [['sales', 'trends', '--months', '25'], '--months must be a whole number from 1 to 24, not 25'],
    [['customers', 'show', 'abc'], "The id must be a whole number, not 'abc'"],
    [
      ['customers', 'show', '99999999999999999999999'],
      'The id must be a whole number from -9223372036854775808 to 9223372036854775807, not 99999999999999999999999',
    ],
    [['customers', 'top', '--limit', ''], "from 1 to 10000, not ''"],
    [['customers', 'show', '4711'], 'No customer has the id 4711'],
    [['products', 'show', '4711'], 'No product has the id 4711'],
    [['customers', 'segment', 'Loyall'], "Did you mean 'Loyal'?"],
    [['customers', 'segment', 'zzzzzz'], 'VIP, Loyal, New, At Risk, Lost, Regular, Prospect'],
    [['customers', 'show', '1', '--section', 'x'], 'profile, scores, orders, products, reviews'],
    [['customers', 'top', '--build', 'nope'], 'There is no build nope'],
    [['customers', 'top', '--target', 'prod'], "has no target 'prod'"],
    [['customers', 'segment'], 'The choices are: VIP, Loyal, New, At Risk'],
    [['customers', 'best'], "Unknown command 'best'"],
    [['sales', 'trends', '--as-of', '2024-01-01'], "Unknown option '--as-of'"],
  ])('%j', async (args, says) => {
    refused(await runHere(shop, args), { code: 2, says: [says] });
  });

  test('no build yet', async () => {
    const fresh = new Shop(['dbt_project.yml', 'profiles.yml']);
    try {
      refused(await runHere(fresh, ['customers', 'top']), {
        code: 2,
        says: ['Nothing is published yet', 'Run: techstore build'],
      });
    } finally {
      fresh.remove();
    }
  });

  test('a build without the tables', async () => {
    const other = await handMadeShop(async (connection) => {
      await connection.run('create table gold_sales_metrics (sale_date date)');
    });
    try {
      const done = await runHere(other, ['customers', 'top', '--json']);
      refused(done, {
        code: 2,
        says: ['The build lacks a table', 'gold_customer_analytics', 'techstore build'],
      });
      expect(done.all).not.toContain('Did you mean');
    } finally {
      other.remove();
    }
  });

  test('a published file that is no database', async () => {
    const other = new Shop(['dbt_project.yml', 'profiles.yml']);
    try {
      writeFileSync(other.path('techstore.duckdb'), 'not a database');
      refused(await runHere(other, ['sales', 'summary']), { code: 2, says: ['techstore.duckdb'] });
    } finally {
      other.remove();
    }
  });
});

describe('--explain', () => {
  test('prints SQL that the database takes, and its parameters', async () => {
    const text = await answer('products', 'low-stock', '--limit', '7', '--explain');

    expect(text).toMatch(/^-- products low-stock, duckdb, target dev\nselect\n/);
    expect(text).toContain('"techstore"."main"."gold_product_performance"');
    expect(text).toMatch(/limit\n {2}\$1;\n-- \$1 limit = 7\n$/);
  });

  test('needs no database, and speaks for the target', async () => {
    const fresh = new Shop(['dbt_project.yml', 'profiles.yml']);
    try {
      const done = await runHere(
        fresh,
        ['customers', 'segment', 'new', '--explain', '--json', '--target', 'databricks'],
        { DBT_DATABRICKS_HOST: 'h', DBT_DATABRICKS_HTTP_PATH: 'p', DBT_DATABRICKS_TOKEN: 'hidden' },
      );
      const explained = JSON.parse(succeeds(done).stdout) as { sql: string };

      expect(explained).toMatchObject({
        metric: 'customers segment',
        engine: 'databricks',
        target: 'databricks',
        parameters: [
          { name: 'segment', value: 'New' },
          { name: 'limit', value: 50 },
        ],
      });
      expect(explained.sql).toContain('`workspace`.`techstore`.`gold_customer_analytics`');
      expect(done.all).not.toContain('hidden');
    } finally {
      fresh.remove();
    }
  });

  test('of one customer is a statement for each section', async () => {
    const all = JSON.parse(
      await answer('customers', 'show', '1', '--explain', '--json'),
    ) as unknown[];

    expect(all).toHaveLength(5);
  });
});
