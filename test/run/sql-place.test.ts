/** An error of SQL names the line that a person wrote, whatever Jinja made of it, and the compiled file beside it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Shop } from '../helpers/shop.js';
import { add } from '../cli/support.js';

const files: Readonly<Record<string, string>> = {
  'dbt_project.yml': `name: shop
profile: shop
test-paths: [data-tests]
models:
  shop:
    hooked_by_project:
      +post-hook: "insert into nowhere values (1)"
`,
  'profiles.yml':
    'shop: {target: dev, outputs: {dev: {type: duckdb, path: shop.duckdb, schema: dev}}}\n',
  'macros/money.sql': `{% macro cents(column) %}
  cast({{ column }} as numeric)
  / divisor_gone
{% endmacro %}

{% macro outer_money(column) %}
  {{ return(cents(column)) }}
{% endmacro %}
`,
  'models/good.sql': "select 1 as id, 'x' as txt\n",
  'models/alone.sql': 'select 1 as id\n',
  'models/under_a_loop.sql': `{{ config(materialized='table') }}
{# a note
   of two lines #}
{% set names = ['a', 'b'] %}
select
  {% for name in names %}
  1 as {{ name }},
  {% endfor %}
  missing_col as c
`,
  'models/in_a_loop.sql': `select
{% for name in ['id', 'gone'] -%}
  {{ name }} as {{ name }}_again,
{% endfor -%}
  1 as last
from {{ ref('good') }}
`,
  'models/twice_the_same.sql': `select txt
from (select id from {{ ref('good') }}) as a,
  (select
txt
from {{ ref('good') }}) as b
where
txt = 1 / nothing
`,
  'models/of_macro.sql': `-- first
select
  1 as id,
  {{ cents('1') }} as amount
`,
  'models/of_return.sql': `select
  {{ outer_money('1') }} as amount
`,
  'models/of_filter.sql': `select
  {{ cents('1') | trim }} as amount
`,
  'models/of_block.sql': `{% set query %}
select 1 as id,
  lost as x
{% endset %}

select * from ({{ query }}) as q
`,
  'models/eph.sql': `{{ config(materialized='ephemeral') }}

select 1 as id,
  wrong_here as x
`,
  'models/reads_eph.sql': `with a as (select 1 as one)
select * from {{ ref('eph') }}, a
`,
  'models/hooked.sql': `{{ config(
  materialized='table',
  post_hook="insert into not_there values (1)"
) }}
select 1 as id
`,
  'models/hooked_by_project.sql': 'select 1 as id\n',
  'models/tested.sql': `select
  id,
  {{ var('of_test', 'id') }} as other
from {{ ref('good') }}
`,
  'models/models.yml': `models:
  - name: alone
    columns:
      - name: idd
        data_tests:
          - not_null
      - name: id
        data_tests:
          - unique:
              config: {where: "no_such = 1"}
unit_tests:
  - name: unit_of_tested
    model: tested
    given: [{input: ref('good'), rows: [{id: 1}]}]
    overrides: {vars: {of_test: oops}}
    expect: {rows: [{id: 1}]}
`,
  'data-tests/singular.sql': `-- looks
select *
from {{ ref('alone') }}
where gone = 1
`,
};

let shop: Shop;
let told: string;
beforeAll(() => {
  shop = new Shop([]);
  for (const [file, text] of Object.entries(files)) add(shop, file, text);
  told = shop.run('build').stdout;
});
afterAll(() => shop.remove());

/** What is said of one node, without what is said of others. */
function of(name: string): string {
  const part = told.split('\n\n').find((one) => one.startsWith(`ERROR ${name} `));
  if (part === undefined) throw new Error(`nothing about ${name} in:\n${told}`);
  return part;
}

describe('the place of an error of SQL', () => {
  const places: readonly (readonly [node: string, place: string, ...also: string[]])[] = [
    [
      'in_a_loop',
      'models/in_a_loop.sql:3:',
      'compiled: target/compiled/shop/models/in_a_loop.sql:',
    ],
    ['twice_the_same', 'models/twice_the_same.sql:7:11'],
    [
      'of_macro',
      'models/of_macro.sql:4:',
      'written by the macro cents (macros/money.sql:3:5)',
      'compiled: target/compiled/shop/models/of_macro.sql:6',
      '/ divisor_gone',
    ],
    [
      'of_return',
      'models/of_return.sql:2:',
      'written by the macro outer_money (macros/money.sql:7:',
      'written by the macro cents (macros/money.sql:3:5)',
    ],
    ['of_filter', 'models/of_filter.sql:2:', 'written by the macro cents'],
    ['of_block', 'models/of_block.sql:6:'],
    ['reads_eph', 'models/eph.sql:4:3', 'compiled: target/compiled/shop/models/reads_eph.sql:3'],
    ['hooked', 'models/hooked.sql:3'],
    ['hooked_by_project', 'dbt_project.yml:7'],
    ['unit_of_tested', 'models/tested.sql:3:6', 'models/models.yml/unit_of_tested.sql:'],
    ['singular', 'data-tests/singular.sql:4:7', 'data-tests/singular.sql:4'],
    ['not_null_alone_idd', 'models/models.yml:6', 'where idd is null'],
    ['unique_alone_id', 'models/models.yml:9', 'no_such = 1'],
  ];

  test.each(places)('of %s is %s', (node, place, ...also) => {
    const text = of(node);
    expect(text.split('\n')[0]).toContain(`(${place}`);
    for (const part of also) expect(text).toContain(part);
  });

  test('counts the lines that Jinja takes away', () => {
    const compiled = shop.read('target/compiled/shop/models/under_a_loop.sql').split('\n');
    const line = compiled.indexOf('  missing_col as c') + 1;
    // Another line than in the model, or the test would show nothing.
    expect(line).toBeGreaterThan(9);
    expect(of('under_a_loop')).toBe(
      [
        'ERROR under_a_loop (models/under_a_loop.sql:9:3)',
        '  Binder Error: Referenced column "missing_col" was not found because the FROM clause is missing',
        '  8 |   {% endfor %}',
        '  9 |   missing_col as c',
        '    |   ^',
        `  compiled: target/compiled/shop/models/under_a_loop.sql:${line}`,
      ].join('\n'),
    );
  });
});

describe('show', () => {
  beforeAll(() =>
    expect(shop.run('build', 'good', '--exclude-resource-type', 'test').code).toBe(0),
  );

  test('names the line of the model, and keeps the compiled SQL', () => {
    const { code, stderr } = shop.run('show', 'of_macro');
    expect(code).toBe(1);
    expect(stderr).toContain('in models/of_macro.sql:4:');
    expect(stderr).toContain('written by the macro cents (macros/money.sql:3:5)');
    expect(shop.read('target/compiled/shop/models/of_macro.sql')).toContain('/ divisor_gone');
  });

  test('counts the lines of --inline', () => {
    expect(shop.run('show', '--inline', 'select 1,\n nope').stderr).toContain('in --inline:2:2');
  });
});
