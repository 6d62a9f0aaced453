import { afterEach, describe, expect, it } from 'vitest';
import { SmallProject } from '../helpers/small-project.js';

let project: SmallProject | undefined;
afterEach(() => project?.remove());

const one = 'select 1 as id';
const off = '{{ config(enabled=false) }} select 1 as id';

function load(files: Record<string, string>) {
  project = new SmallProject(files);
  return project.load();
}

// As dbt 1.11 has it, beside that it calls some of these disabled tests a warning.
describe('what hangs on a disabled node', () => {
  const source =
    'sources: [{name: raw, config: {enabled: false}, tables: [{name: t, columns: [{name: id, data_tests: [unique]}]}]}]';
  const tests: [what: string, files: Record<string, string>][] = [
    [
      'a unit test of it',
      {
        'models/a.sql': off,
        'models/s.yml': 'unit_tests: [{name: u, model: a, given: [], expect: {rows: [{id: 1}]}}]',
      },
    ],
    [
      'a generic test of it, even one that does not exist',
      { 'models/a.sql': off, 'models/s.yml': 'models: [{name: a, data_tests: [nothing]}]' },
    ],
    [
      'a singular test that reads it',
      { 'models/a.sql': off, 'tests/t.sql': "select * from {{ ref('a') }}" },
    ],
    [
      'a relationship to it',
      {
        'models/a.sql': off,
        'models/b.sql': one,
        'models/s.yml':
          "models: [{name: b, columns: [{name: id, data_tests: [{relationships: {arguments: {to: ref('a'), field: id}}}]}]}]",
      },
    ],
    ['the tests of a source', { 'models/s.yml': source }],
    [
      'a singular test of a source',
      { 'models/s.yml': source, 'tests/t.sql': "select * from {{ source('raw', 't') }}" },
    ],
  ];
  it.each(tests)('is disabled with it: %s', (_, files) => {
    const { manifest, warnings } = load(files);
    const types = [...manifest.nodes.values()].map((node) => node.resourceType);
    expect(types.filter((type) => type.includes('test'))).toEqual([]);
    expect(warnings).toEqual([]);
  });

  const readers: [what: string, files: Record<string, string>, place: string][] = [
    ['a model', { 'models/b.sql': "\nselect * from {{ ref('a') }}" }, 'models/b.sql'],
    ['an analysis', { 'analyses/b.sql': "select * from {{ ref('a') }}" }, 'analyses/b.sql'],
    [
      'an exposure',
      {
        'models/s.yml':
          "exposures: [{name: b, type: ml, owner: {name: x}, depends_on: [ref('a')]}]",
      },
      'models/s.yml',
    ],
  ];
  it.each(readers)('is refused: %s', (_, files, file) => {
    expect(() => load({ 'models/a.sql': off, ...files })).toThrow("b reads 'a', which is disabled");
    expect(() => project?.load()).toThrow(
      expect.objectContaining({ place: expect.objectContaining({ file }) as object }),
    );
  });

  it('is passed over where it is disabled itself', () => {
    const { manifest } = load({
      'models/a.sql': "{{ config(enabled=false) }} select * from {{ ref('nowhere') }}",
    });
    expect(manifest.nodes.size).toBe(0);
  });
});

describe('a test that reads what is not there', () => {
  it('does not run, which is told', () => {
    const { manifest, warnings } = load({
      'models/orders.sql': one,
      'tests/t.sql': "select * from {{ ref('order') }}",
    });
    expect([...manifest.nodes.keys()]).toEqual(['model.shop.orders']);
    expect(warnings).toMatchObject([
      {
        message: "The test t does not run: there is no model or seed named 'order'",
        place: { file: 'tests/t.sql', line: 1 },
        hint: expect.stringContaining("Did you mean 'orders'?") as string,
      },
    ]);
  });
});

describe('an entry under another key than that of its kind', () => {
  const columns = 'columns: [{name: id, data_tests: [unique]}]';
  const entries: [section: string, kind: string, files: Record<string, string>][] = [
    ['models', 'seed', { 'seeds/x.csv': 'id\n1\n' }],
    ['seeds', 'model', { 'models/x.sql': one }],
    ['snapshots', 'model', { 'models/x.sql': one }],
  ];
  it.each(entries)(
    'under %s, of a %s: its tests run, and no more of it counts',
    (section, kind, files) => {
      const { manifest, warnings } = load({
        ...files,
        'models/s.yml': `${section}: [{name: x, description: unread, ${columns}}]`,
      });
      expect([...manifest.nodes.values()].map((node) => node.name)).toEqual(['x', 'unique_x_id']);
      expect(manifest.nodes.get(`${kind}.shop.x`)?.description).toBe('');
      expect(warnings).toMatchObject([{ hint: `Move it under '${kind}s:'.` }]);
    },
  );

  it('is told where it names nothing', () => {
    const { warnings } = load({ 'models/s.yml': `models: [{name: x, ${columns}}]` });
    expect(warnings).toMatchObject([
      { message: "'x' has a description under models, but no such file exists" },
    ]);
  });
});

describe('a private model', () => {
  const groups = 'groups: [{name: fin, owner: {name: x}}, {name: ops, owner: {name: y}}]\n';
  const yml = (rest: string): Record<string, string> => ({ 'models/s.yml': groups + rest });
  const fin = 'models: [{name: a, config: {access: private, group: fin}}]\n';
  const reads = "select * from {{ ref('a') }} where false";

  const refused: [what: string, files: Record<string, string>][] = [
    ['a model of no group', { 'models/b.sql': reads, ...yml(fin) }],
    [
      'a model of another group',
      { 'models/b.sql': `{{ config(group='ops') }} ${reads}`, ...yml(fin) },
    ],
    ['a singular test', { 'tests/b.sql': reads, ...yml(fin) }],
    ['an analysis', { 'analyses/b.sql': reads, ...yml(fin) }],
    [
      'an exposure',
      yml(`${fin}exposures: [{name: b, type: ml, owner: {name: x}, depends_on: [ref('a')]}]`),
    ],
    [
      'a test of another model',
      {
        'models/b.sql': one,
        ...yml(
          "models: [{name: a, config: {access: private, group: fin}}, {name: b, columns: [{name: id, data_tests: [{relationships: {arguments: {to: ref('a'), field: id}}}]}]}]",
        ),
      },
    ],
    ['a hook', { 'models/b.sql': `{{ config(post_hook="${reads}") }} ${one}`, ...yml(fin) }],
    [
      'a model, where access stands beside the name',
      { 'models/b.sql': reads, ...yml('models: [{name: a, access: private, group: fin}]') },
    ],
    [
      'a model, where it has no group',
      { 'models/b.sql': reads, ...yml('models: [{name: a, access: private}]') },
    ],
    [
      'a model, where access is set in SQL',
      {
        'models/a.sql': `{{ config(access='private', group='fin') }} ${one}`,
        'models/b.sql': reads,
        ...yml(''),
      },
    ],
    [
      'a model, where access is set in dbt_project.yml',
      {
        'dbt_project.yml':
          'name: shop\nprofile: shop\nmodels: {shop: {+access: private, +group: fin, b: {+group: ops}}}',
        'models/b/b.sql': reads,
        ...yml(''),
      },
    ],
  ];
  it.each(refused)('is not for %s', (_, files) => {
    expect(() => load({ 'models/a.sql': one, ...files })).toThrow(/ reads a, which is private /);
  });

  it('is for its own group, for its own tests and for unit tests', () => {
    const { manifest } = load({
      'models/a.sql': one,
      'models/b.sql': `{{ config(group='fin') }} ${reads}`,
      ...yml(
        'models: [{name: a, config: {access: private, group: fin}, columns: [{name: id, data_tests: [unique]}]}]\nunit_tests: [{name: u, model: a, given: [], expect: {rows: [{id: 1}]}}]',
      ),
    });
    expect(manifest.nodes.size).toBe(4);
  });

  it('needs a group that is there and an access that dbt knows', () => {
    const model = (config: string): Record<string, string> => ({
      'models/a.sql': `{{ config(${config}) }} ${one}`,
      ...yml(''),
    });
    expect(() => load(model("group='fim'"))).toThrow("in the group 'fim', which does not exist");
    expect(() => load(model("access='secret'"))).toThrow(`cannot be "secret"`);
    expect(() => load(model("access='public', materialized='ephemeral'"))).toThrow(
      'has no relation',
    );
  });
});

describe('a snapshot', () => {
  const sql = (config = ''): string =>
    `{% snapshot s %}{{ config(strategy='check', check_cols='all', unique_key='id'${config}) }} select 1 as id{% endsnapshot %}`;
  it.each([
    ['in YAML', 'snapshots/x.yml', "snapshots: [{name: s, relation: ref('a')}]"],
    ['in YAML of the models', 'models/x.yml', "snapshots: [{name: s, relation: ref('a')}]"],
    ['in SQL', 'snapshots/x.sql', sql()],
  ])('%s is refused with its place until there are snapshots', (_, file, text) => {
    expect(() => load({ [file]: text })).toThrow('Snapshots are not supported yet: s');
  });

  it('may be there when it is disabled', () => {
    const { manifest } = load({
      'snapshots/a.sql': sql(', enabled=false'),
      'snapshots/b.yml': "snapshots: [{name: t, relation: ref('a'), config: {enabled: false}}]",
      'snapshots/c.sql': '-- nothing yet',
    });
    expect(manifest.nodes.size).toBe(0);
  });
});

describe('a model that is deprecated', () => {
  it('is told to the models that read it', () => {
    const { warnings } = load({
      'models/a.sql': one,
      'models/b.sql': "\nselect * from {{ ref('a') }}",
      'tests/t.sql': "select * from {{ ref('a') }} where false",
      'models/s.yml': 'models: [{name: a, deprecation_date: 2020-01-01}]',
    });
    expect(warnings).toEqual([
      {
        message: 'b reads a, which has the deprecation date 2020-01-01',
        place: { file: 'models/b.sql', line: 2 },
      },
    ]);
  });
});

describe('keys of the semantic layer', () => {
  const entry = (keys: string): Record<string, string> => ({
    'models/spine.sql': "select date '2025-01-01' as date_day",
    'models/s.yml': `models:\n  - name: spine\n    ${keys}\n    columns: [{name: date_day, granularity: day}]\n`,
  });

  it('of a time spine are kept in the manifest', () => {
    const { manifest, warnings } = load(
      entry('time_spine: {standard_granularity_column: date_day}'),
    );
    expect(warnings).toEqual([]);
    expect(manifest.nodes.get('model.shop.spine')).toMatchObject({
      timeSpine: { standard_granularity_column: 'date_day' },
      columns: { date_day: { granularity: 'day' } },
    });
  });

  it.each(['semantic_model: true', 'primary_entity: day', 'agg_time_dimension: date_day'])(
    'are told where nothing comes of them: %s',
    (key) => {
      expect(load(entry(key)).warnings).toMatchObject([
        { message: expect.stringMatching(/is not supported and is ignored/) as string },
      ]);
    },
  );
});
