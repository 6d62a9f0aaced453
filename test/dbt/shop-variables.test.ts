/** What the shop's own project says of a variable that can't be what its rules need. */
import { describe, expect, it } from 'vitest';
import { load, type LoadedProject } from '../../src/cli/load.js';
import { silentLogger } from '../../src/dbt/logger.js';
import { root } from '../helpers/shop.js';

function loaded(vars: Record<string, unknown>): LoadedProject {
  return load('build', { projectDir: root, vars: JSON.stringify(vars) }, silentLogger);
}

async function sqlOf(name: string, vars: Record<string, unknown>): Promise<string> {
  const { compiler, manifest } = loaded(vars);
  const node = manifest.nodes.get(`model.techstore.${name}`);
  if (node?.resourceType !== 'model') throw new Error(`no model ${name}`);
  return (await compiler.compile(node, { backend: null })).sql;
}

describe('A variable is refused by its name', () => {
  const ascending = 'must be a list of 3 numbers from the smallest to the largest; it is ';
  const descending = 'must be a list of 4 numbers from the largest to the smallest; it is ';
  const statuses = 'must be a list of texts, such as [delivered, shipped]; it is ';
  const periods = 'must be a list of different numbers of days from 1 up; it is ';
  const date = 'must be a date as YYYY-MM-DD, such as 2025-06-30; it is ';
  it.each<[string, unknown, string]>([
    ['start_date', 'soon', `${date}soon`],
    ['start_date', '2024-1-30', `${date}2024-1-30`],
    ['start_date', '2024-01-30 ', `${date}2024-01-30 `],
    ['start_date', '20240130', `${date}20240130`],
    ['start_date', 20240130, `${date}20240130`],
    ['start_date', '2023-02-29', `${date}2023-02-29`],
    ['start_date', '1900-02-29', `${date}1900-02-29`],
    ['start_date', '2024-13-01', `${date}2024-13-01`],
    ['start_date', '2024-00-10', `${date}2024-00-10`],
    ['start_date', '2024-04-31', `${date}2024-04-31`],
    ['start_date', '2024-04-00', `${date}2024-04-00`],
    ['start_date', '0000-01-01', `${date}0000-01-01`],
    ['start_date', '', date],
    ['start_date', [2024], `${date}[2024]`],
    ['as_of', 20250630, 'is not a date: 20250630'],
    ['as_of', 'today', 'is not a date: today'],
    ['seed_as_of', '2025-06-31', 'is not a date: 2025-06-31'],
    ['price_tiers', [100, 500], `${ascending}[100, 500]`],
    ['price_tiers', [500, 100, 1000], `${ascending}[500, 100, 1000]`],
    ['price_tiers', 'abc', `${ascending}abc`],
    ['price_tiers', [1, 2, 'x'], `${ascending}[1, 2, 'x']`],
    ['price_tiers', null, `${ascending}None`],
    ['order_sizes', [1, true, 3], `${ascending}[1, True, 3]`],
    ['rfm_monetary_value', [1, 2, 3, 4], `${descending}[1, 2, 3, 4]`],
    ['fulfilled_statuses', 'delivered', `${statuses}delivered`],
    ['sales_statuses', [true, 5], `${statuses}[True, 5]`],
    ['operational_periods', [], `${periods}[]`],
    ['operational_periods', [7, 7], `${periods}[7, 7]`],
    ['operational_periods', [0, 30], `${periods}[0, 30]`],
    ['operational_periods', 7, `${periods}7`],
    ['tax_rate', 'abc', 'must be a number; it is abc'],
    ['customer_acquisition_cost', null, 'must be a number; it is None'],
    ['max_rejected_percent', null, 'must be a number; it is None'],
  ])('%s: %j', (name, value, message) => {
    expect(() => loaded({ [name]: value })).toThrow(`The variable ${name} ${message}`);
  });
});

describe('A variable is taken', () => {
  it('with statuses in any case and spaces, as the orders are cleaned', async () => {
    const sql = await sqlOf('gold_customer_analytics', { fulfilled_statuses: [' Delivered'] });
    expect(sql).toContain("status in ('delivered')");
  });

  it('with no status at all: then no order has one of them', async () => {
    const sql = await sqlOf('gold_operational_metrics', { cancelled_statuses: [] });
    expect(sql).not.toContain('in ()');
    expect(sql).toContain('count(*) filter (where false)');
  });

  it.each(['2000-02-29', '2024-12-31', '2023-02-28'])('with the start date %s', async (day) => {
    const sql = await sqlOf('gold_sales_metrics', { start_date: day });
    expect(sql).toContain(`when min(sale_date) < cast('${day}' as date)`);
  });

  it('with limits that are decimals', async () => {
    const sql = await sqlOf('silver_products', { price_tiers: [0.5, 1, 1.25] });
    expect(sql).toContain("when price < 1.25 then 'Premium'");
  });
});
