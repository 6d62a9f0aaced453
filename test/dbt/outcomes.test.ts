/** Outcomes of a build that dbt-core 1.11 with dbt-duckdb 1.11 gave for the same project. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Shop } from '../helpers/shop.js';
import { smallShop } from '../cli/support.js';

const files: Readonly<Record<string, string>> = {
  'dbt_project.yml': `name: small
profile: small
seeds: {small: {+schema: raw}}
on-run-start:
  - create table if not exists log (line varchar)
on-run-end:
  - "{{ note(results) }}"
  - "insert into log values ('{{ results | length }} in {{ schemas | sort | join('+') }}, {{ database_schemas | length }} pairs')"
`,
  'macros/note.sql': `{% macro note(results) %}
{% for r in results %}
insert into log values ('{{ r.node.name }} {{ r.status }} {{ r.failures }} {{ r.to_dict().unique_id.split(".")[0] }}');
{% endfor %}
{% endmacro %}
{% macro generate_alias_name(custom_alias_name=none, node=none) %}
{{- (custom_alias_name ~ '_own') if custom_alias_name else node.name -}}
{% endmacro %}
`,
  'tests/generic/at_least.sql': `{% test at_least(model, column_name, least=0) %}
{{ config(severity='warn') }}
select {{ column_name }} from {{ model }} where {{ column_name }} < {{ least }}
{% endtest %}
`,
  'seeds/people.csv': 'id,name,spent\n1,Ada,12.5\n2,Grace,7.25\n3,Edsger,\n,Nobody,-4\n',
  'models/sources.yml': 'models: []\n',
  'models/clean.sql': `{{ config(materialized='table') }}select * from {{ ref('people') }}`,
  'models/spenders.sql': `{{ config(materialized='table', schema='out') }}select * from {{ ref('clean') }}`,
  'models/apart.sql': `{{ config(materialized='table', contract={'enforced': true}) }}
select id::bigint as id from {{ ref('people') }}`,
  'models/models.yml': `models:
  - name: spenders
    columns:
      - name: id
        data_tests:
          - not_null: {config: {warn_if: ">1", error_if: ">3"}}
          - at_least: {least: 2}
          - at_least: {name: at_least_2, least: 2, config: {severity: error, store_failures: true, alias: low}}
      - name: spent
        data_tests:
          - accepted_values:
              {values: [12.5, 7.25, 1.0], quote: false, config: {error_if: ">10", warn_if: "between 1 and 3", store_failures: true}}
  - name: apart
    columns:
      - {name: id, data_type: bigint, constraints: [{type: not_null}]}
unit_tests:
  - name: too_many
    model: clean
    given: [{input: ref('people'), rows: [{id: 1}, {id: null}]}]
    expect: {rows: [{id: 2}]}
`,
};

interface Result {
  readonly unique_id: string;
  readonly status: string;
  readonly failures: number | null;
  readonly message: string | null;
  readonly relation_name: string | null;
}

let shop: Shop;
const results = new Map<string, Result>();
beforeAll(() => {
  shop = smallShop(files);
  const done = shop.run('build', '--exclude', 'too_many');
  expect(done.code, done.all).toBe(1);
  const answer = JSON.parse(shop.read('target/run_results.json')) as { results: Result[] };
  for (const result of answer.results) results.set(result.unique_id.split('.')[2] ?? '', result);
});
afterAll(() => shop.remove());

function lines(sql: string): string[] {
  const done = shop.run('query', '--build', 'failed', sql, '--csv');
  expect(done.code, done.all).toBe(0);
  return done.stdout.trim().split(/\r?\n/).slice(1);
}

const values = 'accepted_values_spenders_spent__False__12_5__7_25__1_0';

describe('A data test', () => {
  test.each([
    ['not_null_spenders_id', 'pass', 0, null],
    ['at_least_spenders_id__2', 'warn', 1, 'Got 1 result, configured to warn if != 0'],
    ['at_least_2', 'fail', 1, 'Got 1 result, configured to fail if != 0'],
    [values, 'warn', 1, 'Got 1 result, configured to warn if between 1 and 3'],
  ])('%s: %s with %i failures', (name, status, failures, message) => {
    expect(results.get(name)).toMatchObject({ status, failures, message });
  });

  test('has an alias of its own only where the project gives one', () => {
    expect(results.get(values)?.relation_name).toContain(`"${values}"`);
    expect(results.get('at_least_2')?.relation_name).toContain('"low_own"');
  });
});

describe('A hook at the end of a run', () => {
  test('sees the results, and the schemas of relations that were made', () => {
    expect(lines('from log order by rowid')).toEqual(
      expect.arrayContaining([
        'people success None seed',
        'apart error None model',
        'not_null_spenders_id pass 0 test',
        'at_least_spenders_id__2 warn 1 test',
        '"8 in dbt_test__audit+main+out+raw, 4 pairs"',
      ]),
    );
  });
});

describe('A model that breaks a constraint', () => {
  test('leaves no empty table in the failed build', () => {
    expect(results.get('apart')?.message).toContain('NOT NULL constraint failed');
    expect(
      lines("select table_name from information_schema.tables where table_name = 'apart'"),
    ).toEqual([]);
  });
});

describe('A unit test', () => {
  test('fails once, however many rows differ', () => {
    const done = shop.run('build', '--select', '+too_many', '--full-refresh', '--json');
    expect(done.code, done.all).toBe(1);
    const answer = JSON.parse(done.stdout) as { results: Result[] };
    const found = answer.results.find((r) => r.unique_id.startsWith('unit_test.'));
    expect(found).toMatchObject({ status: 'fail', failures: 1 });
  });
});
