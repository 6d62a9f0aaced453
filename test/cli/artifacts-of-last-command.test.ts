/** Artifacts tell of the last command, whatever came of it, and hold no secrets. */
import { readFileSync, readdirSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { openDuckDB } from '../../src/engine/duckdb/index.js';
import type { Shop } from '../helpers/shop.js';
import { built, refused, smallProject, smallShop, succeeds } from './support.js';

let shop: Shop;
afterEach(() => shop.remove());

interface RunResults {
  readonly metadata: { readonly invocation_id: string };
  readonly args: { readonly which: string; readonly vars: unknown };
  readonly results: readonly {
    readonly unique_id: string;
    readonly status: string;
    readonly message: string | null;
    readonly failures: number | null;
    readonly compiled_code: string | null;
  }[];
}

function runResults(): RunResults {
  return JSON.parse(readFileSync(shop.path('target/run_results.json'), 'utf8')) as RunResults;
}

function statuses(): Record<string, string> {
  return Object.fromEntries<string>(
    runResults().results.map(({ unique_id: id, status }) => [id.split('.')[2] ?? '', status]),
  );
}

function withHooks(when: 'on-run-start' | 'on-run-end', hooks: readonly string[]): Shop {
  return smallShop({
    'dbt_project.yml': `${smallProject['dbt_project.yml']}${when}: ${JSON.stringify(hooks)}\n`,
  });
}

describe('Hooks of the run', () => {
  // States, messages and counts are those that dbt-core 1.11 writes.
  test('have results in the order in which they ran', () => {
    shop = withHooks('on-run-end', ['select 1', 'select 2']);
    succeeds(shop.run('build'));
    const hooks = runResults().results.slice(-2);
    expect(hooks).toMatchObject([
      {
        unique_id: 'operation.small.small-on-run-end-0',
        status: 'success',
        message: 'small.on-run-end.0 passed',
        failures: 0,
        compiled_code: 'select 1',
      },
      { unique_id: 'operation.small.small-on-run-end-1', status: 'success', failures: 0 },
    ]);
    // They are no reason to read the project again when nothing changed.
    expect(succeeds(shop.run('build')).stdout).toContain('Nothing changed');
  });

  test('that fail at the start skip everything, and publish nothing', () => {
    shop = withHooks('on-run-start', ['select 1', 'select * from nope', 'select 3']);
    const done = shop.run('build');
    refused(done, {
      code: 1,
      says: [
        'small.on-run-start.1 failed',
        'nope does not exist',
        'dbt_project.yml',
        'nothing is published',
      ],
    });
    expect(statuses()).toEqual({
      'small-on-run-start-0': 'success',
      'small-on-run-start-1': 'error',
      'small-on-run-start-2': 'skipped',
      people: 'success',
      clean: 'skipped',
      spenders: 'skipped',
      apart: 'skipped',
      unique_clean_id: 'skipped',
      not_null_clean_id: 'skipped',
      not_null_spenders_name: 'skipped',
    });
    expect(readdirSync(shop.path('target'))).toContain('manifest.json');
    expect(readdirSync(shop.dir)).not.toContain('techstore.duckdb');
  });

  test('that fail at the end leave what is published as it was, and the run has its results', () => {
    shop = built();
    const before = shop.publishedHash();
    shop.write(
      'dbt_project.yml',
      `${smallProject['dbt_project.yml']}on-run-end: ["select * from {{ nope() }}", "select 2"]\n`,
    );
    refused(shop.run('build', '--full-refresh'), {
      code: 1,
      says: ['small.on-run-end.0 failed', 'nope'],
    });
    expect(shop.publishedHash()).toBe(before);
    expect(statuses()).toMatchObject({
      clean: 'success',
      'small-on-run-end-0': 'error',
      'small-on-run-end-1': 'skipped',
    });
  });

  test('that failed are run again by retry', () => {
    shop = withHooks('on-run-end', ['select * from nope']);
    refused(shop.run('build'), { code: 1, says: ['small.on-run-end.0 failed'] });
    shop.write('dbt_project.yml', `${smallProject['dbt_project.yml']}on-run-end: ["select 1"]\n`);
    expect(succeeds(shop.run('retry')).stdout).toContain('Published build');
    expect(succeeds(shop.run('retry')).stdout).toContain('Nothing failed in the last run');
  });
});

test('compile writes run_results.json', () => {
  shop = built();
  succeeds(shop.run('compile', '--select', 'clean', '--vars', '{least: 3}'));
  const { args, results } = runResults();
  expect(args).toMatchObject({ which: 'compile', vars: { least: 3 } });
  expect(results.map(({ unique_id: id, status }) => `${id} ${status}`)).toContain(
    'model.small.clean success',
  );
  expect(results.find(({ unique_id: id }) => id === 'model.small.clean')?.compiled_code).toContain(
    'select id, name, born, spent',
  );
  refused(shop.run('retry'), {
    code: 2,
    says: ['The last command was compile', 'techstore build'],
  });
});

test('A build that could not be published tells what ran', async () => {
  shop = built();
  const first = runResults().metadata.invocation_id;
  shop.write('models/apart.sql', "{{ config(materialized='table') }} select 43 as answer");
  const writer = await openDuckDB({ path: shop.path('techstore.duckdb') });
  try {
    refused(shop.run('build', '--full-refresh', '--select', 'apart'), {
      code: 2,
      says: [/open|writ/],
    });
  } finally {
    await writer.close();
  }
  expect(runResults().metadata.invocation_id).not.toBe(first);
  expect(statuses()).toEqual({ apart: 'success' });
});

describe('A secret of the environment', () => {
  const secret = 'hunter2-81723';
  const env = { DBT_ENV_SECRET_KEY: secret, SHOP_PIN_TOKEN: '98234761' };

  test('in --vars is in no file of the project and in no line', () => {
    shop = smallShop({
      'models/clean.sql': `${smallProject['models/clean.sql']} where name != '{{ var("key") }}'\n`,
      'models/broken.sql': `select '{{ var("key") }}' + nope as x\n`,
      'macros/tell.sql': `{% macro tell() %}{{ log(var("key"), info=true) }}{% endmacro %}`,
      'models/told.sql': '{{ tell() }} select 1 as id\n',
    });
    const done = shop.runWith(env, 'build', '--vars', `{key: "${secret}", pin: 98234761}`);
    expect(done.code).toBe(1);
    expect(done.all).not.toContain(secret);
    expect(runResults().args.vars).toEqual({ key: '*****', pin: '*****' });
    for (const file of filesBelow('target').concat(filesBelow('techstore.builds'))) {
      if (file.endsWith('.duckdb')) continue;
      expect(readFileSync(shop.path(file), 'utf8').includes(secret), file).toBe(false);
    }
    const again = shop.runWith(env, 'retry');
    refused(again, { code: 2, says: ['contained a secret', 'techstore retry --vars'] });
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(shop.path(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath.slice(shop.dir.length + 1)}/${entry.name}`);
}
