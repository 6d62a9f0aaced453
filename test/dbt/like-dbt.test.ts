/** Small things in which dbt 1.11 with dbt-duckdb 1.11 was asked for what it gives. */
import { afterEach, describe, expect, it } from 'vitest';
import { DuckDBInstance } from '@duckdb/node-api';
import { SmallProject } from '../helpers/small-project.js';

let project: SmallProject;
afterEach(() => project.remove());

async function value(expression: string): Promise<unknown> {
  project = new SmallProject({ 'models/a.sql': `select ${expression}` });
  const sql = await project.compiled('a');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const [row] = (await connection.runAndReadAll(sql)).getRowsJson();
  return row?.[0];
}

describe('cross-database macros', () => {
  it.each([
    // Saturday to Sunday is a new week; Sunday to Monday is not.
    ["{{ dbt.datediff(\"date '2024-01-06'\", \"date '2024-01-07'\", 'week') }}", '1'],
    ["{{ dbt.datediff(\"date '2024-01-07'\", \"date '2024-01-08'\", 'week') }}", '0'],
    ["{{ dbt.datediff(\"date '2024-01-01'\", \"date '2024-01-31'\", 'week') }}", '4'],
    ["{{ dbt.datediff(\"date '2024-01-31'\", \"date '2024-02-01'\", 'month') }}", '1'],
    ['{{ dbt.split_part("\'a-b-c\'", "\'-\'", 2) }}', 'b'],
    ['{{ dbt.split_part("\'a-b-c\'", "\'-\'", -1) }}', 'c'],
    ['{{ dbt.split_part("\'a-b-c\'", "\'-\'", 4) }}', null],
    ["typeof({{ dbt.array_construct([], 'varchar') }})", 'VARCHAR[]'],
    ["{{ dbt.array_append('[1]', 2) }}", [1, 2]],
    ["{{ dbt.array_concat('[1]', '[2]') }}", [1, 2]],
  ])('%s is %s', async (expression, expected) => {
    expect(await value(expression)).toEqual(expected);
  });
});

describe('what a template knows of its node', () => {
  it('while parsing: its id, folder, tags and configuration of the project', async () => {
    project = new SmallProject({
      'dbt_project.yml': 'name: shop\nprofile: shop\nmodels: {+tags: base, +meta: {owner: ana}}\n',
      'models/gold/a.sql':
        "{{ config(alias=model.unique_id | replace('.', '_') ~ '_' ~ model.fqn[1] ~ '_' ~ model.tags[0] ~ '_' ~ model.config.meta.owner) }}select '{{ this.identifier }}'",
    });
    expect(await project.compiled('a')).toBe("select 'model_shop_a_gold_base_ana'");
  });

  it('while parsing: a graph without nodes', async () => {
    project = new SmallProject({
      'models/a.sql': 'select {{ graph.nodes.values() | list | length if execute else 0 }}',
      'models/b.sql': '{% for node in graph.nodes.values() %}{% endfor %}select 1',
    });
    expect(await project.compiled('a')).toBe('select 2');
  });

  it('generate_schema_name may look at configuration, folder and kind', async () => {
    project = new SmallProject({
      'macros/names.sql':
        "{% macro generate_schema_name(custom, node) %}{{ node.resource_type }}_{{ node.config.materialized }}_{{ node.original_file_path.split('/')[1] }}_{{ node.package_name }}{% endmacro %}",
      'models/gold/a.sql': "{{ config(materialized='table') }}select '{{ this.schema }}'",
    });
    expect(await project.compiled('a')).toBe("select 'model_table_gold_shop'");
  });
});

describe('text of values', () => {
  it.each([
    ["{{ toyaml({'b': [1, 'x'], 'a': 2}) | replace('\\n', ';') }}", 'b:;- 1;- x;a: 2;'],
    ["{{ toyaml({'b': 1, 'a': 2}, sort_keys=true) | replace('\\n', ';') }}", 'a: 2;b: 1;'],
    ['{{ 10**25 / 10**5 }}', '1e+20'],
  ])('%s is %s', async (expression, expected) => {
    project = new SmallProject({ 'models/a.sql': expression });
    expect(await project.compiled('a')).toBe(expected);
  });
});
