/** The REST API on the stand-in: the answers of DuckDB's, and a new build is noticed. */
import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { standIn, type StandIn } from './support.js';
import { TinyShop } from './tiny-shop.js';

let place: StandIn;
let shop: TinyShop;
let server: ChildProcess;
let url: string;
let log = '';

beforeAll(async () => {
  place = await standIn();
  shop = await TinyShop.make(place, 'served');
  // One of the tables that metrics read, small enough to be worked out by hand.
  shop.write(
    'models/gold_sales_metrics.sql',
    `select
  date '2025-06-28' + cast(id as int) as sale_date, id as daily_orders, id as daily_customers,
  cast(id * 100 as decimal(18, 2)) as daily_revenue, cast(100 as decimal(18, 2)) as daily_aov,
  id = 1 as is_weekend, date '2025-06-01' as month_start, cast(3 as bigint) as monthly_orders,
  cast(2 as bigint) as monthly_customers, cast(300 as decimal(18, 2)) as monthly_revenue,
  cast(100 as decimal(18, 2)) as monthly_aov, cast(null as decimal(18, 2)) as mom_revenue_growth_percent,
  true as is_complete_month
from {{ ref('cities') }}
`,
  );
  shop.write(
    'models/gold_operational_metrics.sql',
    "select date '2025-06-30' as report_date from {{ ref('cities') }} limit 1\n",
  );
  await build();
  server = shop.start('serve', '--port', '0', '--poll', '1').child;
  server.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  url = await new Promise<string>((resolve, reject) => {
    server.stdout?.once('data', (chunk: Buffer) => {
      resolve(chunk.toString().trim());
    });
    server.once('exit', () => {
      reject(new Error(log));
    });
  });
}, 300_000);
afterAll(async () => {
  const ended = new Promise((done) => server.once('exit', done));
  server.kill('SIGTERM');
  await ended;
  shop.remove();
  await place.close();
});

async function build(): Promise<void> {
  const built = await shop.run('build', '--as-of', '2025-06-30');
  expect(built, built.stdout + built.stderr).toMatchObject({ code: 0 });
}

interface Daily {
  readonly data: readonly { readonly sale_date: string; readonly daily_revenue: number }[];
  readonly meta: { readonly build: string; readonly as_of: string; readonly target: string };
}

async function daily(): Promise<Daily> {
  const answer = await fetch(`${url}/api/sales/daily?days=3`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Daily;
}

it('answers from the published build', async () => {
  const { data, meta } = await daily();
  expect(data.map(({ sale_date: date, daily_revenue: revenue }) => [date, revenue])).toEqual([
    ['2025-06-29', 100],
    ['2025-06-30', 200],
  ]);
  expect(meta).toMatchObject({ as_of: '2025-06-30', target: 'databricks' });
});

it('answers the same question from its cache', async () => {
  await daily();
  const { recording } = place.gateway;
  const before = recording.sent(/gold_sales_metrics/);
  await daily();
  expect(recording.sent(/gold_sales_metrics/)).toBe(before);
});

it('knows the builds and the lineage that the served one recorded', async () => {
  const { meta } = await daily();
  const builds = (await (await fetch(`${url}/api/builds`)).json()) as {
    data: { build: string; state: string; tests_passed: number }[];
  };
  expect(builds.data).toEqual([
    expect.objectContaining({ build: meta.build, state: 'published', tests_passed: 2 }),
  ]);
  const lineage = (await (await fetch(`${url}/api/lineage?node=counted`)).json()) as {
    data: { nodes: { name: string }[] };
  };
  expect(lineage.data.nodes.map(({ name }) => name)).toEqual(['raw.places', 'cities', 'counted']);
});

it('goes over to a new build by itself', async () => {
  const { meta: before } = await daily();
  await shop.addPlaces(3);
  await build();
  let now = await daily();
  for (const until = Date.now() + 30_000; now.meta.build === before.build;) {
    if (Date.now() > until) throw new Error(`The build was never served:\n${log}`);
    await new Promise((done) => setTimeout(done, 200));
    now = await daily();
  }
  // Its third day is one after as_of.
  expect(now.data).toHaveLength(2);
  const ready = (await (await fetch(`${url}/health/ready`)).json()) as { build: string };
  expect(ready.build).toBe(now.meta.build);
});

it('says 500 without a word of the warehouse where a table is missing', async () => {
  const answer = await fetch(`${url}/api/customers/top-customers`);
  const text = await answer.text();
  expect(answer.status).toBeGreaterThanOrEqual(500);
  expect(text).not.toMatch(/gold_customer|spark_catalog|localhost|dapi/);
  expect(log).not.toContain('dapi-stand-in');
});
