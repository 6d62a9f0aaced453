/**
 * What works with states and artifacts on a warehouse: a plan and the check before a build, retry, the documentation,
 * stale sources, run-operation, clone, --defer. One project goes through all of it, in this order.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { databricksOutput, program, type Ran } from './shop.js';
import { catalog, standIn, type StandIn } from './support.js';
import { TinyShop } from './tiny-shop.js';

const schema = 'states';

let place: StandIn;
let shop: TinyShop;

const sources = (freshness: string): string => `sources:
  - name: raw
    schema: "{{ target.schema }}"
    tables: [{ name: places${freshness} }]
`;

const models = `models:
  - name: cities
    config: { contract: { enforced: true } }
    columns:
      - { name: id, data_type: bigint, data_tests: [not_null] }
      - { name: city, data_type: string, description: Its name }
  - name: shares
    columns:
      - { name: share, data_tests: [not_null] }
`;

const shares = (column: string): string => `{{ config(materialized='view') }}
with cities as (
  select id, city from {{ ref('cities') }}
)
select cities.id, cities.city,
  1 / counted.${column} as share
from cities
cross join {{ ref('counted') }} as counted
`;

beforeAll(async () => {
  place = await standIn();
  shop = await TinyShop.make(place, schema);
  const outputs = Object.fromEntries(
    [schema, 'states_copy', 'states_other'].map((name) => [name, databricksOutput(place, name)]),
  );
  shop.write(
    'profiles.yml',
    JSON.stringify({
      techstore_dbt: { target: schema, outputs: { ...outputs, databricks: outputs[schema] } },
    }),
  );
  for (const other of ['states_copy', 'states_other'])
    await shop.sql(`DROP SCHEMA IF EXISTS ${catalog}.${other} CASCADE`);
  shop.write('models/properties.yml', sources('') + models);
  shop.write('models/shares.sql', shares('m'));
  shop.write(
    'macros/tell.sql',
    "{% macro tell(least) %}{% set n = run_query('select count(*) from ' ~ ref('cities')).columns[0][0] %}" +
      "{% do run_query('create table ' ~ target.schema ~ '.told as select ' ~ n ~ ' as n') %}{{ print(n ~ ' of ' ~ least) }}{% endmacro %}",
  );
});

afterAll(async () => {
  shop.remove();
  await place.close();
});

/** Another target of the same project. */
function elsewhere(target: string, ...args: readonly string[]): Promise<Ran> {
  return program(shop.dir, [...args, '--target', target]);
}

function artifact(name: string): unknown {
  return JSON.parse(readFileSync(join(shop.dir, 'target', name), 'utf8'));
}

function results(): Record<string, string> {
  const { results: all } = artifact('run_results.json') as {
    results: { unique_id: string; status: string; message: string }[];
  };
  return Object.fromEntries(
    all.map(({ unique_id: id, status, message }) => [
      id.split('.').slice(0, 3).join('.').replace('.tiny', ''),
      status === 'success' && message === 'No-op' ? 'no-op' : status,
    ]),
  );
}

it('A plan finds the wrong column two models down before anything is built, and makes nothing', async () => {
  place.gateway.recording.clear();
  const planned = await shop.run('plan');
  expect(planned.code, planned.stdout + planned.stderr).toBe(1);
  expect(planned.stdout).toContain('ERROR shares (models/shares.sql:6:7)');
  expect(planned.stdout).toContain('with name `counted`.`m` cannot be resolved');
  expect(planned.stdout).not.toContain('Not checked');
  expect(place.gateway.recording.sent(/^\s*(create|insert|drop|alter|merge)/i)).toBe(0);
});

it('A build says the same as one error, builds what it can, and publishes nothing', async () => {
  const built = await shop.run('build');
  expect(built.code, built.stdout + built.stderr).toBe(1);
  expect(built.stdout).toContain('ERROR shares (models/shares.sql:6:7)');
  expect(built.stdout.match(/^ERROR/gm)).toHaveLength(1);
  expect(results()).toEqual({
    'model.cities': 'success',
    'test.not_null_cities_id': 'pass',
    'model.counted': 'success',
    'model.shares': 'error',
    'test.not_null_shares_share': 'skipped',
  });
  expect(await shop.states()).toEqual(['failed']);
});

it('A retry runs what failed in the tables of the failed build, and publishes all of it', async () => {
  shop.write('models/shares.sql', shares('n'));
  const retried = await shop.run('retry');
  expect(retried.code, retried.stdout + retried.stderr).toBe(0);
  expect(results()).toEqual({ 'model.shares': 'success', 'test.not_null_shares_share': 'pass' });
  expect(await shop.sql(`SELECT id, share FROM ${shop.name('shares')} ORDER BY id`)).toEqual([
    ['1', 0.5],
    ['2', 0.5],
  ]);
});

it('The documentation has the types, comments and rows that the warehouse knows', async () => {
  const made = await shop.run('docs', 'generate');
  expect(made.code, made.stdout + made.stderr).toBe(0);
  const { nodes } = artifact('catalog.json') as {
    nodes: Record<string, { columns: Record<string, { type: string }>; stats: object }>;
  };
  const types = (id: string): string[] =>
    Object.entries(nodes[id]?.columns ?? {}).map(
      ([name, { type }]) => `${name} ${type.toLowerCase()}`,
    );
  expect(types('model.tiny.cities')).toEqual(['id bigint', 'city string']);
  expect(types('model.tiny.counted')).toEqual(['n bigint', 'as_of string']);
  expect(types('model.tiny.shares')).toEqual(['id bigint', 'city string', 'share double']);
  expect(nodes['model.tiny.cities']?.stats).toMatchObject({ num_rows: { value: 2 } });
});

it('run-operation reads what is published and writes into the catalog', async () => {
  const told = await shop.run('run-operation', 'tell', '--args', '{least: 1}');
  expect(told.code, told.stdout + told.stderr).toBe(0);
  expect(told.stdout).toContain('2 of 1');
  expect(await shop.sql(`SELECT n FROM ${shop.name('told')}`)).toEqual([[2]]);
  await shop.sql(`DROP TABLE ${shop.name('told')}`);
});

it('A stale source fails a build before anything is made of it', async () => {
  const stale = `, loaded_at_query: "select timestamp '2020-01-01 00:00:00'", freshness: { error_after: { count: 1, period: day } }`;
  shop.write('models/properties.yml', sources(stale) + models);
  const built = await shop.run('build', '--select', 'cities', 'source:raw');
  expect(built.code, built.stdout + built.stderr).toBe(1);
  expect(results()).toMatchObject({ 'model.cities': 'skipped' });
  expect((artifact('sources.json') as { results: { status: string }[] }).results).toMatchObject([
    { status: 'error' },
  ]);
  shop.write('models/properties.yml', sources('') + models);
});

it('A clone has a shallow clone of what is a table, and a view of all else; what is there stays', async () => {
  cpSync(join(shop.dir, 'target'), join(shop.dir, 'state'), { recursive: true });
  const path = join(shop.dir, 'state', 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as {
    nodes: Record<string, { alias: string }>;
  };
  // As dbt leaves it: the relation of the model is a table.
  const cities = manifest.nodes['model.tiny.cities'];
  if (cities !== undefined) cities.alias = 'places';
  writeFileSync(path, JSON.stringify(manifest));
  const cloned = await elsewhere(
    'states_copy',
    'clone',
    '--state',
    'state',
    '--select',
    'cities',
    'counted',
  );
  expect(cloned.code, cloned.stdout + cloned.stderr).toBe(0);
  expect(results()).toEqual({ 'model.cities': 'success', 'model.counted': 'success' });
  const copy = `${catalog}.states_copy`;
  expect(await shop.sql(`SELECT id, n FROM ${copy}.cities, ${copy}.counted ORDER BY id`)).toEqual([
    ['1', '2'],
    ['2', '2'],
  ]);
  const [built] = await shop.sql(`SHOW SCHEMAS IN ${catalog} LIKE 'states_copy__b*'`);
  const history = await shop.sql(
    `SELECT operation FROM (DESCRIBE HISTORY ${catalog}.${String(built?.[0])}.cities)`,
  );
  expect(history).toEqual([['CLONE']]);
  const again = await elsewhere(
    'states_copy',
    'clone',
    '--state',
    'state',
    '--select',
    'cities',
    'shares',
  );
  expect(again.code, again.stdout + again.stderr).toBe(0);
  expect(again.stderr).toContain(`Relation ${copy}.cities already exists`);
  expect(results()).toEqual({ 'model.cities': 'no-op', 'model.shares': 'success' });
  expect(await shop.sql(`SELECT count(*) FROM ${copy}.cities, ${copy}.shares`)).toEqual([['4']]);
});

it('What is not built here is read where the state has it', async () => {
  const args = ['build', '--select', 'counted', '--defer', '--state', 'state'];
  const built = await elsewhere('states_other', ...args);
  expect(built.code, built.stdout + built.stderr).toBe(0);
  expect(built.stderr).toContain(`read from the state: ${catalog}.${schema}.places`);
  const other = `${catalog}.states_other`;
  expect(await shop.sql(`SELECT n FROM ${other}.counted`)).toEqual([['2']]);
  expect((await shop.sql(`SHOW VIEWS IN ${other}`)).map((row) => row[1])).toEqual(['counted']);
});
