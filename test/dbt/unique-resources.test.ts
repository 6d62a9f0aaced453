import { afterEach, describe, expect, it } from 'vitest';
import { SmallProject } from '../helpers/small-project.js';

let project: SmallProject | undefined;
afterEach(() => project?.remove());

function load(files: Record<string, string>, options: { storeFailures?: boolean } = {}) {
  project = new SmallProject(files);
  return project.load(options);
}

const one = 'select 1 as id';
const configured = (config: string): string => `{{ config(${config}) }} ${one}`;
const test = (config: string): string => `{{ config(${config}) }} ${one} where false`;

// What dbt 1.11 refuses, and names that differ in case alone, which it refuses only while it runs.
describe('two resources that are one relation', () => {
  const clashes: [what: string, files: Record<string, string>, both: string[]][] = [
    [
      'an alias that is the name of another model',
      { 'models/one.sql': one, 'models/two.sql': configured("alias='one'") },
      ['models/one.sql', 'models/two.sql'],
    ],
    [
      'aliases that differ in case',
      { 'models/a.sql': configured("alias='Same'"), 'models/b.sql': configured("alias='same'") },
      ['models/a.sql', 'models/b.sql'],
    ],
    [
      'names that differ in case',
      { 'models/a.sql': one, 'models/sub/A.sql': one },
      ['models/a.sql', 'models/sub/A.sql'],
    ],
    [
      'a seed with the alias of a model',
      {
        'models/a.sql': one,
        'seeds/b.csv': 'id\n1\n',
        'seeds/s.yml': 'seeds: [{name: b, config: {alias: A}}]',
      },
      ['models/a.sql', 'seeds/b.csv'],
    ],
    [
      'schemas that differ in case',
      {
        'models/a.sql': configured("schema='Mart', alias='x'"),
        'models/b.sql': configured("schema='mart', alias='x'"),
      },
      ['models/a.sql', 'models/b.sql'],
    ],
    [
      'an ephemeral model, which dbt counts too',
      { 'models/a.sql': configured("alias='x', materialized='ephemeral'"), 'models/x.sql': one },
      ['models/a.sql', 'models/x.sql'],
    ],
    [
      "the project's own generate_alias_name",
      {
        'macros/names.sql':
          '{% macro generate_alias_name(alias=none, node=none) %}{{ node.name[0] }}{% endmacro %}',
        'models/orders.sql': one,
        'models/old_orders.sql': one,
      },
      ['models/orders.sql', 'models/old_orders.sql'],
    ],
    [
      "the project's own generate_schema_name",
      {
        'macros/names.sql':
          '{% macro generate_schema_name(name, node) %}{{ target.schema }}{% endmacro %}',
        'models/a.sql': configured("schema='one', alias='x'"),
        'models/b.sql': configured("schema='two', alias='x'"),
      },
      ['models/a.sql', 'models/b.sql'],
    ],
    [
      'a test that stores its failures in the place of a model',
      {
        'models/a.sql': configured("schema='q'"),
        'tests/t.sql': test("store_failures=true, schema='q', alias='A'"),
      },
      ['models/a.sql', 'tests/t.sql'],
    ],
    [
      'two tests that store their failures in one table',
      {
        'tests/t.sql': test("store_failures=true, alias='x'"),
        'tests/u.sql': test("store_failures=true, alias='x'"),
      },
      ['tests/t.sql', 'tests/u.sql'],
    ],
  ];
  it.each(clashes)('refuses %s, and names both files', (_, files, both) => {
    expect(() => load(files)).toThrow(/^Two resources use the same relation shop\./);
    for (const file of both) expect(() => project?.load()).toThrow(file);
  });

  it('refuses tests that --store-failures would write to one table', () => {
    const files = { 'tests/t.sql': test("alias='x'"), 'tests/u.sql': test("alias='x'") };
    expect(() => load(files, { storeFailures: true })).toThrow('tests/u.sql');
  });

  it('gives failing rows that only this program keeps a table of their own', () => {
    const { manifest } = load({
      'models/x.sql': configured("schema='dbt_test__audit'"),
      'tests/t.sql': test("alias='x'"),
      'tests/u.sql': test("alias='X'"),
    });
    const relations = [...manifest.nodes.values()].map((node) =>
      'alias' in node ? `${node.schema}.${node.alias}`.toLowerCase() : '',
    );
    expect(new Set(relations).size).toBe(3);
  });

  it('counts no disabled resource, and lets schemas tell relations apart', () => {
    const { manifest } = load({
      'models/a.sql': one,
      'models/b.sql': configured("alias='a', enabled=false"),
      'models/c.sql': configured("alias='a', schema='other'"),
      'models/old/a.sql': configured('enabled=false'),
      'tests/a.sql': `${one} where false`,
      'analyses/a.sql': one,
      'models/s.yml':
        'sources: [{name: dev, tables: [{name: a}, {name: b, identifier: a}]}]\nexposures: [{name: a, type: ml, owner: {name: x}}]',
    });
    expect(manifest.nodes.has('model.shop.a')).toBe(true);
  });
});

describe('two resources of one name', () => {
  const source = 'sources: [{name: raw, tables: [{name: t}]}]\n';
  const exposure = 'exposures: [{name: e, type: ml, owner: {name: x}}]\n';
  const cases: [what: string, files: Record<string, string>, both: string[]][] = [
    [
      'a model and a seed, even in different schemas',
      { 'models/a.sql': configured("schema='q'"), 'seeds/a.csv': 'id\n1\n' },
      ['models/a.sql', 'seeds/a.csv'],
    ],
    [
      'two models',
      { 'models/a.sql': one, 'models/sub/a.sql': configured("alias='z'") },
      ['models/a.sql', 'models/sub/a.sql'],
    ],
    [
      'two seeds',
      { 'seeds/a.csv': 'id\n1\n', 'seeds/b/a.csv': 'id\n1\n' },
      ['seeds/a.csv', 'b/a.csv'],
    ],
    [
      'two docs blocks',
      {
        'models/a.md': '{% docs c %}1{% enddocs %}',
        'models/b.md': '\n{% docs c %}2{% enddocs %}',
      },
      ['models/a.md:1', 'models/b.md:2'],
    ],
    [
      'two macros',
      {
        'macros/a.sql': '{% macro z() %}{% endmacro %}',
        'macros/b.sql': '{% macro z() %}{% endmacro %}',
      },
      ['z'],
    ],
    [
      'two source tables, in one entry or in two',
      { 'models/a.yml': source, 'models/b.yml': source },
      ['models/a.yml:1', 'models/b.yml:1'],
    ],
    ['two exposures', { 'models/a.yml': exposure, 'models/b.yml': exposure }, ['a.yml', 'b.yml']],
    [
      'one test twice on one column',
      {
        'models/a.sql': one,
        'models/s.yml':
          'models:\n  - name: a\n    columns:\n      - name: id\n        data_tests:\n          - not_null\n          - not_null:\n              config: {where: 1=1}\n',
      },
      ['models/s.yml:6', 'models/s.yml:7'],
    ],
  ];
  it.each(cases)('refuses %s, and names both places', (_, files, both) => {
    for (const place of both) expect(() => load(files)).toThrow(place);
  });
});
