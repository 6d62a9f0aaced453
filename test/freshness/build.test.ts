/** What a stale source does to a build. */
import { utimesSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { add, smallShop } from '../cli/support.js';
import type { Finished, Shop } from '../helpers/shop.js';

let shop: Shop | null = null;

afterEach(() => shop?.remove());

/** Rows of `raw.visits` with their age in hours; `raw.people` has no time in it. */
function shopWith(freshness: string, hours: readonly number[] = [30, 50]): Shop {
  const rows = hours.map(
    (h, i) => `${i + 1},${new Date(Date.now() - h * 3_600_000).toISOString()}`,
  );
  shop = smallShop({
    'seeds/visits.csv': `id,seen\n${rows.join('\n')}\n`,
    'models/visits.yml': `sources:
  - name: web
    schema: raw
    tables:
      - name: visits
        loaded_at_field: seen
        freshness: ${freshness}
        columns: [{name: id, data_type: bigint}, {name: seen, data_type: timestamp}]
`,
    'models/seen.sql': "select * from {{ source('web', 'visits') }}\n",
    'models/days.sql': "select max(seen) as last_day from {{ ref('seen') }}\n",
  });
  return shop;
}

const builds = (): Finished => {
  if (shop === null) throw new Error('no shop');
  return shop.run('build');
};

function statuses(): Record<string, string> {
  const { results } = JSON.parse(shop?.read('target/run_results.json') ?? '') as {
    results: readonly { unique_id: string; status: string }[];
  };
  return Object.fromEntries(results.map((r) => [r.unique_id.split('.')[2] ?? '', r.status]));
}

test('A warning is told in each build, also where nothing changed, and the build is published', () => {
  shopWith('{warn_after: {count: 1, period: day}, error_after: {count: 2, period: day}}');
  for (const outcome of ['Published build', 'Nothing changed']) {
    const done = builds();
    expect(done.code, done.all).toBe(0);
    expect(done.stdout).toContain(outcome);
    expect(done.stderr).toContain(
      'Warning: The source web.visits is stale: its newest record is 30 hours old',
    );
    expect(done.stderr).toContain('and may be 1 day old');
  }
});

test('An error skips what reads the source, builds the rest, and publishes nothing', () => {
  shopWith('{error_after: {count: 29, period: hour}}');
  const done = builds();
  expect(done.code).toBe(1);
  expect(done.stdout).toMatch(/ERROR visits \(models\/visits.yml:5:9\)\s+stale: its newest record/);
  expect(done.stdout).toContain('SKIPPED because of visits');
  expect(done.stdout).toContain('Not published');
  expect(statuses()).toMatchObject({
    visits: 'success',
    seen: 'skipped',
    days: 'skipped',
    clean: 'success',
    apart: 'success',
  });
});

test('A retry looks again where the source alone was too old and nothing reads it anew', () => {
  const made = shopWith('{error_after: {count: 40, period: hour}}');
  expect(builds().code).toBe(0);
  const published = made.publishedHash();
  made.edit('models/visits.yml', 'count: 40', 'count: 29');
  // Nothing to build, and then one model that does not read the source.
  for (const outcome of ['Nothing changed', 'Not published']) {
    const done = builds();
    expect(done.code, done.all).toBe(1);
    expect(done.stdout).toContain(outcome);
    const again = made.run('retry');
    expect(again.code, again.all).toBe(1);
    expect(again.stdout).toContain('stale: its newest record is 30 hours old');
    expect(made.publishedHash()).toBe(published);
    made.write('models/other.sql', 'select 1 as one\n');
  }
  made.edit('models/visits.yml', 'count: 29', 'count: 40');
  const last = made.run('retry');
  expect(last.code, last.all).toBe(0);
  expect(last.stdout).toContain('Published build');
  expect(made.run('retry').stdout).toContain('Nothing failed in the last run');
});

test('A retry does not get past it, and goes on when the source is fresh again', () => {
  shopWith('{error_after: {count: 29, period: hour}}');
  builds();
  const again = shop?.run('retry');
  expect(again?.code, again?.all).toBe(1);
  expect(again?.stdout).toContain('Not published');
  shop?.edit('models/visits.yml', 'count: 29', 'count: 40');
  const done = shop?.run('retry');
  expect(done?.code, done?.all).toBe(0);
  expect(done?.stdout).toContain('Published build');
});

test('A source that grows old while nothing changes is noticed', () => {
  shopWith('{error_after: {count: 40, period: hour}}');
  expect(builds().code).toBe(0);
  // The shortcut of unchanged builds must not answer for a project with a threshold.
  shop?.edit('models/visits.yml', 'count: 40', 'count: 29');
  for (let i = 0; i < 2; i += 1) {
    const done = builds();
    expect(done.code, done.all).toBe(1);
    expect(done.stdout).toContain('Nothing changed');
    expect(done.stdout).toContain('ERROR visits');
  }
});

test('A selection without the source does not look at it', () => {
  shopWith('{error_after: {count: 1, period: hour}}');
  const done = shop?.run('build', '--exclude', 'source:web.visits');
  expect(done?.code, done?.all).toBe(0);
  expect(done?.stdout).toContain('Published build');
});

test('Without loaded_at_field, a local file counts by its own time, as the build found it', () => {
  shopWith('null');
  add(
    shop as Shop,
    'models/visits.yml',
    (shop as Shop)
      .read('models/visits.yml')
      .replace('        loaded_at_field: seen\n', '')
      .replace('freshness: null', 'freshness: {error_after: {count: 1, period: day}}'),
  );
  const age = (hours: number): void => {
    const at = Date.now() / 1000 - hours * 3600;
    utimesSync(shop?.path('seeds/visits.csv') ?? '', at, at);
  };
  age(3);
  const before = shop?.run('source', 'freshness', '--json');
  expect(JSON.parse(before?.stdout ?? '')).toMatchObject([{ status: 'PASS', age: '3 hours' }]);
  expect(before?.stderr).toContain('the seeds that stand for sources are read');
  expect(builds().code).toBe(0);
  // What is published is what was loaded then.
  age(30);
  const after = shop?.run('source', 'freshness', '--json');
  expect(JSON.parse(after?.stdout ?? '')).toMatchObject([{ status: 'PASS', age: '3 hours' }]);
  const rebuilt = shop?.run('build', '--full-refresh');
  expect(rebuilt?.code).toBe(1);
  expect(rebuilt?.stdout).toContain('stale: its file is 30 hours old');
});

test('With --sources, the files of the folder are read instead of what is published', () => {
  shopWith('{warn_after: {count: 1, period: day}}');
  expect(builds().code).toBe(0);
  add(shop as Shop, 'in/visits.csv', `id,seen\n1,${new Date().toISOString()}\n`);
  add(shop as Shop, 'in/people.csv', (shop as Shop).read('seeds/people.csv'));
  const files = shop?.run('source', 'freshness', '--sources', 'in', '--csv');
  expect(files?.stdout, files?.all).toContain('web.visits,PASS');
  const published = shop?.run('source', 'freshness', '--csv');
  expect(published?.stdout, published?.all).toContain('web.visits,WARN,30 hours');
});

test('Nothing is published and no seed stands for the source: the error names the way out', () => {
  shop = smallShop({
    'models/other.yml':
      'sources: [{name: other, tables: [{name: t, loaded_at_field: at_, freshness: {warn_after: {count: 1, period: day}}}]}]\n',
  });
  const done = shop.run('source', 'freshness');
  expect(done.code).toBe(2);
  expect(done.stderr).toContain('Nothing is published yet, so no source can be read');
});
