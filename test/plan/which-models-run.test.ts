/** Which models an edit makes run, against a table written by hand: none too few, none too many. */
import { afterEach, describe, expect, it } from 'vitest';
import type { NodeState, NodeStates } from '../../src/manifest/node-state.js';
import { plan } from '../../src/run/plan.js';
import { SmallProject } from '../helpers/small-project.js';

const files: Readonly<Record<string, string>> = {
  'dbt_project.yml': `name: shop
profile: shop
vars: {rate: 2, unused: 1}
models:
  shop:
    +materialized: table
`,
  'seeds/raw.csv': 'id,price\n1,2.5\n',
  'seeds/other.csv': 'id\n1\n',
  'macros/doubled.sql': `{% macro doubled(column) %}{{ inner_factor() }} * {{ column }}{% endmacro %}
{% macro inner_factor() %}2{% endmacro %}
{% macro not_called() %}1{% endmacro %}
{% macro of_hook() %}select 1{% endmacro %}
`,
  'models/sources.yml': `sources:
  - name: dev
    tables:
      - name: raw
        columns:
          - {name: id, data_type: integer}
          - {name: price, data_type: "decimal(10, 2)"}
`,
  'models/first.sql':
    "-- first\nselect id, price * {{ var('rate') }} as price from {{ source('dev', 'raw') }}\n",
  'models/second.sql': "select id, {{ doubled('price') }} as price from {{ ref('first') }}\n",
  'models/inlined.sql': "{{ config(materialized='ephemeral') }}select id from {{ ref('other') }}\n",
  'models/third.sql': "select id from {{ ref('inlined') }}\n",
  'models/fourth.sql':
    "{{ config(post_hook='{{ of_hook() }}') }}select '{{ env_var(\"PLACE\", \"here\") }}' as place, 'a -- b' as text\n",
  'models/models.yml': `models:
  - name: first
    description: The first
    columns: [{name: id, description: The id}]
  - name: second
    config: {contract: {enforced: true}}
    columns: [{name: id, data_type: integer}, {name: price, data_type: "decimal(38, 2)"}]
  - name: fourth
    config: {persist_docs: {relation: true}}
    description: The fourth
`,
};

type Change = Readonly<Record<string, readonly [from: string, to: string]>>;

/** What is edited, and the models that run then. */
const table: readonly (readonly [what: string, change: Change, runs: readonly string[]])[] = [
  ['nothing', {}, []],
  ['a comment of SQL', { 'models/first.sql': ['-- first', '-- the first of all'] }, []],
  ['a comment of Jinja', { 'models/first.sql': ['-- first', '{# note #}-- first'] }, []],
  ['line ends and indents', { 'models/first.sql': ['select id, ', 'select\n    id,\n    '] }, []],
  ['blanks around brackets', { 'models/third.sql': ['id from', 'id  from'] }, []],
  ['two dashes in a text', { 'models/fourth.sql': ['a -- b', 'a -- c'] }, ['fourth']],
  ['blanks in a text', { 'models/fourth.sql': ['a -- b', 'a  -- b'] }, ['fourth']],
  [
    'SQL of the first',
    { 'models/first.sql': ['select id,', 'select id + 1 as id,'] },
    ['first', 'second'],
  ],
  ['SQL of a leaf', { 'models/second.sql': ['select id,', 'select -id as id,'] }, ['second']],
  [
    'SQL of an ephemeral one',
    { 'models/inlined.sql': ['select id', 'select id + 1 as id'] },
    ['third'],
  ],
  [
    'a comment in an ephemeral one',
    { 'models/inlined.sql': ['select id', 'select /* x */ id'] },
    [],
  ],
  [
    'a macro that is called',
    { 'macros/doubled.sql': ['* {{ column }}', '+ {{ column }}'] },
    ['second'],
  ],
  ['a macro that a macro calls', { 'macros/doubled.sql': ['%}2{%', '%}3{%'] }, ['second']],
  ['a macro that nobody calls', { 'macros/doubled.sql': ['%}1{%', '%}0{%'] }, []],
  [
    'a macro that a hook calls',
    { 'macros/doubled.sql': ['%}select 1{%', '%}select 2{%'] },
    ['fourth'],
  ],
  ['a comment in a macro', { 'macros/doubled.sql': ['%}2{%', '%}{# two #}2{%'] }, []],
  ['a variable', { 'dbt_project.yml': ['rate: 2', 'rate: 3'] }, ['first', 'second']],
  ['a variable that nobody asks for', { 'dbt_project.yml': ['unused: 1', 'unused: 2'] }, []],
  [
    'rows of a seed that stands for a source',
    { 'seeds/raw.csv': ['1,2.5', '2,2.5'] },
    ['first', 'second'],
  ],
  ['rows of a seed below an ephemeral one', { 'seeds/other.csv': ['id\n1', 'id\n2'] }, ['third']],
  ['a type of a source', { 'models/sources.yml': ['10, 2', '12, 2'] }, ['first', 'second']],
  [
    'a tag',
    { 'models/models.yml': ['- name: first', '- name: first\n    config: {tags: [x]}'] },
    [],
  ],
  ['a description', { 'models/models.yml': ['The first', 'The very first'] }, []],
  ['a description of a column', { 'models/models.yml': ['The id', 'Its id'] }, []],
  [
    'a description that is kept in the database',
    { 'models/models.yml': ['The fourth', 'Fourth'] },
    ['fourth'],
  ],
  [
    'a type of a contract',
    { 'models/models.yml': ['decimal(38, 2)', 'decimal(18, 2)'] },
    ['second'],
  ],
  [
    'meta',
    { 'models/models.yml': ['- name: first', '- name: first\n    config: {meta: {owner: x}}'] },
    [],
  ],
  [
    'the materialization',
    { 'models/second.sql': ['select id', "{{ config(materialized='view') }}select id"] },
    ['second'],
  ],
  [
    'all materializations',
    { 'dbt_project.yml': ['+materialized: table', '+materialized: view'] },
    ['first', 'fourth', 'second', 'third'],
  ],
  [
    'the name of a table',
    { 'models/first.sql': ['select id', "{{ config(alias='one') }}select id"] },
    ['first', 'second'],
  ],
];

describe('which models run', () => {
  let project: SmallProject | undefined;

  afterEach(() => project?.remove());

  async function planned(of: SmallProject, prior: NodeStates) {
    const { manifest, compiler } = of.load();
    return plan({
      ...{ command: 'build', manifest, compiler, prior, files: null, version: '1' },
      selected: new Set(manifest.nodes.keys()),
      fullRefresh: false,
    });
  }

  it.each(table)('after a change of %s', async (_what, change, runs) => {
    project = new SmallProject(files);
    const first = await planned(project, {});
    const states: Record<string, NodeState> = {};
    for (const { uniqueId, name } of first.run) {
      states[uniqueId] = {
        ...{ status: 'success', rows: 1, failures: null, message: null, sample: null },
        ...{ relationType: 'table', relation: { schema: 'dev', identifier: name } },
        ...{ failuresRelation: null, executionTime: 0 },
        fingerprint: first.fingerprints.get(uniqueId) ?? null,
      };
    }
    for (const [file, [from, to]] of Object.entries(change)) {
      expect(files[file]).toContain(from);
      project.write({ [file]: (files[file] ?? '').replace(from, to) });
    }
    const second = await planned(project, states);
    const names = second.run
      .filter((node) => node.resourceType === 'model')
      .map(({ name }) => name);
    expect(names.sort()).toEqual(runs);
  });
});
