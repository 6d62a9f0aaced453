/** `clone`: statuses and messages are those of `dbt clone` (dbt-core 1.11), and what exists afterwards has the same names. */
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { rowsOfBuild, statesOf } from '../helpers/builds-of.js';
import type { Shop } from '../helpers/shop.js';
import { copyOf, refused, smallShop, succeeds } from './support.js';

const files = {
  'profiles.yml': `small:
  target: dev
  outputs:
    dev: {type: duckdb, path: techstore.duckdb, schema: main, threads: 2}
    prod: {type: duckdb, path: prod.duckdb, schema: main, threads: 2}
`,
  'models/eph.sql': "{{ config(materialized='ephemeral') }} select * from {{ ref('clean') }}",
  'models/view_of.sql': "{{ config(materialized='view') }} select name from {{ ref('clean') }}",
  'models/late.sql': "{{ config(materialized='table') }} select 1 as one",
};

let made: Shop | undefined;
let shop: Shop;

/** The project with a published build of the target prod, whose manifest in `state/` lacks one model. */
function withState(): Shop {
  if (made !== undefined) return made;
  made = smallShop(files);
  succeeds(made.run('build', '--target', 'prod', '--exclude', 'late'));
  cpSync(made.path('target'), made.path('state'), { recursive: true });
  const path = made.path('state/manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as { nodes: Record<string, unknown> };
  writeFileSync(
    path,
    JSON.stringify({
      ...manifest,
      nodes: Object.fromEntries(
        Object.entries(manifest.nodes).filter(([id]) => id !== 'model.small.late'),
      ),
    }),
  );
  return made;
}

beforeEach(() => (shop = copyOf(withState())));
afterEach(() => shop.remove());

const clone = ['clone', '--state', 'state'];

function results(): Record<string, readonly [status: string, message: string]> {
  const { results: all, args } = JSON.parse(
    readFileSync(shop.path('target/run_results.json'), 'utf8'),
  ) as {
    results: { unique_id: string; status: string; message: string }[];
    args: { which: string };
  };
  expect(args.which).toBe('clone');
  return Object.fromEntries(
    all.map(({ unique_id: id, status, message }) => [id, [status, message]]),
  );
}

it('Makes all that the state has, and says what it lacks', () => {
  const done = succeeds(shop.run(...clone));
  expect(done.stderr).toContain('No relation found in state manifest for model.small.late');
  expect(results()).toEqual({
    'seed.small.people': ['success', 'clone'],
    'model.small.apart': ['success', 'clone'],
    'model.small.clean': ['success', 'clone'],
    'model.small.spenders': ['success', 'clone'],
    'model.small.view_of': ['success', 'clone'],
    'model.small.late': ['success', 'No-op'],
  });
  expect(rowsOfBuild(shop, 'published')).toEqual({
    ...{ people: 3, apart: 1, clean: 3, spenders: 2, view_of: 3 },
  });
  // No other file is needed any more.
  rmSync(shop.path('prod.duckdb'));
  rmSync(shop.path('prod.builds'), { recursive: true });
  expect(shop.run('query', 'select count(*) as n from view_of', '--csv').stdout).toMatch(
    /^n\r?\n3\r?\n$/,
  );
});

it('Leaves what is here, unless --full-refresh says otherwise', () => {
  shop.edit('models/clean.sql', 'select', "select 'here' as place,");
  succeeds(shop.run('build', '--select', 'people', 'clean'));
  const first = succeeds(shop.run(...clone));
  expect(first.stderr).toContain('Relation techstore.main.clean already exists');
  expect(results()).toMatchObject({
    'model.small.clean': ['success', 'No-op'],
    'model.small.spenders': ['success', 'clone'],
  });
  const columns = (): string =>
    shop.run('query', 'select * from clean limit 0', '--csv').stdout.trim();
  expect(columns()).toContain('place');
  const again = succeeds(shop.run(...clone));
  expect(again.stdout).toContain('Nothing changed: techstore.duckdb stays at build');
  succeeds(shop.run(...clone, '--full-refresh', '--select', 'clean'));
  expect(Object.keys(results())).toEqual(['model.small.clean']);
  expect(columns()).not.toContain('place');
  expect(rowsOfBuild(shop, 'published')).toMatchObject({ people: 3, clean: 3, spenders: 2 });
});

it('Is what a selection goes on from, and a whole build makes all of it itself', () => {
  succeeds(shop.run(...clone));
  const part = succeeds(shop.run('build', '--select', 'spenders'));
  expect(part.stdout).toContain('1 model');
  const whole = succeeds(shop.run('build'));
  expect(whole.stdout).toContain('1 seed; 5 models; tests');
  expect(succeeds(shop.run('build')).stdout).toContain('Nothing changed');
});

it('Publishes nothing where one relation is not there, and is retried', () => {
  renameSync(shop.path('prod.duckdb'), shop.path('away.duckdb'));
  renameSync(shop.path('prod.builds'), shop.path('away.builds'));
  const failed = shop.run(...clone);
  expect(failed.code).toBe(1);
  expect(failed.stdout).toContain('The state has prod.main.apart, but it is not published in');
  expect(results()['model.small.clean']?.[0]).toBe('error');
  expect(statesOf(shop)).toEqual(['failed']);
  renameSync(shop.path('away.duckdb'), shop.path('prod.duckdb'));
  renameSync(shop.path('away.builds'), shop.path('prod.builds'));
  succeeds(shop.run('retry'));
  expect(rowsOfBuild(shop, 'published')).toMatchObject({ clean: 3, spenders: 2 });
});

it('Copies nothing onto itself', () => {
  const done = succeeds(shop.run(...clone, '--target', 'prod', '--full-refresh'));
  expect(done.stderr).toContain(
    'Target relation and defer relation are the same, skipping clone for relation: prod.main.clean',
  );
  expect(done.stdout).toContain('Nothing changed: prod.duckdb stays at build');
});

it('Refuses to begin without a state', () => {
  refused(shop.run('clone'), {
    code: 2,
    says: ['clone needs the folder of an earlier manifest.json', 'clone --state DIR'],
  });
  refused(shop.run('clone', 'nope', '--state', 'state'), {
    code: 2,
    says: ["The selection criterion 'nope' does not match any enabled nodes"],
  });
});
