/** `run-operation`: what a macro does to what is published, and what it leaves when it fails. */
import { existsSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Shop } from '../helpers/shop.js';
import { built, refused, refuses, smallShop, start, succeeds } from './support.js';

const macros = {
  'macros/operations.sql': `{% macro hello(a=1, b=none) %}{{ log('hello ' ~ a ~ ' ' ~ b, info=True) }}{% endmacro %}
{% macro count_people() %}
  {% set rows = run_query('select count(*) from ' ~ ref('clean')) %}
  {{ log('people: ' ~ rows.columns[0].values()[0], info=True) }}
{% endmacro %}
{% macro make(name) %}{% do run_query('create table main.' ~ name ~ ' as select 1 as x') %}{% endmacro %}
{% macro fails() %}{{ make('half') }}{% do run_query('select nothing_like_it') %}{% endmacro %}
{% macro inlined() %}{{ log(ref('eph'), info=True) }}{% endmacro %}
{% macro endless() %}{{ log('it begins', info=True) }}{% do run_query('select sum(a.range * b.range % 7) from range(10000000) a, range(10000000) b') %}{% endmacro %}
`,
  'models/eph.sql': "{{ config(materialized='ephemeral') }} select 1 as x",
};

const tablesOf = (shop: Shop): string =>
  shop.run('query', 'select table_name from duckdb_tables() order by 1', '--csv').stdout;

function resultOf(shop: Shop): Record<string, unknown> {
  const { results, args } = JSON.parse(shop.read('target/run_results.json')) as {
    results: Record<string, unknown>[];
    args: Record<string, unknown>;
  };
  expect(results).toHaveLength(1);
  return { ...results[0], which: args['which'], macro: args['macro'] };
}

describe('run-operation', () => {
  let shop: Shop;
  beforeAll(() => {
    shop = built(smallShop(macros));
  });
  afterAll(() => shop.remove());

  it('calls a macro with arguments by name, and writes run_results.json as dbt does', () => {
    const done = succeeds(shop.run('run-operation', 'small.hello', '--args', '{a: 3, b: [1]}'));
    // What dbt logs.
    expect(done.stderr).toContain('hello 3 [1]');
    expect(done.stdout).toBe('');
    expect(resultOf(shop)).toMatchObject({
      unique_id: 'macro.small.hello',
      status: 'success',
      failures: 0,
      message: null,
      relation_name: null,
      which: 'run-operation',
      macro: 'small.hello',
    });
  });

  it('changes nothing of a file that the macro only reads', () => {
    const before = statSync(shop.path('techstore.duckdb'), { bigint: true });
    const hash = shop.publishedHash();
    expect(succeeds(shop.run('run-operation', 'count_people')).stderr).toContain('people: 3');
    expect(shop.publishedHash()).toBe(hash);
    expect(statSync(shop.path('techstore.duckdb'), { bigint: true }).mtimeNs).toBe(before.mtimeNs);
  });

  it('leaves nothing of a macro that fails', () => {
    const done = refuses(shop, ['run-operation', 'fails'], {
      code: 1,
      says: ['Referenced column "nothing_like_it" was not found', 'macros/operations.sql:7'],
    });
    expect(done.stdout).toBe('');
    expect(tablesOf(shop)).not.toContain('half');
    expect(resultOf(shop)).toMatchObject({ status: 'error', failures: 1 });
  });

  it('is run again by retry', () => {
    shop.edit('macros/operations.sql', 'select nothing_like_it', 'select 1');
    succeeds(shop.run('retry'));
    expect(tablesOf(shop)).toContain('half');
    expect(succeeds(shop.run('retry')).stdout).toContain('Nothing failed in the last run');
  });

  it('makes tables that later builds keep', () => {
    succeeds(shop.run('run-operation', 'make', '--args', 'name: made'));
    expect(shop.run('builds', 'list').stderr).toContain('main.made');
    succeeds(shop.run('build', '--full-refresh'));
    expect(tablesOf(shop)).toContain('made');
  });

  it('refuses what is no macro, and arguments that it does not take', () => {
    refuses(shop, ['run-operation', 'helo'], {
      code: 2,
      says: ["There is no macro 'helo'", "Did you mean 'hello'?"],
    });
    refuses(shop, ['run-operation', 'shop.hello'], {
      code: 2,
      says: ["There is no package 'shop'"],
    });
    refuses(shop, ['run-operation', 'hello', '--args', '[1]'], {
      code: 2,
      says: ['--args must be a map of keys, not [1]'],
    });
    refuses(shop, ['run-operation', 'hello', '--args', '{c: 1}'], {
      code: 1,
      says: ["macro 'hello' takes no keyword argument 'c'"],
    });
    refuses(shop, ['run-operation', 'inlined'], {
      code: 1,
      says: ["ref('eph') is ephemeral: it has no relation"],
    });
  });

  it('leaves nothing when it is interrupted', async () => {
    const before = shop.publishedHash();
    const running = start(shop, 'run-operation', 'endless');
    await running.says(/it begins/);
    running.signal('SIGINT');
    const done = await running.ended;
    expect(done.code, done.all).toBe(130);
    expect(shop.publishedHash()).toBe(before);
    expect(existsSync(shop.path('techstore.duckdb.wal'))).toBe(false);
  });
});

it('makes the file where nothing is published, if the macro made something', () => {
  const shop = smallShop(macros);
  succeeds(shop.run('run-operation', 'hello'));
  refused(shop.run('run-operation', 'fails'), { code: 1, says: ['nothing_like_it'] });
  expect(existsSync(shop.path('techstore.duckdb'))).toBe(false);
  succeeds(shop.run('run-operation', 'make', '--args', 'name: made'));
  expect(existsSync(shop.path('techstore.duckdb'))).toBe(true);
  succeeds(shop.run('build'));
  expect(tablesOf(shop)).toContain('made');
  shop.remove();
});
