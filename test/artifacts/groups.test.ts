/** Groups in manifest.json. What is expected is what dbt 1.11.16 writes for the same project; manifest.test.ts has its schema. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { manifestJson } from '../../src/artifacts/index.js';
import { SmallProject } from '../helpers/small-project.js';

const project = new SmallProject({
  'models/groups.yml': `
version: 2
groups:
  - name: finance
    owner: {name: Money, email: money@x.test, slack: "#money", id: 3}
    description: The money people.
    config: {meta: {a: 1}, x: 2}
  - name: empty
    owner: {email: [a@x.test, b@x.test]}
models:
  - name: a
    config: {group: finance}
    columns: [{name: x, data_tests: [not_null]}]
  - name: b
    group: finance
    access: private
  - name: gone
    group: finance
    config: {enabled: false}
seeds:
  - name: s
    config: {group: finance}
`,
  'models/a.sql': 'select 1 as x',
  'models/b.sql': "select * from {{ ref('a') }}",
  'models/c.sql': 'select 2 as y',
  'models/gone.sql': 'select 1 as z',
  'seeds/s.csv': 'i\n1\n',
  'tests/t.sql': "{{ config(group='finance') }}select * from {{ ref('b') }} where false",
});
afterAll(() => project.remove());

interface Groups {
  readonly nodes: Record<string, { readonly group: string | null; readonly config: object }>;
  readonly groups: object;
  readonly group_map: Record<string, string[]>;
}

let json: Groups;
beforeAll(() => {
  const { manifest, graph, session } = project.load();
  const written = manifestJson(manifest, {
    invocationId: session.invocationId,
    generatedAt: new Date(),
    adapterType: 'duckdb',
    dbtVersion: '1.11.16',
    parents: (id) => graph.parents(id),
    quote: session.quote,
  });
  json = JSON.parse(JSON.stringify(written)) as Groups;
});

test('All groups are there, with what is said of their owners', () => {
  const place = {
    package_name: 'shop',
    path: 'groups.yml',
    original_file_path: 'models/groups.yml',
  };
  expect(json.groups).toEqual({
    'group.shop.finance': {
      ...place,
      name: 'finance',
      resource_type: 'group',
      unique_id: 'group.shop.finance',
      owner: { email: 'money@x.test', name: 'Money', slack: '#money', id: 3 },
      description: 'The money people.',
      config: { meta: { a: 1 }, x: 2 },
    },
    'group.shop.empty': {
      ...place,
      name: 'empty',
      resource_type: 'group',
      unique_id: 'group.shop.empty',
      owner: { email: ['a@x.test', 'b@x.test'], name: null },
      description: null,
      config: { meta: {} },
    },
  });
});

test('The map of groups has all members of each, a test of a column with its model', () => {
  expect(Object.keys(json.group_map)).toEqual(['finance', 'empty']);
  expect(json.group_map['empty']).toEqual([]);
  expect(json.group_map['finance']?.toSorted()).toEqual([
    'model.shop.a',
    'model.shop.b',
    'seed.shop.s',
    'test.shop.not_null_a_x.91d513270e',
    'test.shop.t',
  ]);
  expect(json.nodes['test.shop.not_null_a_x.91d513270e']).toMatchObject({
    group: 'finance',
    config: { group: null },
  });
});
