/** `--defer`: what is not here is taken from another target, and what is published depends on no other file. */
import { cpSync, renameSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rowsOfBuild, statesOf } from '../helpers/builds-of.js';
import type { Shop } from '../helpers/shop.js';
import { add, copyOf, refused, smallShop, succeeds } from './support.js';

const outputs = (more: string): string => `small:
  target: dev
  outputs:
    dev: {type: duckdb, path: techstore.duckdb, schema: main, threads: 2}
    locked: {type: duckdb, path: "{{ env_var('NOT_SET') }}"}
${more}`;

const files = {
  'profiles.yml': outputs(
    '    prod: {type: duckdb, path: prod.duckdb, schema: main, threads: 2}\n',
  ),
  'models/eph.sql': "{{ config(materialized='ephemeral') }} select * from {{ ref('clean') }}",
  'models/view_of.sql': "{{ config(materialized='view') }} select name from {{ ref('clean') }}",
  'models/top.sql':
    "{{ config(materialized='table') }} select name from {{ ref('eph') }} union all select name from {{ ref('view_of') }}",
};

let made: Shop | undefined;
let shop: Shop;

/** The project with a published build of the target prod, and its artifacts in `state/`. */
function withState(): Shop {
  if (made !== undefined) return made;
  made = smallShop(files);
  succeeds(made.run('build', '--target', 'prod'));
  cpSync(made.path('target'), made.path('state'), { recursive: true });
  return made;
}

beforeEach(() => (shop = copyOf(withState())));
afterEach(() => shop.remove());

const deferring = ['--defer', '--state', 'state'];

describe('a build with --defer', () => {
  it('copies what it reads from the published build of the state', () => {
    const before = shop.run(
      'query',
      'select count(*) from top',
      '--target',
      'prod',
      '--csv',
    ).stdout;
    const done = succeeds(shop.run('build', '--select', 'top', ...deferring));
    expect(done.stderr).toContain('read from the state: prod.main.clean, prod.main.view_of');
    expect(rowsOfBuild(shop, 'published')).toEqual({ clean: 3, view_of: 3, top: 6 });
    // No other file is needed any more.
    rmSync(shop.path('prod.duckdb'));
    rmSync(shop.path('prod.builds'), { recursive: true });
    expect(shop.run('query', 'select count(*) from top', '--csv').stdout).toBe(before);
    const tables = shop.run('query', 'select count(*) from view_of', '--csv');
    expect(tables.stdout).toContain('3');
  });

  it('takes nothing for unchanged that was made of it, and a whole build makes it itself', () => {
    succeeds(shop.run('build', '--select', 'spenders', ...deferring));
    const again = succeeds(shop.run('build', '--select', 'spenders', ...deferring));
    // Here it is built now.
    expect(again.stderr).not.toContain('read from the state');
    const whole = succeeds(shop.run('build'));
    expect(whole.stdout).toContain('1 seed; 5 models; tests');
    expect(rowsOfBuild(shop, 'published')).toMatchObject({ people: 3, clean: 3, spenders: 2 });
    expect(succeeds(shop.run('build')).stdout).toContain('Nothing changed');
  });

  it('reads what is built here, unless --favor-state says otherwise', () => {
    succeeds(shop.run('build'));
    shop.edit('models/spenders.sql', 'select name, spent', 'select name, spent + 0 as spent');
    const here = succeeds(shop.run('run', '--select', 'spenders', ...deferring));
    expect(here.stderr).not.toContain('read from the state');
    shop.edit('models/spenders.sql', 'spent + 0', 'spent + 1');
    const there = succeeds(shop.run('run', '--select', 'spenders', ...deferring, '--favor-state'));
    expect(there.stderr).toContain('read from the state: prod.main.clean');
    expect(statesOf(shop)).toEqual(['working', 'published']);
  });

  it('runs tests on it too', () => {
    const done = succeeds(shop.run('test', '--select', 'not_null_clean_id', ...deferring));
    expect(done.stdout).toContain('tests: 1 passed');
  });

  it('is named by what is compiled, as dbt names it', () => {
    const done = succeeds(shop.run('compile', '-q', '--select', 'view_of', ...deferring));
    expect(done.stdout.trim()).toBe('select name from "prod"."main"."clean"');
    // What is selected too lies where this run makes it.
    succeeds(shop.run('compile', '-q', '--select', '+view_of', ...deferring));
    expect(shop.read('target/compiled/small/models/view_of.sql')).toContain(
      '"techstore"."main"."clean"',
    );
  });

  it('is retried with the state', () => {
    shop.edit('models/top.sql', 'select name from', 'select nothing_like_it from');
    expect(shop.run('build', '--select', 'top', ...deferring).code).toBe(1);
    shop.edit('models/top.sql', 'nothing_like_it', 'name');
    succeeds(shop.run('retry'));
    expect(rowsOfBuild(shop, 'published')).toMatchObject({ top: 6 });
  });
});

describe('a table of the state that can not be had', () => {
  it.each([
    [
      'no folder is named',
      ['--defer'],
      ['--defer needs the folder of an earlier manifest.json', '--state DIR'],
    ],
    [
      'the folder has no manifest',
      ['--defer', '--defer-state', 'models'],
      ['manifest.json is not there'],
    ],
    [
      'there is no folder of that name',
      ['--state', 'nowhere'],
      ['The folder of --state does not exist', '/nowhere'],
    ],
  ])('where %s', (_, args, says) => {
    refused(shop.run('build', '--select', 'top', ...args), { code: 2, says });
  });

  it('where no target has its database', () => {
    shop.write('profiles.yml', outputs(''));
    refused(shop.run('build', '--select', 'view_of', ...deferring), {
      code: 2,
      says: [
        "The state has prod.main.clean, but no target of the profile has the database 'prod'",
        '--select +clean',
      ],
    });
    expect(statesOf(shop)).toEqual([]);
  });

  it('where nothing is published there', () => {
    renameSync(shop.path('prod.duckdb'), shop.path('away.duckdb'));
    rmSync(shop.path('prod.builds'), { recursive: true });
    refused(shop.run('build', '--select', 'view_of', ...deferring), {
      code: 2,
      says: ['The state has prod.main.clean, but it is not published in'],
    });
  });

  it('where the state does not have it', () => {
    add(shop, 'models/new_one.sql', 'select 1 as name');
    add(shop, 'models/of_new.sql', "select name from {{ ref('new_one') }}");
    refused(shop.run('build', '--select', 'of_new', ...deferring), {
      code: 2,
      says: ['of_new reads new_one, which is not built'],
    });
  });
});

it('says that --favor-state alone has no effect', () => {
  const done = succeeds(shop.run('compile', '--select', 'apart', '--favor-state'));
  expect(done.stderr).toContain('--favor-state has no effect without --defer');
});
