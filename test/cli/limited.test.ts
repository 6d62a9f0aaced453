/** `--empty` and `--sample`: what they read, and that nothing of it reaches readers. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SmallProject } from '../helpers/small-project.js';
import { newestOf, rowsOfBuild, statesOf } from '../helpers/builds-of.js';
import type { Shop } from '../helpers/shop.js';
import { buildFiles, built, refuses, smallShop, succeeds } from './support.js';

const files: Readonly<Record<string, string>> = {
  'seeds/raw_orders.csv': 'id,ordered_at\n1,2024-01-05\n2,2024-03-01\n',
  'models/sources.yml': `sources:
  - {name: raw, schema: dev, tables: [{name: raw_orders}]}
models:
  - name: orders
    columns: [{name: id, data_tests: [unique]}]
`,
  'models/orders.sql': "select * from {{ ref('raw_orders') }}",
  'models/eph.sql': `{{ config(materialized='ephemeral') }}
select * from {{ source('raw', 'raw_orders') }} s`,
  'models/total.sql': `select '{{ ref("orders").render() }}' as plain, '{{ ref("orders").limit }}' as l
from {{ ref('orders') }} o, {{ ref('eph') }} where '{{ this }}' <> ''`,
  'models/kept.sql': "select * from {{ ref('orders').include(database=false) }}",
};

/** What dbt-core 1.11 with dbt-duckdb 1.11 compiles of them with --empty. */
const compiledByDbt: readonly (readonly [name: string, sql: string])[] = [
  ['orders', 'select * from (select * from "shop"."dev"."raw_orders" where false limit 0)'],
  [
    'total',
    'with __dbt__cte__eph as ( select * from (select * from "shop"."dev"."raw_orders" where false limit 0) s ) ' +
      `select '"shop"."dev"."orders"' as plain, '0' as l ` +
      'from (select * from "shop"."dev"."orders" where false limit 0) o, ' +
      `(select * from __dbt__cte__eph where false limit 0) where '"shop"."dev"."total"' <> ''`,
  ],
  ['kept', 'select * from (select * from "dev"."orders" where false limit 0)'],
  [
    'unique_orders_id',
    'select id as unique_field, count(*) as n_records ' +
      'from (select * from "shop"."dev"."orders" where false limit 0) ' +
      'where id is not null group by id having count(*) > 1',
  ],
];

describe('what inputs print with --empty', () => {
  let project: SmallProject;
  beforeAll(() => (project = new SmallProject(files)));
  afterAll(() => project.remove());

  it.each(compiledByDbt)('%s', async (name, sql) => {
    expect(await project.compiled(name, { empty: true })).toBe(sql);
  });

  it('is the plain name without it', async () => {
    expect(await project.compiled('orders')).toBe('select * from "shop"."dev"."raw_orders"');
  });
});

const unitTest = {
  'models/unit.yml': `unit_tests:
  - name: takes_all
    model: spenders
    given: [{input: ref('clean'), rows: [{name: Ada, spent: 2}, {name: Grace, spent: 3}]}]
    expect: {rows: [{name: Ada, spent: 2}, {name: Grace, spent: 3}]}
`,
};

describe('a build with --empty', () => {
  let shop: Shop;
  beforeAll(() => {
    shop = built(smallShop(unitTest));
  });
  afterAll(() => shop.remove());

  it('is kept for inspection, and what is published stays', () => {
    const before = shop.publishedHash();
    const done = succeeds(shop.run('build', '--empty'));
    expect(done.stdout).toMatch(/^Not published: --empty makes tables without .* Kept as build /m);
    expect(done.stdout).toContain('tests: 4 passed');
    expect(done.all).not.toContain('fewer rows');
    expect(shop.publishedHash()).toBe(before);
    expect(statesOf(shop)).toEqual(['working, empty', 'published']);
    // Seeds load in full, and what reads nothing has its own rows.
    expect(rowsOfBuild(shop, 'working')).toEqual({ people: 3, clean: 0, spenders: 0, apart: 1 });
    expect(shop.run('builds', 'show', 'working').stderr).toContain('made with --empty');
  });

  it('is tested by test', () => {
    const done = succeeds(shop.run('test'));
    expect(done.stderr).toContain('which was made with --empty');
    expect(statesOf(shop)[0]).toBe('working, empty');
  });

  it('is never published by a rollback', () => {
    const id = newestOf(shop);
    refuses(shop, ['builds', 'rollback', id], {
      code: 2,
      says: [`Build ${id} was made with --empty and cannot be published.`],
    });
  });

  it('is not gone on with by run, which makes what it would make without it', () => {
    succeeds(shop.run('run'));
    expect(statesOf(shop)[0]).toBe('working');
    expect(rowsOfBuild(shop, 'working')).toMatchObject({ clean: 3, spenders: 2 });
    succeeds(shop.run('run', '--empty'));
    expect(statesOf(shop)[0]).toBe('working, empty');
    expect(rowsOfBuild(shop, 'working')).toMatchObject({ clean: 0, spenders: 0 });
  });

  it('leaves the next build as it would have been', () => {
    const before = shop.publishedHash();
    const done = succeeds(shop.run('build'));
    expect(done.stdout).toContain('Nothing changed');
    expect(shop.publishedHash()).toBe(before);
  });

  it('is asked for by DBT_EMPTY too, by the words that dbt takes for true', () => {
    const files_ = buildFiles(shop);
    succeeds(shop.runWith({ DBT_EMPTY: '0' }, 'build'));
    expect(buildFiles(shop)).toEqual(files_);
    expect(succeeds(shop.runWith({ DBT_EMPTY: 'True' }, 'build')).stdout).toContain('--empty');
  });
});

it('retries a build with --empty as one', () => {
  const shop = smallShop({
    'models/spenders.sql': 'select nothing_like_it from {{ ref("clean") }}',
  });
  expect(shop.run('build', '--empty').code).toBe(1);
  shop.write('models/spenders.sql', 'select name, spent from {{ ref("clean") }}');
  const done = succeeds(shop.run('retry'));
  expect(done.stdout).toContain('Not published: --empty');
  expect(rowsOfBuild(shop, 'working')).toMatchObject({ clean: 0 });
  shop.remove();
});

const timed = {
  'models/timed.yml': `seeds:
  - {name: days, config: {event_time: day}}
`,
  'seeds/days.csv': 'id,day\n1,2024-01-05\n2,2024-01-31\n3,2024-02-01\n',
  'models/of_days.sql': "{{ config(materialized='table') }} select * from {{ ref('days') }}",
};

describe('a build with --sample', () => {
  let shop: Shop;
  beforeAll(() => {
    shop = built(smallShop(timed));
  });
  afterAll(() => shop.remove());

  const span = "{'start': '2024-01-05', 'end': '2024-02-01'}";

  it('reads the rows of the span, and is not published', () => {
    const before = shop.publishedHash();
    const done = succeeds(shop.run('build', '--sample', span));
    expect(done.stdout).toMatch(/^Not published: --sample makes tables with a part of their rows/m);
    expect(done.stderr).not.toContain('Warning');
    expect(shop.publishedHash()).toBe(before);
    expect(statesOf(shop)).toEqual(['working, sample', 'published']);
    expect(rowsOfBuild(shop, 'working')).toMatchObject({ days: 3, of_days: 2, clean: 3 });
  });

  it('says that it has no effect where nothing has an event_time', () => {
    const done = succeeds(shop.run('run', '--select', 'clean', '--sample', span));
    expect(done.stderr).toContain(
      'Warning: --sample has no effect: no selected model reads anything with event_time',
    );
  });

  it('refuses a span that is none, before anything runs', () => {
    refuses(shop, ['build', '--sample', '3 weeks'], {
      code: 2,
      says: ["--sample can't be '3 weeks'", "--sample '3 days'"],
    });
  });

  it('is asked for by DBT_SAMPLE too', () => {
    const done = succeeds(shop.runWith({ DBT_SAMPLE: span }, 'run', '--select', 'of_days'));
    expect(done.stdout).toContain('--sample');
    expect(rowsOfBuild(shop, 'working')).toMatchObject({ of_days: 2 });
  });
});
