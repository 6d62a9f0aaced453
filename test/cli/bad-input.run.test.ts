/** Faults that only a run finds: in SQL, contracts, tests; a second build; Ctrl-C. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Shop } from '../helpers/shop.js';
import { add, buildFiles, built, copyOf, endless, refuses, start, succeeds } from './support.js';

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

describe('SQL that is broken', () => {
  test('is told with the place in the model’s own file, and what reads it is skipped', () => {
    shop.write(
      'models/clean.sql',
      "select id, nmae, born, spent\nfrom {{ source('raw', 'people') }}\n",
    );
    refuses(shop, ['build'], {
      code: 1,
      says: [
        'ERROR clean (models/clean.sql:',
        'nmae',
        /SKIPPED because of clean\W+spenders/,
        'Not published: techstore.duckdb stays as it was',
      ],
    });
  });

  test('is told with its own line also below Jinja that takes more lines than it gives', () => {
    shop.write(
      'models/apart.sql',
      [
        "{{ config(materialized='table') }}",
        '{% set names = [',
        "  'a',",
        "  'b',",
        '] %}',
        'select',
        '{% for n in names %}  1 as {{ n }},\n{% endfor %}',
        '  missing_column as c',
        '',
      ].join('\n'),
    );
    refuses(shop, ['build'], { code: 1, says: ['models/apart.sql:9', 'missing_column', '^'] });
  });

  test('in its grammar is told with its line', () => {
    shop.write('models/apart.sql', 'select 1 as one\nfrom\nwhere 1 = 1\n');
    refuses(shop, ['build'], { code: 1, says: [/models\/apart\.sql:[23]/, /syntax/i] });
  });

  test('in a test is an error of the test', () => {
    add(shop, 'tests/no_such.sql', "select nothing\nfrom {{ ref('apart') }}\n");
    refuses(shop, ['build'], {
      code: 1,
      says: ['ERROR no_such (tests/no_such.sql:1:8)', 'nothing'],
    });
  });

  test('that can not cast a value of the data says which', () => {
    shop.write(
      'models/apart.sql',
      "{{ config(materialized='table') }} select name::integer as n from {{ source('raw', 'people') }}",
    );
    refuses(shop, ['build'], { code: 1, says: ['models/apart.sql', "'Ada'"] });
  });
});

test('A contract that a model breaks is told column by column', () => {
  add(
    shop,
    'models/contract.yml',
    [
      'models:',
      '  - name: apart',
      '    config: {contract: {enforced: true}}',
      '    columns:',
      '      - {name: answer, data_type: text}',
      '      - {name: question, data_type: text}',
      '',
    ].join('\n'),
  );
  refuses(shop, ['build'], {
    code: 1,
    says: ['ERROR apart', /contract/i, /answer.*(INTEGER|VARCHAR|text)/i, /question/],
  });
});

describe('A test that fails', () => {
  beforeEach(() => {
    // A name that is null, and with it an escape sequence in the row that is shown.
    add(shop, 'seeds/people.csv', 'id,name,born,spent\n1,\u001b[31mred,,2.00\n1,Grace,,7.25\n');
  });

  test('stops what is below it, shows rows, tells how to see all, and exits with 1', () => {
    const done = refuses(shop, ['build'], {
      code: 1,
      says: [
        'FAIL unique_clean_id',
        'unique_field=1',
        /SKIPPED because of unique_clean_id\W+spenders/,
        /techstore query --build failed 'from .*unique_clean_id/,
      ],
    });
    // What the summary tells to type works.
    const command = /techstore query --build failed '(from [^']*unique_clean_id[^']*)'/.exec(
      done.stdout,
    );
    const rows = succeeds(shop.run('query', '--build', 'failed', command?.[1] ?? '', '--csv'));
    expect(rows.stdout).toMatch(/^1,2\r?$/m);
    expect(shop.run('query', "select name from clean where name = 'Ada'", '--csv').stdout).toMatch(
      /Ada/,
    );
  });

  test('and shows an escape sequence of the data as text', () => {
    add(shop, 'tests/no_red.sql', "select name from {{ ref('clean') }} where name like '%red%'");
    const done = refuses(shop, ['build'], { code: 1, says: ['FAIL no_red', 'name=\\x1b[31mred'] });
    expect(done.stdout).not.toContain('\u001b');
  });

  test('only warns where its severity says so', () => {
    shop.edit(
      'models/models.yml',
      'data_tests: [unique, not_null]',
      'data_tests: [{unique: {config: {severity: warn}}}, not_null]',
    );
    const done = succeeds(shop.run('build'));
    expect(done.stdout).toContain('1 warning:');
    expect(shop.publishedHash()).not.toBe(published.publishedHash());
  });

  test('with --fail-fast starts nothing more', () => {
    refuses(shop, ['build', '--fail-fast', '--threads', '1'], {
      code: 1,
      says: ['FAIL unique_clean_id'],
    });
  });
});

describe('While a build runs', () => {
  test('a second one stops and names it; with --wait it waits; Ctrl-C publishes nothing', async () => {
    const before = shop.publishedHash();
    const files = buildFiles(shop);
    shop.write('models/apart.sql', 'select 43 as answer');
    add(shop, 'models/slow.sql', endless);
    const first = start(shop, 'build', '--threads', '2');
    // It holds the lock, and is in the middle of its work.
    await first.says(/model apart/);

    refuses(shop, ['build'], {
      code: 2,
      says: [`process ${first.pid}`, '`techstore build`', '--wait'],
    });
    refuses(shop, ['builds', 'prune'], { code: 2, says: [`process ${first.pid}`] });
    const waiting = start(shop, 'builds', 'rollback', '--wait');
    await waiting.says(/Waiting for it to end/);
    waiting.signal('SIGINT');
    const stopped = await waiting.ended;
    expect(stopped.code, stopped.all).toBe(130);
    expect(stopped.stderr).toContain('Stopped waiting for the other build');
    expect(succeeds(shop.run('query', 'select answer from apart', '--csv')).stdout).toMatch(/42/);

    add(shop, 'models/slow.sql', 'select 1 as s');
    const second = start(shop, 'build', '--wait');
    await second.says(new RegExp(`process ${first.pid}.* Waiting for it to end`));
    first.signal('SIGINT');
    const ended = await first.ended;
    expect(ended.code, ended.all).toBe(130);
    expect(ended.stderr).toContain('Interrupted: nothing was published');
    expect(ended.stdout).toBe('');

    succeeds(await second.ended);
    expect(shop.publishedHash()).not.toBe(before);
    // Two builds of a database, a record, a lineage and its code each, and nothing of the one that was interrupted.
    expect(buildFiles(shop)).toHaveLength(files.length + 4);
    expect(buildFiles(shop).filter((name) => !/^\S+\.(json|duckdb)$/.test(name))).toEqual([]);
  });

  test('one that waits can be told to wait no longer than that', async () => {
    add(shop, 'models/slow.sql', endless);
    shop.write('models/apart.sql', 'select 43 as answer');
    const first = start(shop, 'build');
    await first.says(/model apart/);
    refuses(shop, ['build', '--wait', '1'], { code: 2, says: [`process ${first.pid}`] });
    first.signal('SIGTERM');
    expect((await first.ended).code).toBe(130);
    expect(shop.publishedHash()).toBe(published.publishedHash());
  });
});

test('A stack is shown with --debug, and only then', () => {
  shop.edit('dbt_project.yml', 'profile: small', 'profile: other');
  refuses(shop, ['build'], { code: 2, says: ['other'] });
  const done = shop.run('build', '--debug');
  expect(done.code).toBe(2);
  expect(done.stderr).toMatch(/^\s+at /m);
});
