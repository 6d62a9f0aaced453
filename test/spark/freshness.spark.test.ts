/** How fresh tables of a warehouse are: by their rows, by a query, and by the history that Delta keeps. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { standIn, type StandIn } from './support.js';
import { TinyShop } from './tiny-shop.js';

let place: StandIn;
let shop: TinyShop;

const properties = `sources:
  - name: raw
    schema: "{{ target.schema }}"
    freshness: { warn_after: { count: 1, period: hour }, error_after: { count: 3, period: day } }
    tables:
      - { name: by_history, identifier: places }
      - { name: by_query, identifier: places, loaded_at_query: "select max(seen) from {{ source('raw', 'visits') }}" }
      - { name: visits, loaded_at_field: seen }
      - { name: by_filter, identifier: visits, loaded_at_field: seen, freshness: { filter: id = 1 } }
      - { name: missing, loaded_at_field: seen }
      - { name: places, freshness: null }
`;

beforeAll(async () => {
  place = await standIn();
  shop = await TinyShop.make(place, 'freshness');
  await shop.sql(`CREATE TABLE ${shop.name('visits')} (id BIGINT, seen TIMESTAMP) USING DELTA`);
  await shop.sql(
    `INSERT INTO ${shop.name('visits')} VALUES (1, current_timestamp() - INTERVAL 4 DAYS), (2, current_timestamp() - INTERVAL 2 HOURS)`,
  );
  shop.write('models/properties.yml', properties);
});

afterAll(async () => {
  shop.remove();
  await place.close();
});

it('Sources are as old as Spark says', async () => {
  const ran = await shop.run('source', 'freshness');
  expect(ran.code, ran.stdout + ran.stderr).toBe(1);
  const { results } = JSON.parse(readFileSync(join(shop.dir, 'target/sources.json'), 'utf8')) as {
    results: readonly { unique_id: string; status: string; max_loaded_at_time_ago_in_s: number }[];
  };
  const found = new Map(results.map((one) => [one.unique_id.split('.').at(-1), one]));
  expect([...found].map(([name, { status }]) => [name, status])).toEqual([
    ['by_history', 'pass'],
    ['by_query', 'warn'],
    ['visits', 'warn'],
    ['by_filter', 'error'],
    ['missing', 'runtime error'],
  ]);
  // Written a moment ago, and never in the future: both times are of Spark's clock.
  const age = found.get('by_history')?.max_loaded_at_time_ago_in_s ?? -1;
  expect(age).toBeGreaterThanOrEqual(0);
  expect(age).toBeLessThan(3600);
  expect(found.get('visits')?.max_loaded_at_time_ago_in_s).toBeGreaterThanOrEqual(7200);
});
