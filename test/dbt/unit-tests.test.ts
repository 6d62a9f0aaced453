/**
 * Unit tests with names of any kind around the inputs, with overrides, and with each way to give
 * rows. Real dbt passes all of them but where the names need quotes, which it does not write.
 */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Shop } from '../helpers/shop.js';
import { smallShop } from '../cli/support.js';

const config = "{{ config(materialized='table') }}";
const instant = "timestamp '2020-01-02 03:04:05'";

/** Models by the unit test that has their name: its query, and its YAML below `model:`. */
const tests: Readonly<Record<string, { readonly sql: string; readonly yaml: string }>> = {
  // Names of inputs.
  hyphen: { sql: "select id from {{ ref('a-b') }}", yaml: given("ref('a-b')") },
  aliased: {
    sql: "select x.id from {{ ref('a-b') }} as x join {{ ref('a-b') }} y using (id)",
    yaml: given("ref('a-b')"),
  },
  commented: {
    sql: "-- reads {{ ref('a-b') }}\n/* with {{ ref('a-b') }} */ select id from {{ ref('a-b') }} -- end",
    yaml: given("ref('a-b')"),
  },
  with_before: {
    sql: "/* why */ with mine as (select id from {{ ref('a-b') }}) select id from mine",
    yaml: given("ref('a-b')"),
  },
  recursive: {
    sql: "with recursive up as (select id from {{ ref('a-b') }} union all select id + 1 from up where id < 9) select max(id) - 2 as id from up",
    yaml: given("ref('a-b')"),
  },
  in_subquery: {
    sql: "select id from (with x as (select * from {{ ref('a-b') }}) select * from x) where id in (select id from {{ ref('a-b') }})",
    yaml: given("ref('a-b')"),
  },
  reserved: { sql: "select id from {{ ref('select') }}", yaml: given("ref('select')") },
  upper: { sql: "select id from {{ ref('ÜBER Größe') }}", yaml: given("ref('ÜBER Größe')") },
  quoted: {
    sql: `select id from {{ ref('we"ird') }}`,
    yaml: `given: [{input: "ref('we\\"ird')", rows: [{id: 7}]}]\n    expect: {rows: [{id: 7}]}`,
  },
  through_ephemeral: {
    sql: "with mine as (select id from {{ ref('e-ph') }}) select id from mine",
    yaml: given("ref('e-ph')"),
  },
  same_name: {
    sql: "select a.id from {{ ref('a-b') }} a join {{ source('raw-x', 'a-b') }} s using (id)",
    yaml: `given: [{input: "ref('a-b')", rows: [{id: 7}, {id: 8}]}, {input: "source('raw-x', 'a-b')", rows: [{id: 7}]}]\n    expect: {rows: [{id: 7}]}`,
  },
  // Overrides.
  of_dbt: {
    sql: 'select {{ dbt.current_timestamp() }}::timestamp as c, {{ current_timestamp() }}::timestamp as d',
    yaml: `overrides: {macros: {dbt.current_timestamp: "${instant}"}}\n    given: []\n    expect: {rows: [{c: 2020-01-02 03:04:05, d: 2020-01-02 03:04:05}]}`,
  },
  of_plain: {
    sql: 'select {{ dbt.current_timestamp() }}::timestamp as c, {{ current_timestamp() }}::timestamp as d, {{ now() }}::timestamp as e',
    yaml: `overrides: {macros: {current_timestamp: "${instant}"}}\n    given: []\n    expect: {rows: [{c: 2020-01-02 03:04:05, d: 2020-01-02 03:04:05, e: 2020-01-02 03:04:05}]}`,
  },
  of_package: {
    sql: 'select {{ small.cents(1) }} as a, {{ cents(1) }} as b',
    yaml: 'overrides: {macros: {small.cents: 5}}\n    given: []\n    expect: {rows: [{a: 5, b: 100}]}',
  },
  of_incremental: {
    sql: 'select {{ 1 if is_incremental() else 2 }} as a, {{ 1 if dbt.is_incremental() else 2 }} as b',
    yaml: 'overrides: {macros: {is_incremental: true}}\n    given: []\n    expect: {rows: [{a: 1, b: 1}]}',
  },
  of_names: {
    sql: "select '{{ invocation_id }}' as a, {{ var('rate', 1) }} as b, '{{ env_var('SMALL_AREA', 'none') }}' as c, {{ var('list') | length }} as d",
    yaml: 'overrides: {macros: {invocation_id: fixed}, vars: {rate: 3, list: [1, 2]}, env_vars: {SMALL_AREA: eu}}\n    given: []\n    expect: {rows: [{a: fixed, b: 3, c: eu, d: 2}]}',
  },
  // Rows.
  own_rows: {
    sql: "select name, id from {{ ref('s-eed') }} where id > 1",
    yaml: `given: [{input: "ref('s-eed')"}]\n    expect: {rows: [{id: 2, name: b}, {id: 3, name: null}]}`,
  },
  no_rows: {
    sql: "select count(*) as n from {{ ref('s-eed') }}",
    yaml: `given: [{input: "ref('s-eed')", rows: []}]\n    expect: {rows: [{n: 0}]}`,
  },
  csv_rows: {
    sql: "select id, name from {{ ref('s-eed') }}",
    yaml: `given: [{input: "ref('s-eed')", format: csv, rows: "id,name\\n4,\\n5,e\\n"}]\n    expect: {format: csv, rows: "id,name\\n4,\\n5,e\\n"}`,
  },
  sql_rows: {
    sql: "select id from {{ ref('s-eed') }}",
    yaml: `given: [{input: "ref('s-eed')", format: sql, rows: "select 9 as id -- nine"}]\n    expect: {format: sql, rows: "select 9 as id"}`,
  },
  fixture_rows: {
    sql: "select id from {{ ref('s-eed') }}",
    yaml: `given: [{input: "ref('s-eed')", format: csv, fixture: two-rows}]\n    expect: {rows: [{id: 1}, {id: 2}]}`,
  },
};

/** The test gives one row, and expects it back. */
function given(input: string): string {
  return `given: [{input: "${input}", rows: [{id: 7}]}]\n    expect: {rows: [{id: 7}]}`;
}

const long = 'the_id_is_always_filled_'.repeat(12);

const files: Record<string, string> = {
  'dbt_project.yml': 'name: small\nprofile: small\nvars: {least: 10, list: []}\n',
  'macros/macros.sql':
    '{% macro now() %}{{ dbt.current_timestamp() }}{% endmacro %}{% macro cents(n) %}{{ n * 100 }}{% endmacro %}',
  'models/clean.sql': `${config}select 1 as id, 'Ada' as name, date '1815-12-10' as born, 20 as spent`,
  'models/a-b.sql': `${config}select 1 as id`,
  'models/select.sql': `${config}select 1 as id`,
  'models/ÜBER Größe.sql': `${config}select 1 as id`,
  'models/we"ird.sql': `${config}select 1 as id`,
  'models/e-ph.sql': "{{ config(materialized='ephemeral') }}select id from {{ ref('e-low') }}",
  'models/e-low.sql': "{{ config(materialized='ephemeral') }}select id from {{ ref('a-b') }}",
  'models/raw-x.yml':
    'sources: [{name: raw-x, schema: main, tables: [{name: a-b, identifier: s-eed}]}]\n',
  'models/reads_ephemeral.sql': `${config}select a.id from {{ ref('e-ph') }} a`,
  'models/long.sql': `${config}select 1 as id`,
  'models/long.yml': `models:
  - name: long
    columns:
      - name: id
        data_tests:
          - not_null: {name: ${long}}
          - not_null: {name: ${long}2, config: {where: "id > 0"}}
          - unique: {name: "../../../../out/of/the_folder"}
unit_tests:
  - name: ${long}
    model: long
    given: []
    expect: {rows: [{id: 1}]}
  - name: gives_nothing
    model: hyphen
    given: [{input: "ref('a-b')"}]
    expect: {rows: []}
  - name: expects_nothing
    model: hyphen
    given: [{input: "ref('a-b')", rows: []}]
    expect: {format: dict}
  - name: overrides_nothing
    model: long
    overrides: {macros: {curent_timestamp: x}}
    given: []
    expect: {rows: [{id: 1}]}
`,
  'seeds/s-eed.csv': 'id,name\n1,a\n2,b\n3,\n',
  'tests/fixtures/two-rows.csv': 'id\n1\n2\n',
};
for (const [name, { sql, yaml }] of Object.entries(tests)) {
  files[`models/${name}.sql`] = config + sql;
  files[`models/${name}.yml`] = `unit_tests:\n  - name: ${name}\n    model: ${name}\n    ${yaml}\n`;
}

interface Result {
  readonly unique_id: string;
  readonly status: string;
  readonly message: string | null;
}

let shop: Shop;
let said = '';
const results = new Map<string, Result>();
beforeAll(() => {
  shop = smallShop(files);
  const done = shop.run('build');
  expect(done.code, done.all).toBe(1);
  said = done.all;
  const answer = JSON.parse(shop.read('target/run_results.json')) as { results: Result[] };
  for (const result of answer.results) results.set(result.unique_id, result);
});
afterAll(() => shop.remove());

const compiledOf = (file: string): string[] =>
  readdirSync(shop.path('target', 'compiled', 'small', 'models', file));

const unitTest = (model: string, name: string): Result | undefined =>
  results.get(`unit_test.small.${model}.${name}`);

describe('A unit test', () => {
  test.each(Object.keys(tests))('passes: %s', (name) => {
    expect(unitTest(name, name), unitTest(name, name)?.message ?? said).toMatchObject({
      status: 'pass',
    });
  });

  test('may only leave out the rows of a seed', () => {
    expect(unitTest('hyphen', 'gives_nothing')).toMatchObject({ status: 'error' });
    expect(unitTest('hyphen', 'gives_nothing')?.message).toContain("has no rows for ref('a-b')");
    expect(unitTest('hyphen', 'expects_nothing')?.message).toContain(
      'does not say which rows it expects',
    );
  });

  test('is told of an override that overrides nothing', () => {
    expect(unitTest('long', 'overrides_nothing')).toMatchObject({ status: 'pass' });
    expect(said.replace(/\s+/g, ' ')).toContain(
      'overrides curent_timestamp, but neither the project nor dbt has such a macro',
    );
  });
});

describe('A name that is longer than a file name may be', () => {
  test('stops nothing, and has a file of its own', () => {
    expect(unitTest('long', long)).toMatchObject({ status: 'pass' });
    const written = compiledOf('long.yml').filter((file) => file.startsWith('the_id_is'));
    expect(written).toHaveLength(2);
    for (const file of written) expect(Buffer.byteLength(file)).toBeLessThan(256);
  });

  test('leads out of no folder', () => {
    expect(compiledOf('long.yml')).toContain('.._.._.._.._out_of_the_folder.sql');
  });
});
