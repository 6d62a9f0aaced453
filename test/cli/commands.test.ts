/** What every command does when all is well, in a project with a published build. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Shop } from '../helpers/shop.js';
import { runWarm } from '../helpers/warm-program.js';
import { add, buildFiles, built, copyOf, refuses, smallShop, succeeds } from './support.js';

let published: Shop;
let shop: Shop;
beforeAll(() => {
  published = built();
});
afterAll(() => published.remove());
beforeEach(() => {
  shop = copyOf(published);
});
afterEach(() => shop.remove());

interface Node {
  readonly unique_id: string;
  readonly status: string;
  readonly carried_over: boolean;
}

/** Names of the nodes that a command ran, sorted; and what it published. */
function ran(...args: string[]): {
  nodes: string[];
  published: string | null;
  code: number | null;
} {
  const done = shop.run(...args, '--json');
  const answer = JSON.parse(done.stdout) as { results: Node[]; published_build: string | null };
  const nodes = answer.results
    .filter((r) => !r.carried_over && r.status !== 'skipped')
    .map((r) => r.unique_id.split('.')[2] ?? '');
  return { nodes: nodes.sort(), published: answer.published_build, code: done.code };
}

/** First column of the rows that a query gives. */
function ask(sql: string, ...args: string[]): string[] {
  const done = succeeds(shop.run('query', sql, '--format', 'ndjson', ...args));
  return done.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => String(Object.values(JSON.parse(line) as object)[0]));
}

const testsOfClean = ['not_null_clean_id', 'unique_clean_id'];

describe('build', () => {
  test('runs nothing when nothing changed, and everything with --full-refresh', () => {
    const before = shop.publishedHash();
    expect(ran('build')).toEqual({ nodes: [], published: null, code: 0 });
    expect(shop.publishedHash()).toBe(before);
    expect(ran('build', '--full-refresh').nodes).toHaveLength(7);
  });

  test('runs a changed model and what reads it, and carries the rest over with its comments', () => {
    shop.edit('models/spenders.sql', 'select name, spent', 'select name, spent, 1 as more');
    const { nodes, published: id } = ran('build');
    expect(nodes).toEqual(['not_null_spenders_name', 'spenders']);
    expect(id).not.toBeNull();
    expect(ask('select answer from apart')).toEqual(['42']);
    expect(ask('select count(*) from clean')).toEqual(['3']);
    expect(ask("select comment from duckdb_tables() where table_name = 'clean'")).toEqual([
      'People as they are',
    ]);
    const comments =
      "select comment from duckdb_columns() where table_name = 'clean' and column_name = 'id'";
    expect(ask(comments)).toEqual(['The key']);
  });

  test('carries views over with their comments', () => {
    add(
      shop,
      'models/seen.sql',
      "{{ config(materialized='view', persist_docs={'relation': true, 'columns': true}) }}\nselect 1 as one",
    );
    add(
      shop,
      'models/seen.yml',
      'models: [{name: seen, description: "It\'s seen", columns: [{name: one, description: The only}]}]',
    );
    succeeds(shop.run('build'));
    shop.edit('models/apart.sql', '42', '43');
    expect(ran('build').nodes).toEqual(['apart']);
    expect(ask("select comment from duckdb_views() where view_name = 'seen'")).toEqual([
      "It's seen",
    ]);
    expect(ask("select comment from duckdb_columns() where table_name = 'seen'")).toEqual([
      'The only',
    ]);
  });

  test('runs what comes below a changed seed, and a changed variable', () => {
    add(shop, 'seeds/people.csv', 'id,name,born,spent\n1,Ada,,1.00\n9,Linus,,9.00\n');
    expect(ran('build').nodes).toEqual([
      'clean',
      'not_null_clean_id',
      'not_null_spenders_name',
      'people',
      'spenders',
      'unique_clean_id',
    ]);
    expect(ran('build', '--vars', '{least: 5}').nodes).toEqual([
      'not_null_spenders_name',
      'spenders',
    ]);
    expect(ask('select name from spenders')).toEqual(['Linus']);
  });

  test('--select runs those alone and publishes them with the others as they were', () => {
    shop.edit('models/apart.sql', '42', '43');
    shop.edit('models/spenders.sql', 'select name, spent', 'select name, 0 as spent');
    expect(ran('build', '--select', 'apart')).toMatchObject({ nodes: ['apart'], code: 0 });
    expect(ask('select answer from apart')).toEqual(['43']);
    expect(ask('select max(spent) from spenders')).toEqual(['12.5']);
    // What was left out is still to be done.
    expect(ran('build').nodes).toEqual(['not_null_spenders_name', 'spenders']);
  });

  test('--select that takes nothing does nothing, and one that would mix sources is refused', () => {
    const before = shop.publishedHash();
    expect(succeeds(shop.run('build', '--select', 'nobody')).stdout).toContain('Nothing to do');
    add(shop, 'export/people.csv', 'id,name,born,spent\n5,Barbara,,99.00\n');
    refuses(shop, ['build', '--select', 'apart', '--sources', 'export'], {
      code: 2,
      says: [
        'inconsistent tables',
        'clean, spenders would stay from other source files',
        '--select',
      ],
    });
    expect(shop.publishedHash()).toBe(before);
  });

  test('--sources reads a folder in place of the seeds, and back', () => {
    add(shop, 'export/people.csv', 'id,name,born,spent\n5,Barbara,,99.00\n');
    expect(ran('build', '--sources', 'export').code).toBe(0);
    expect(ask('select name from clean')).toEqual(['Barbara']);
    expect(ran('build', '--sources', 'export').nodes).toEqual([]);
    expect(ran('build').code).toBe(0);
    expect(ask('select count(*) from clean')).toEqual(['3']);
  });

  test('drops the table of a model that left the project', () => {
    rmSync(shop.path('models/apart.sql'));
    expect(ran('build')).toMatchObject({ nodes: [], code: 0 });
    expect(
      ask("select table_name from duckdb_tables() where schema_name = 'main' order by 1"),
    ).toEqual(['clean', 'spenders']);
  });
});

test('the project is found from a folder inside of it', () => {
  const inside = shop.path('models');
  const done = runWarm({ args: ['ls', '--resource-type', 'seed'], cwd: inside, env: {} });
  expect(done).toEqual({ code: 0, stdout: 'small.people\n', stderr: '' });
});

describe('seed, run and test', () => {
  test('work in one working build, which test publishes when everything is in it and passes', () => {
    shop.remove();
    shop = smallShop();
    expect(ran('seed')).toEqual({ nodes: ['people'], published: null, code: 0 });
    expect(ran('run').nodes).toEqual(['apart', 'clean', 'spenders']);
    const reading = shop.run('query', 'select 1');
    expect(reading.stderr).toContain('Nothing is published yet, but there is a working build');
    expect(reading.stderr).toContain('--build working');
    const part = shop.run('test', '--select', 'clean');
    expect(part.stdout).toContain(
      'Not published: 1 test was not run: not_null_spenders_name. ' +
        'Run: techstore test --select not_null_spenders_name. Kept as working build',
    );
    const held = shop.run('test', '--no-publish');
    expect(held.stdout).toContain('Not published: --no-publish. Kept as working build');
    expect(shop.publishedHash()).toBeNull();
    expect(buildFiles(shop).filter((name) => name.endsWith('.duckdb'))).toHaveLength(1);
    expect(ask('select count(*) from clean', '--build', 'working')).toEqual(['3']);
    const all = ran('test');
    expect(all.nodes).toEqual([...testsOfClean, 'not_null_spenders_name'].sort());
    expect(all.published).not.toBeNull();
    expect(ask('select count(*) from clean')).toEqual(['3']);
    expect(succeeds(shop.run('build')).stdout).toContain('Nothing changed');
  });

  test('a model that runs again makes its tests, and those of what is made of it, count no more', () => {
    shop.edit('models/clean.sql', 'select id,', 'select id + 0 as id,');
    succeeds(shop.run('run', '--select', 'clean'));
    const early = shop.run('test', '--select', 'clean');
    expect(early.stdout).toContain('Not published: 1 model changed since it was built: spenders');
    shop.edit('models/clean.sql', 'select id + 0 as id,', 'select id,');
    succeeds(shop.run('run'));
    expect(ran('test').published).not.toBeNull();
  });

  test('run --publish and publish: after_run publish without tests, but nothing that failed', () => {
    shop.edit('models/clean.sql', 'select id,', 'select null as id,');
    expect(ran('run', '--publish').published).not.toBeNull();
    expect(ask('select count(id) from clean')).toEqual(['0']);
    shop.edit('models/clean.sql', 'select null as id,', 'select id,');
    shop.edit('dbt_project.yml', 'name: small', 'publish: after_run\nname: small');
    expect(ran('run', '--no-publish').published).toBeNull();
    expect(ran('run').published).not.toBeNull();
    expect(ask('select count(id) from clean')).toEqual(['3']);
    shop.edit('models/apart.sql', '42', 'no_such_column');
    expect(ran('run')).toMatchObject({ published: null, code: 1 });
    shop.edit('models/apart.sql', 'no_such_column', '42');
    expect(ran('run').published).not.toBeNull();
    shop.edit('dbt_project.yml', 'publish: after_run\n', '');
  });

  test('test without a candidate looks at the published build and leaves nothing', () => {
    const files = buildFiles(shop);
    const before = shop.publishedHash();
    expect(ran('test', '--select', 'clean').nodes).toEqual(testsOfClean);
    expect(buildFiles(shop)).toEqual(files);
    expect(shop.publishedHash()).toBe(before);
  });
});

test('retry runs a model again that was mended after its test had failed', () => {
  shop.edit('models/clean.sql', 'select id,', 'select null as id,');
  expect(ran('build').code).toBe(1);
  shop.edit('models/clean.sql', 'select null as id,', 'select id,');
  expect(ran('retry')).toMatchObject({ code: 0, published: expect.any(String) as string });
  expect(ask('select count(id) from clean')).toEqual(['3']);
});

test('retry runs what failed and was skipped, in the failed build, and publishes', () => {
  shop.edit('models/clean.sql', 'select id,', 'select idd as id,');
  shop.edit('models/apart.sql', '42', '43');
  const first = ran('build');
  expect(first).toEqual({ nodes: ['apart', 'clean'], published: null, code: 1 });
  // Not mended yet: it fails again.
  expect(ran('retry')).toMatchObject({ nodes: ['clean'], code: 1 });
  shop.edit('models/clean.sql', 'idd as id', 'id + 100 as id');
  const again = ran('retry');
  expect(again.nodes).toEqual(
    [...testsOfClean, 'clean', 'not_null_spenders_name', 'spenders'].sort(),
  );
  expect(again.published).not.toBeNull();
  expect(ask('select min(id) from clean')).toEqual(['101']);
  expect(ask('select answer from apart')).toEqual(['43']);
  expect(shop.run('retry').stdout).toContain('nothing to retry');
});

test('builds: list, show, rollback and prune', () => {
  const first = shop.publishedHash();
  shop.edit('models/apart.sql', '42', '43');
  succeeds(shop.run('build'));
  const second = shop.publishedHash();
  const list = (): { build: string; state: string }[] =>
    JSON.parse(succeeds(shop.run('builds', 'list', '--json')).stdout) as {
      build: string;
      state: string;
    }[];
  expect(list().map(({ state }) => state)).toEqual(['published', 'kept']);
  const shown = succeeds(shop.run('builds', 'show', '--csv'));
  expect(shown.stdout).toMatch(/^clean,model,success,3,,main\.clean\r?$/m);
  expect(shown.stderr).toContain(list()[0]?.build);

  expect(succeeds(shop.run('builds', 'rollback')).stdout).toMatch(/^Published build \S+ again/);
  expect(shop.publishedHash()).toBe(first);
  expect(ask('select answer from apart')).toEqual(['42']);
  expect(ask('select answer from apart', '--build', 'latest')).toEqual(['43']);
  succeeds(shop.run('builds', 'rollback', list()[0]?.build ?? ''));
  expect(shop.publishedHash()).toBe(second);

  expect(succeeds(shop.run('builds', 'prune', '--keep', '1')).stdout).toMatch(/^Removed 1 build/);
  expect(list().map(({ state }) => state)).toEqual(['published']);
  expect(shop.publishedHash()).toBe(second);
  expect(succeeds(shop.run('builds', 'prune')).stdout).toBe('Nothing to remove\n');
});

describe('Reading commands', () => {
  test('ls prints selectors, names, paths and JSON', () => {
    const lines = (...args: string[]): string[] =>
      succeeds(shop.run('ls', ...args))
        .stdout.trim()
        .split('\n');
    expect(lines('--resource-type', 'model')).toEqual([
      'small.apart',
      'small.clean',
      'small.spenders',
    ]);
    expect(lines('--select', '+spenders', '--output', 'name', '--resource-type', 'model')).toEqual([
      'clean',
      'spenders',
    ]);
    expect(lines('--select', 'clean', '--output', 'path', '--resource-type', 'model')).toEqual([
      'models/clean.sql',
    ]);
    const [json = ''] = lines(
      '--select',
      'apart',
      '--output',
      'json',
      '--output-keys',
      'name',
      'tags',
    );
    expect(JSON.parse(json)).toEqual({ name: 'apart', tags: [] });
  });

  test('show gives rows of a model, and of SQL with Jinja', () => {
    const model = succeeds(shop.run('show', '--select', 'spenders', '--limit', '1', '--json'));
    expect(shop.run('show', 'spenders', '--limit', '1', '--json').stdout).toBe(model.stdout);
    expect(JSON.parse(model.stdout)).toHaveLength(1);
    const inline = succeeds(
      shop.run('show', '--inline', "select count(*) as n from {{ ref('clean') }}", '--csv'),
    );
    expect(inline.stdout).toMatch(/^n\r?\n3\r?\n$/);
  });

  test('compile writes the SQL of every node, and prints that of one', () => {
    rmSync(shop.path('target'), { recursive: true });
    const one = succeeds(shop.run('compile', '--select', 'spenders'));
    expect(one.stdout).toContain('from "techstore"."main"."clean"');
    expect(succeeds(shop.run('compile')).stdout).toMatch(/^Compiled \d+ nodes to target/);
    expect(shop.read('target/compiled/small/models/spenders.sql')).toContain('spent > 0');
  });

  test('parse writes the manifest', () => {
    rmSync(shop.path('target'), { recursive: true });
    expect(succeeds(shop.run('parse')).stdout).toContain('3 models');
    expect(readdirSync(shop.path('target'))).toContain('manifest.json');
  });

  test('debug says of each part that it is well', () => {
    const lines = succeeds(shop.run('debug')).stdout.trim().split('\n');
    expect(lines.map((line) => line.slice(0, 16).trimEnd())).toEqual([
      'ok   techstore',
      'ok   profile',
      'ok   project',
      'ok   rights',
      'ok   connection',
      'ok   files',
      'ok   foreign',
    ]);
  });
});

describe('clean', () => {
  test('removes what clean-targets names', () => {
    succeeds(shop.run('clean'));
    expect(existsSync(shop.path('target'))).toBe(false);
    expect(shop.publishedHash()).toBe(published.publishedHash());
  });

  test.each(['../elsewhere', '.', '/tmp', 'models', 'target/../..'])(
    'refuses %s, and removes nothing',
    (target) => {
      shop.write(
        'dbt_project.yml',
        `${shop.read('dbt_project.yml')}clean-targets: [target, "${target}"]\n`,
      );
      const done = shop.run('clean');
      expect(done.code, done.all).toBe(2);
      expect(done.stderr).toContain('Nothing was removed');
      expect(existsSync(shop.path('target'))).toBe(true);
      expect(existsSync(shop.path('models/clean.sql'))).toBe(true);
    },
  );
});
