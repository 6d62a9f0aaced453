/** Faults in the project's own files: each is named with its place, and nothing is touched. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Shop } from '../helpers/shop.js';
import { add, built, copyOf, refuses } from './support.js';

let published: Shop;
beforeAll(() => {
  published = built();
});
afterAll(() => published.remove());

/** Builds a copy with some files changed, and expects to be refused. */
function refusesWith(
  files: Readonly<Record<string, string>>,
  says: readonly (string | RegExp)[],
  args: readonly string[] = [],
): void {
  const shop = copyOf(published);
  for (const [file, text] of Object.entries(files)) add(shop, file, text);
  refuses(shop, ['build', ...args], { code: 2, says });
  shop.remove();
}

describe('The graph', () => {
  test('with a cycle is refused, and the cycle is spelled out', () => {
    refusesWith(
      {
        'models/one.sql': "select * from {{ ref('three') }}",
        'models/two.sql': "select * from {{ ref('one') }}",
        'models/three.sql': "select * from {{ ref('two') }}",
      },
      ['one -> two -> three -> one', 'models/one.sql', /What to do: /],
    );
  });

  test('with a ref to nothing is refused, with the nearest name', () => {
    refusesWith({ 'models/spenders.sql': "select 1 as one\n\nfrom {{ ref('claen') }}\n" }, [
      "'claen'",
      'models/spenders.sql:3',
      /did you mean 'clean'/i,
    ]);
  });

  test('with a source that nobody declares is refused, with the nearest name', () => {
    refusesWith({ 'models/clean.sql': "select *\nfrom {{ source('raw', 'poeple') }}\n" }, [
      /raw.*poeple/,
      'models/clean.sql:2',
      /did you mean .*people/i,
    ]);
  });

  test('with two models of one name is refused, with both files', () => {
    refusesWith({ 'models/more/clean.sql': 'select 1 as id' }, [
      'clean',
      'models/clean.sql',
      'models/more/clean.sql',
    ]);
  });

  test('with a test of a column that has no such test is refused', () => {
    refusesWith(
      {
        'models/more.yml':
          'models:\n  - name: apart\n    columns:\n      - name: answer\n        data_tests: [uniqe]\n',
      },
      ['uniqe', 'models/more.yml:5'],
    );
  });
});

describe('A variable', () => {
  test('that nobody gives a value is named, with the place of its use', () => {
    // As in dbt: it may be needed at a run alone, so that its node fails and the others are built.
    const shop = copyOf(published);
    add(shop, 'models/apart.sql', "select 1 as one,\n  {{ var('leest') }} as two\n");
    refuses(shop, ['build'], {
      code: 1,
      says: [
        /ERROR apart \(models\/apart\.sql:2:6\)\n +The variable 'leest' is not set/,
        "Did you mean 'least'?",
      ],
    });
    shop.remove();
  });
});

describe('YAML', () => {
  test('that is broken is refused with line and column', () => {
    refusesWith({ 'models/models.yml': 'models:\n  - name: clean\n   columns: [\n' }, [
      /models\/models\.yml:[34]/,
      /What to do: |\^/,
    ]);
  });

  test('that is broken in dbt_project.yml is refused', () => {
    refusesWith({ 'dbt_project.yml': 'name: small\nprofile: small\nvars: {least: 0\n' }, [
      'dbt_project.yml',
    ]);
  });

  test('with a key twice is refused', () => {
    refusesWith({ 'models/models.yml': 'models:\n  - name: clean\n    name: apart\n' }, [
      /models\/models\.yml:3/,
      /name/,
    ]);
  });

  test('of the wrong shape is refused with the place of the value', () => {
    refusesWith({ 'models/models.yml': 'models:\n  - name: clean\n    columns: id\n' }, [
      /models\/models\.yml:3/,
      /columns/,
    ]);
  });

  test('of a project without a name says what is missing', () => {
    refusesWith({ 'dbt_project.yml': 'profile: small\n' }, ['dbt_project.yml', /name/]);
  });
});

describe('Jinja', () => {
  test('that is broken is shown with file, line, column and excerpt', () => {
    refusesWith({ 'models/apart.sql': 'select\n  {{ 1 + }} as one\n' }, [
      /models\/apart\.sql:2:\d+/,
      '{{ 1 + }} as one',
      '^',
    ]);
  });

  test('with a block that is never closed names the block', () => {
    refusesWith({ 'models/apart.sql': 'select 1 as a\n{% if true %}\n, 2 as b\n' }, [
      /models\/apart\.sql:\d+/,
      /endif|if/,
    ]);
  });

  test('that calls a macro that is not there says so', () => {
    const shop = copyOf(published);
    add(shop, 'models/apart.sql', 'select {{ cents_to_euro(4) }} as one\n');
    // As in dbt, the model fails when it is compiled, and the others are built.
    refuses(shop, ['build'], {
      code: 1,
      says: ["'cents_to_euro' is undefined", 'models/apart.sql:1'],
    });
    shop.remove();
  });

  test('that fails inside of a macro names the macro and its caller', () => {
    refusesWith(
      {
        'macros/fails.sql':
          "{% macro fails() %}\n  {{ exceptions.raise_compiler_error('No tax rate') }}\n{% endmacro %}",
        'models/apart.sql': 'select\n  {{ fails() }} as one\n',
      },
      ['No tax rate', 'macros/fails.sql:2', 'models/apart.sql:2'],
    );
  });

  test('that never ends is stopped', () => {
    refusesWith(
      {
        'macros/again.sql': '{% macro again() %}{{ again() }}{% endmacro %}',
        'models/apart.sql': 'select {{ again() }} as one',
      },
      [
        /More than 200 macro calls are nested/,
        'macros/again.sql:1',
        'models/apart.sql:1',
        /… \d+ more calls/,
      ],
    );
  });
});

describe('What is not supported', () => {
  test.each([
    [
      'an incremental model',
      { 'models/apart.sql': "{{ config(materialized='incremental') }}\nselect 1 as one" },
      [/incremental/, 'apart.sql'],
    ],
    [
      'a materialization of nobody',
      { 'models/apart.sql': "{{ config(materialized='tabel') }}\nselect 1 as one" },
      [/tabel/, 'apart.sql', /did you mean|table/i],
    ],
    [
      'a snapshot',
      {
        'snapshots/prices.sql':
          "{% snapshot prices %}{{ config(unique_key='id', strategy='check', check_cols='all') }} select 1 as id {% endsnapshot %}",
      },
      [/snapshot/i, 'snapshots/prices.sql'],
    ],
    [
      'a Python model',
      { 'models/forecast.py': 'def model(dbt, session):\n    return 1\n' },
      [/Python/, 'models/forecast.py'],
    ],
    [
      'packages',
      { 'packages.yml': 'packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.0.0\n' },
      [/package/, 'packages.yml'],
    ],
  ] as const)('%s is refused, and its file is named', (_name, files, says) => {
    refusesWith(files, says);
  });
});

test('A folder without a project says where one was looked for', () => {
  const shop = copyOf(published);
  refuses(shop, ['build', '--project-dir', 'models'], {
    code: 2,
    says: ['dbt_project.yml', '--project-dir'],
  });
  expect(shop.run('build').code).toBe(0);
  shop.remove();
});
