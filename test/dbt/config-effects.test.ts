import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { configKeys } from '../../src/project/config-keys.js';
import { checkConfig } from '../../src/run/check-config.js';
import { SmallProject } from '../helpers/small-project.js';

let project: SmallProject | undefined;
afterEach(() => project?.remove());

function load(files: Record<string, string>) {
  project = new SmallProject({ 'models/a.sql': 'select 1 as id', ...files });
  return project.load();
}
const told = (files: Record<string, string>): string[] =>
  load(files).warnings.map(
    ({ message, place }) => `${place?.file ?? ''}:${place?.line ?? ''} ${message}`,
  );
const none = (key: string): string => `The config '${key}' has no effect`;
const project_ = (models: string): Record<string, string> => ({
  'dbt_project.yml': `name: shop\nprofile: shop\nmodels:\n  shop:\n${models}`,
});

describe('a configuration that has no effect', () => {
  it('is told where it stands: in SQL, in a property file and in dbt_project.yml', () => {
    expect(
      told({
        'models/a.sql': "{{ config(grants={'select': ['x']}) }} select 1 as id",
        'models/s.yml': 'models:\n  - name: a\n    config: {unique_key: id}\n',
        ...project_('    +on_schema_change: fail\n'),
      }),
    ).toEqual([
      `dbt_project.yml:5 ${none('on_schema_change')}`,
      `models/s.yml:2 ${none('unique_key')}`,
      `models/a.sql: ${none('grants')}`,
    ]);
  });

  // As dbt 1.11 tells them: "Configuration paths … which do not apply to any resources".
  it('is told of folders that hold no resource; disabled ones count', () => {
    const text = `name: shop
profile: shop
models:
  shop:
    a: {+tags: x}
    idle: {+enabled: false}
    stagin: {+materialized: table}
  other: {+materialized: table}
seeds: {shop: {+enabled: true}}
snapshots: {shop: {+enabled: false}}
`;
    const snapshot = 'snapshots: [{name: s, relation: "ref(\'a\')"}]\n';
    expect(
      told({
        'dbt_project.yml': text,
        'models/idle/b.sql': 'select 1 as id',
        'snapshots/s.yml': snapshot,
      }),
    ).toEqual([
      'dbt_project.yml:7 models.shop.stagin applies to no resource',
      'dbt_project.yml:8 models.other applies to no resource',
      'dbt_project.yml:9 seeds.shop applies to no resource',
    ]);
  });

  it('is told once, however many resources it stands above', () => {
    const files = {
      'models/b.sql': 'select 2 as id',
      ...project_('    +indexes: [{columns: [id]}]\n'),
    };
    expect(told(files)).toEqual([`dbt_project.yml:5 ${none('indexes')}`]);
  });

  it('is none where one of the resources below it has use for it', () => {
    const files = project_('    +contract: {enforced: true}\n    b: {+materialized: ephemeral}\n');
    expect(
      told({
        ...files,
        'models/b/c.sql': 'select 1 as id',
        'models/s.yml': 'models: [{name: a, columns: [{name: id, data_type: int}]}]',
      }),
    ).toEqual([]);
  });

  it.each([
    ['begin', 'id'],
    ['batch_size', 'day'],
    ['packages', '[pandas]'],
    ['static_analysis', 'strict'],
    ['delimiter', '"|"'],
    ['severity', 'warn'],
    ['on_configuration_change', 'fail'],
    ['partitioned_by', 'id'],
    ['location', 'x.parquet'],
    ['options', '{a: b}'],
    ['quoting', '{identifier: false}'],
    ['loaded_at_field', 'id'],
    ['updated_at', 'id'],
    ['lookback', '3'],
  ])('of a model: %s', (key, value) => {
    expect(told({ 'models/s.yml': `models: [{name: a, config: {${key}: ${value}}}]` })).toEqual([
      `models/s.yml:1 ${none(key)}`,
    ]);
  });

  it.each([
    [
      'a seed',
      {
        'seeds/x.csv': 'id\n1\n',
        'seeds/s.yml': 'seeds: [{name: x, config: {contract: {enforced: true}}}]',
      },
    ],
    [
      'a test',
      {
        'models/s.yml':
          'models: [{name: a, columns: [{name: id, data_tests: [{unique: {config: {persist_docs: {relation: true}}}}]}]}]',
      },
    ],
    [
      'a source',
      { 'models/s.yml': 'sources: [{name: r, tables: [{name: t, config: {batch_size: id}}]}]' },
    ],
    [
      'an exposure',
      { 'models/s.yml': 'exposures: [{name: e, type: ml, owner: {name: x}, config: {group: g}}]' },
    ],
    [
      'a hook of an ephemeral model',
      {
        'models/a.sql':
          "{{ config(materialized='ephemeral', post_hook='select 1') }} select 1 as id",
      },
    ],
  ])('of %s', (_, files) => {
    expect(told(files)).toHaveLength(1);
  });

  it('is not told for what happens anyway, for the other engine, nor on a disabled node', () => {
    expect(
      told({
        'models/s.yml':
          'models: [{name: a, config: {on_schema_change: ignore, on_configuration_change: apply, lookback: 1, packages: [], grants: {}, full_refresh: null, quoting: {identifier: true}, file_format: delta, zorder: id}}, {name: b, config: {enabled: false, indexes: [{columns: [id]}]}}]',
        'models/b.sql': 'select 1',
      }),
    ).toEqual([]);
  });
});

describe('a configuration that dbt does not know', () => {
  const yml = (key: string): Record<string, string> => ({
    'models/s.yml': `models: [{name: a, config: {${key}: 1}}]`,
  });

  it('is told, with the name that may have been meant', () => {
    expect(load(yml('materialised')).warnings).toMatchObject([
      { message: none('materialised'), hint: "Did you mean 'materialized'?" },
    ]);
    expect(load(yml('owner_of_this')).warnings[0]?.hint).toMatch(/custom values under 'meta'/);
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'even where its name is %s',
    (key) => {
      const { manifest, warnings } = load(yml(key));
      expect(warnings.map(({ message }) => message)).toEqual([none(key)]);
      const node = manifest.nodes.get('model.shop.a');
      if (node?.resourceType !== 'model') throw new Error('no model');
      expect(Object.entries(node.config.extra)).toEqual([[key, 1]]);
    },
  );

  it.each([
    ["{% macro m() %}{{ config.get('limits') }}{% endmacro %}"],
    ['{% macro m(node) %}{{ node.config.limits }}{% endmacro %}'],
    ['{% macro m(node) %}{{ node["config"]["limits"] }}{% endmacro %}'],
  ])('is kept without a word where SQL reads it: %s', (macro) => {
    expect(told({ ...yml('limits'), 'macros/m.sql': macro })).toEqual([]);
  });
});

describe('a configuration without which a model would come out otherwise', () => {
  const refusal = (files: Record<string, string>): string | null => {
    const { manifest } = load(files);
    const node = manifest.nodes.get('model.shop.a');
    if (node?.resourceType !== 'model') throw new Error('no model');
    try {
      checkConfig(node, manifest);
      return null;
    } catch (error) {
      return (error as Error).message;
    }
  };

  it.each([
    ["sql_header='set x = 1;'"],
    ["indexes=[{'columns': ['id'], 'unique': true}]"],
    ["plugin='excel'"],
  ])('stops that model: %s', (config) => {
    expect(refusal({ 'models/a.sql': `{{ config(${config}) }} select 1 as id` })).toMatch(
      /^a cannot be built with the configuration '/,
    );
  });

  it.each(['config: {plugin: excel}', 'meta: {plugin: excel}'])(
    'stops the models that read such a source: %s',
    (entry) => {
      const files = {
        'models/a.sql': "select * from {{ source('r', 't') }}",
        'models/s.yml': `sources: [{name: r, ${entry}, tables: [{name: t}, {name: u}]}]`,
      };
      expect(refusal(files)).toBe('a reads the source r.t, which cannot be read here');
    },
  );

  it('stops nothing where it is not used', () => {
    expect(refusal({ 'models/a.sql': '{{ config(sql_header=none) }} select 1 as id' })).toBeNull();
  });
});

describe('configurations of columns', () => {
  it('add to meta and tags, as in dbt', () => {
    const { manifest } = load({
      'models/s.yml':
        'models: [{name: a, columns: [{name: id, meta: {a: 1}, tags: [x], config: {meta: {b: 2}, tags: y}}]}]',
    });
    const node = manifest.nodes.get('model.shop.a');
    expect(node?.resourceType === 'model' && node.columns['id']).toMatchObject({
      meta: { a: 1, b: 2 },
      tags: ['x', 'y'],
    });
  });
});

describe('docs/dbt.md', () => {
  it('names every configuration', () => {
    const page = readFileSync(new URL('../../docs/dbt.md', import.meta.url), 'utf8');
    const missing = Object.keys(configKeys).filter(
      (key) =>
        !page.includes(`\`${key}\``) && !page.includes(`\`${key.replace('_hook', '-hook')}\``),
    );
    expect(missing).toEqual([]);
  });
});
