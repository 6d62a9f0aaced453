import { afterEach, describe, expect, it } from 'vitest';
import { SmallProject } from '../helpers/small-project.js';

let project: SmallProject;
afterEach(() => project.remove());

describe('compiling a model', () => {
  it('names relations with database, schema and alias', async () => {
    project = new SmallProject({
      'models/a.sql': "{{ config(alias='first', schema='raw') }}select 1 as id",
      'models/b.sql': "select * from {{ ref('a') }} join {{ ref('shop', 'a') }} using (id)",
    });
    expect(await project.compiled('b')).toBe(
      'select * from "shop"."dev_raw"."first" join "shop"."dev_raw"."first" using (id)',
    );
  });

  it('lets the project override generate_schema_name', async () => {
    project = new SmallProject({
      'macros/names.sql':
        '{% macro generate_schema_name(custom_schema_name, node) %}{{ custom_schema_name or target.schema }}{% endmacro %}',
      'models/a.sql': "{{ config(schema='raw') }}select 1 as id",
      'models/b.sql': "select * from {{ ref('a') }}",
    });
    expect(await project.compiled('b')).toBe('select * from "shop"."raw"."a"');
  });

  it('puts ephemeral models before the query, also those below them, each once', async () => {
    project = new SmallProject({
      'models/a.sql': "{{ config(materialized='ephemeral') }}select 1 as id",
      'models/b.sql': "{{ config(materialized='ephemeral') }}select id from {{ ref('a') }}",
      'models/c.sql': "select * from {{ ref('a') }} join {{ ref('b') }} using (id)",
    });
    expect(await project.compiled('c')).toBe(
      'with __dbt__cte__a as ( select 1 as id ), __dbt__cte__b as ( select id from __dbt__cte__a ) select * from __dbt__cte__a join __dbt__cte__b using (id)',
    );
  });

  it('adds ephemeral models to a WITH that is there', async () => {
    project = new SmallProject({
      'models/a.sql': "{{ config(materialized='ephemeral') }}select 1 as id",
      'models/b.sql': "-- why\nwith mine as (select * from {{ ref('a') }}) select * from mine",
    });
    expect(await project.compiled('b')).toBe(
      '-- why with __dbt__cte__a as ( select 1 as id ), mine as (select * from __dbt__cte__a) select * from mine',
    );
  });

  it("dispatches to the project's macro for the engine before the built-in one", async () => {
    project = new SmallProject({
      'macros/own.sql':
        "{% macro duckdb__concat(fields) %}joined({{ fields | join(', ') }}){% endmacro %}",
      'models/a.sql':
        "select {{ dbt.concat(['x', 'y']) }}, {{ dbt.safe_cast('x', api.Column.create('c', 'int').data_type) }}",
    });
    expect(await project.compiled('a')).toBe('select joined(x, y), cast(x as int)');
  });

  it('gives variables of the command line precedence over those of the project', async () => {
    project = new SmallProject({
      'dbt_project.yml': 'name: shop\nprofile: shop\nvars: {rate: 1, shop: {rate: 2}}\n',
      'models/a.sql': "select {{ var('rate') }}, {{ var('other', 5) }}",
    });
    expect(await project.compiled('a')).toBe('select 2, 5');
    expect(await project.compiled('a', { vars: '{rate: 1.50}' })).toBe('select 1.5, 5');
  });

  it("has dbt's rules of precedence for configuration", () => {
    project = new SmallProject({
      'dbt_project.yml':
        'name: shop\nprofile: shop\nmodels: {+materialized: view, +tags: root, shop: {gold: {+materialized: table, +tags: [gold]}}}\n',
      'models/gold/a.sql': "{{ config(tags=['own']) }}select 1 as id",
      'models/gold/b.sql': 'select 1 as id',
      'models/gold/models.yml':
        'models: [{name: b, config: {materialized: ephemeral, tags: yaml, meta: {owner: ana}}}]\n',
    });
    const { manifest } = project.load();
    const a = manifest.nodes.get('model.shop.a');
    const b = manifest.nodes.get('model.shop.b');
    if (a?.resourceType !== 'model' || b?.resourceType !== 'model') throw new Error('no models');
    expect([a.config.materialized, a.config.tags]).toEqual(['table', ['root', 'gold', 'own']]);
    expect([b.config.materialized, b.config.tags, b.config.meta]).toEqual([
      'ephemeral',
      ['root', 'gold', 'yaml'],
      { owner: 'ana' },
    ]);
  });

  it('replaces doc() in descriptions by the text of the block, whose Jinja sees no names', () => {
    project = new SmallProject({
      'models/a.sql': 'select 1 as id',
      'models/docs.md': '{% docs why %}\nBecause of {{ this }}.\n{% enddocs %}',
      'models/models.yml': 'models: [{name: a, description: "Rows. {{ doc(\'why\') }}"}]\n',
    });
    expect(project.load().manifest.nodes.get('model.shop.a')?.description).toBe(
      'Rows. Because of .',
    );
  });

  it('refuses a ref that stands only where parsing does not come', async () => {
    project = new SmallProject({
      'models/a.sql': 'select 1 as id',
      'models/b.sql': "{% if execute %}select * from {{ ref('a') }}{% endif %}",
    });
    await expect(project.compiled('b')).rejects.toMatchObject({
      code: 'compilation',
      message: 'b reads a without depending on it',
    });
  });
});

describe('compiling a generic test', () => {
  it('reads the model through its where, and its arguments as values', async () => {
    project = new SmallProject({
      'models/a.sql': 'select 1 as id',
      'models/models.yml': `
models:
  - name: a
    columns:
      - name: id
        data_tests:
          - accepted_values: {arguments: {values: [1, 2], quote: false}, config: {where: id > 0}, name: ids}
          - relationships: {arguments: {to: ref('a'), field: id}, name: itself}
`,
    });
    expect(await project.compiled('ids')).toContain(
      'from (select * from "shop"."dev"."a" where id > 0) dbt_subquery group by id',
    );
    expect(await project.compiled('ids')).toContain('not in ( 1, 2 )');
    expect(await project.compiled('itself')).toContain(
      'select id as to_field from "shop"."dev"."a"',
    );
  });

  it('finds the models that a test of its own names in its macro', () => {
    project = new SmallProject({
      'models/a.sql': 'select 1 as id',
      'models/b.sql': 'select 1 as id',
      'macros/same.sql':
        "{% test same_as_b(model) %}select * from {{ model }} except select * from {{ ref('b') }}{% endtest %}",
      'models/models.yml': 'models: [{name: a, data_tests: [same_as_b]}]\n',
    });
    const { manifest } = project.load();
    const test = [...manifest.nodes.values()].find((node) => node.resourceType === 'test');
    expect(test?.dependsOn.nodes).toEqual(['model.shop.a', 'model.shop.b']);
  });
});
