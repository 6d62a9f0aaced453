import { describe, expect, it } from 'vitest';
import { refuseDuplicateProperties } from '../../src/project/duplicate-properties.js';
import { parseProperties } from '../../src/project/read-properties.js';
import { errorOf } from './in-folder.js';

const read = (yaml: string) => parseProperties(yaml, 'models/shop.yml');
const failure = (yaml: string) => errorOf(() => read(yaml));

describe('models', () => {
  it('are read with their columns, tests and constraints', () => {
    const { models, warnings } = read(`
version: 2
models:
  - name: orders
    description: "{{ doc('orders') }}"
    config: {materialized: table, tags: nightly}
    meta: {owner: shop}
    docs: {show: false}
    access: public
    constraints:
      - {type: primary_key, columns: [id]}
    data_tests:
      - positive
    columns:
      - name: id
        description: The key
        data_type: bigint
        quote: true
        tags: key
        meta: {a: 1}
        constraints: [{type: not_null, warn_unsupported: false}, {type: check, expression: id > 0}]
        tests: [unique]
`);
    expect(warnings).toEqual([]);
    expect(models).toHaveLength(1);
    expect(models[0]).toMatchObject({
      name: 'orders',
      description: "{{ doc('orders') }}",
      config: { materialized: 'table', tags: 'nightly' },
      meta: { owner: 'shop' },
      docs: { show: false, nodeColor: null },
      access: 'public',
      constraints: [{ type: 'primary_key', columns: ['id'], warnUnenforced: true }],
      tests: [{ name: 'positive', place: { line: 13, column: 9 } }],
      file: 'models/shop.yml',
      place: { file: 'models/shop.yml', line: 4, column: 5 },
      columns: [
        {
          name: 'id',
          description: 'The key',
          dataType: 'bigint',
          quote: true,
          tags: ['key'],
          meta: { a: 1 },
          constraints: [
            { type: 'not_null', warnUnsupported: false },
            { type: 'check', expression: 'id > 0' },
          ],
          tests: [{ name: 'unique' }],
          place: { line: 15, column: 9 },
        },
      ],
    });
  });

  it('may leave everything out but the name, or say nothing', () => {
    expect(read('models:\n  - name: a\n    columns:\n    description:\n').models[0]).toMatchObject({
      description: '',
      columns: [],
      tests: [],
      config: {},
    });
    expect(read('models:\n').models).toEqual([]);
    expect(read('').models).toEqual([]);
  });

  it('tell of all faults of the file at once', () => {
    const error = failure(
      'models:\n  - description: a\n  - name: [b]\n  - name: c\n    columns: {id: 1}\nseeds: 5\n',
    );
    expect(error.code).toBe('project');
    expect(error.message.split('\n')).toEqual([
      'models/shop.yml has 4 errors:',
      "  models/shop.yml:2:5: models[0]: 'name' is missing",
      '  models/shop.yml:3:5: models[1].name must be text, not a list',
      '  models/shop.yml:5:5: models[2].columns must be a list, not a map of keys',
      "  models/shop.yml:6:8: 'seeds' must be a list (Begin each entry with '- name:'.)",
    ]);
  });

  it('explain Jinja without quotes', () => {
    const error = failure('models:\n  - name: a\n    description: {{ doc("a") }}\n');
    expect(error.place?.line).toBe(3);
    expect(error.hint).toMatch(/Jinja in quotes/);
  });

  it('warn of unknown keys', () => {
    const { warnings, models } = read(
      'models:\n  - name: a\n    desciption: x\n    materialized: table\n    columns:\n      - {name: id, test: [unique]}\n',
    );
    expect(models).toHaveLength(1);
    expect(warnings).toMatchObject([
      {
        message: "models[0]: the key 'desciption' is unknown and is ignored",
        place: { line: 3, column: 5 },
        hint: "Did you mean 'description'?",
      },
      { hint: "Move 'materialized' under 'config'." },
      {
        message: "models[0].columns[0]: the key 'test' is unknown and is ignored",
        hint: "Did you mean 'tests'?",
      },
    ]);
  });

  it('refuse versions', () => {
    const error = failure('models:\n  - name: a\n    latest_version: 2\n    versions: [{v: 1}]\n');
    expect(error.message).toMatch(/'latest_version' is not supported/);
    expect(error.message).toMatch(/4:5: 'versions' is not supported/);
  });

  it('refuse a column that is listed twice', () => {
    const error = failure('models: [{name: a, columns: [{name: id}, {name: id}]}]');
    expect(error.message).toBe("The column 'id' is listed twice");
  });

  it('refuse an unknown constraint', () => {
    const error = failure('models: [{name: a, constraints: [{type: primry_key}]}]');
    expect(error.message).toMatch(/must be one of check, not_null/);
    expect(error.hint).toBe("Did you mean 'primary_key'?");
  });
});

describe('tests', () => {
  const tests = (yaml: string) =>
    read(`models:\n  - name: a\n    data_tests:\n${yaml.replace(/^/gm, '      ')}\n`).models[0]
      ?.tests;

  it.each([
    ['a name', '- unique', { name: 'unique', arguments: {}, config: {} }],
    ['a name with a colon', '- unique:', { name: 'unique', arguments: {} }],
    ['a package and a name', '- dbt_utils.range', { name: 'range', namespace: 'dbt_utils' }],
    [
      'arguments below the name',
      "- relationships: {to: ref('b'), field: id}",
      { name: 'relationships', arguments: { to: "ref('b')", field: 'id' } },
    ],
    [
      "arguments below 'arguments'",
      "- relationships:\n    arguments: {to: ref('b'), field: id}\n    config: {severity: warn}",
      { arguments: { to: "ref('b')", field: 'id' }, config: { severity: 'warn' } },
    ],
    [
      'configuration beside arguments',
      '- accepted_values:\n    values: [a]\n    severity: warn\n    where: "x > 1"\n    tags: t\n    config: {limit: 5}',
      {
        arguments: { values: ['a'] },
        config: { severity: 'warn', where: 'x > 1', tags: 't', limit: 5 },
      },
    ],
    [
      'a name of its own and a description',
      '- unique: {name: key_is_unique, description: One row a key, column_name: id}',
      {
        customName: 'key_is_unique',
        description: 'One row a key',
        arguments: { column_name: 'id' },
      },
    ],
    [
      "a map with 'test_name'",
      '- test_name: unique\n  name: other\n  column_name: id\n  config: {where: "1=1"}',
      {
        name: 'unique',
        customName: 'other',
        arguments: { column_name: 'id' },
        config: { where: '1=1' },
      },
    ],
  ])('may be %s', (_what, yaml, expected) => {
    expect(tests(yaml)).toMatchObject([expected]);
  });

  it.each([
    ['- unique: 5', /must be a map of keys/],
    ['- 5', /must be a name/],
    ['- unique:\n  severity: warn', /not 2 keys side by side/],
    ['- "not a name"', /is not a test name/],
    ['- unique: {model: a}', /must not set 'model'/],
    ['- unique: {severity: warn, config: {severity: error}}', /sets 'severity' twice/],
    ['- unique: {name: 5}', /'name' of the test 'unique' must be text/],
    ['- unique: {arguments: [a]}', /'arguments' of the test/],
  ])('must not be %s', (yaml, message) => {
    expect(() => tests(yaml)).toThrow(message);
  });

  it('stand under one of their two names', () => {
    const error = failure('models: [{name: a, tests: [unique], data_tests: [unique]}]');
    expect(error.message).toMatch(/two names for the same key/);
  });

  it('at the top of a file describe singular tests', () => {
    const { singularTests } = read('data_tests:\n  - name: totals\n    config: {severity: warn}\n');
    expect(singularTests).toMatchObject([{ name: 'totals', config: { severity: 'warn' } }]);
  });
});

describe('sources', () => {
  it('are read with their tables', () => {
    const { sources } = read(`
sources:
  - name: store
    catalog: raw
    loader: fivetran
    loaded_at_field: at
    freshness:
      warn_after: {count: 12, period: hour}
      error_after: {count: 1, period: day}
    quoting: {identifier: true}
    tags: external
    tables:
      - name: orders
        identifier: tbl_orders
        columns: [{name: id, data_tests: [not_null]}]
        data_tests: [fresh]
      - name: old
        freshness: null
      - name: often
        freshness: {warn_after: {count: 5, period: minute}, filter: "at > 0"}
`);
    expect(sources[0]).toMatchObject({
      name: 'store',
      database: 'raw',
      schema: 'store',
      loader: 'fivetran',
      loadedAt: { field: 'at', hasField: true, query: null },
      quoting: { identifier: true },
      tags: ['external'],
      freshness: [
        { warnAfter: { count: 12, period: 'hour' }, errorAfter: { count: 1, period: 'day' } },
        undefined,
      ],
    });
    const [orders, old, often] = sources[0]?.tables ?? [];
    expect(orders).toMatchObject({
      identifier: 'tbl_orders',
      loadedAt: { field: undefined, hasField: false },
      freshness: [undefined, undefined],
    });
    expect(orders?.columns[0]?.tests[0]?.name).toBe('not_null');
    expect(orders?.tests[0]?.name).toBe('fresh');
    expect(old).toMatchObject({ identifier: 'old', freshness: [null, undefined] });
    expect(often?.freshness[0]).toEqual({
      warnAfter: { count: 5, period: 'minute' },
      errorAfter: undefined,
      filter: 'at > 0',
    });
  });

  it('may have their freshness in the configuration too', () => {
    const { sources } = read(`
sources:
  - name: store
    freshness: {warn_after: {count: 1, period: day}}
    config: {enabled: false, loaded_at_field: at, freshness: {error_after: {count: 2, period: day}}}
    tables: [{name: a, loaded_at_field: null, config: {freshness: null, loaded_at_query: select 1}}]
`);
    expect(sources[0]).toMatchObject({
      loadedAt: { field: 'at', hasField: false, query: null },
      config: { enabled: false },
      freshness: [
        { warnAfter: { count: 1, period: 'day' } },
        { warnAfter: undefined, errorAfter: { count: 2, period: 'day' } },
      ],
    });
    expect(sources[0]?.tables[0]).toMatchObject({
      loadedAt: { field: null, hasField: true, query: 'select 1' },
      freshness: [undefined, null],
    });
  });

  it.each([
    ['{name: s, freshness: {warn_after: {count: 5}}}', /needs both 'count' and 'period'/],
    ['{name: s, freshness: {warn_after: {count: 5, period: week}}}', /minute, hour or day/],
    ['{name: s, tables: [{name: a}, {name: a}]}', /two tables named 'a'/],
    ["{name: s, loaded_at_field: ''}", /must not be empty/],
    ['{name: s, loaded_at_field: a, loaded_at_query: b}', /cannot have both/],
    ['{name: s, tables: [{name: a, loaded_at_field: a, config: {loaded_at_query: b}}]}', /both/],
    ['{name: s, overrides: pkg}', /'overrides' is not supported/],
    ['{name: s, tables: [{name: a, external: {}}]}', /'external' is not supported/],
  ])('must not be %s', (yaml, message) => {
    expect(() => read(`sources: [${yaml}]`)).toThrow(message);
  });
});

describe('the other resources', () => {
  it('exposures', () => {
    const { exposures } = read(
      "exposures:\n  - name: board\n    type: dashboard\n    owner: {email: a@shop.example, team: x}\n    depends_on: [ref('a'), \"source('s', 't')\"]\n    maturity: high\n",
    );
    expect(exposures[0]).toMatchObject({
      type: 'dashboard',
      maturity: 'high',
      owner: { name: null, email: 'a@shop.example' },
      dependsOn: [
        { text: "ref('a')", place: { line: 5, column: 18 } },
        { text: "source('s', 't')", place: { line: 5 } },
      ],
    });
    expect(() => read('exposures: [{name: a, type: dashboard, owner: {}}]')).toThrow(
      /must have a 'name' or an 'email'/,
    );
    expect(() => read('exposures: [{name: a, type: board, owner: {name: b}}]')).toThrow(/one of/);
  });

  it('unit tests', () => {
    const { unitTests } = read(`
unit_tests:
  - name: adds_up
    model: orders
    overrides: {vars: {day: 1}, env_vars: {A: b}, macros: {is_incremental: true}}
    given:
      - input: ref('lines')
        rows: [{id: 1}, {id: 2, price: 1.5}]
      - {input: this, format: csv, fixture: before}
    expect:
      format: sql
      rows: select 1
`);
    expect(unitTests[0]).toMatchObject({
      name: 'adds_up',
      model: 'orders',
      overrides: { vars: { day: 1 }, envVars: { A: 'b' }, macros: { is_incremental: true } },
      given: [
        { input: "ref('lines')", format: 'dict', rows: [{ id: 1 }, { id: 2, price: 1.5 }] },
        { input: 'this', format: 'csv', rows: null, fixture: 'before' },
      ],
      expect: { format: 'sql', rows: 'select 1', fixture: null },
    });
  });

  it.each([
    ['{rows: "id\\n1"}', /format 'dict' must be a list/],
    ['{format: sql, rows: [{id: 1}]}', /must be a query/],
    ['{fixture: a}', /needs 'format: csv'/],
    ['{format: csv, fixture: a, rows: "id"}', /either 'rows' or 'fixture'/],
    ['{format: cvs}', /must be one of dict, csv, sql/],
  ])('unit tests refuse %s', (rows, message) => {
    const yaml = `unit_tests: [{name: a, model: b, given: [], expect: ${rows}}]`;
    expect(() => read(yaml)).toThrow(message);
  });

  it('macros, groups, snapshots, seeds and analyses', () => {
    const found = read(`
macros:
  - name: euros
    arguments: [{name: column, type: string, description: What}]
groups: [{name: finance, owner: {name: Ada}}]
snapshots: [{name: history, relation: ref('a'), config: {strategy: check}}]
seeds: [{name: raw, config: {column_types: {id: bigint}}}]
analyses: [{name: check}]
`);
    expect(found.macros[0]?.arguments).toEqual([
      { name: 'column', type: 'string', description: 'What' },
    ]);
    expect(found.groups[0]).toMatchObject({ name: 'finance', owner: { name: 'Ada' } });
    expect(found.snapshots[0]).toMatchObject({ relation: "ref('a')" });
    expect(found.seeds[0]?.config).toEqual({ column_types: { id: 'bigint' } });
    expect(found.analyses[0]?.name).toBe('check');
    expect(found.warnings).toEqual([]);
  });

  it('of the semantic layer are ignored aloud', () => {
    expect(read('metrics: []\nmodles: []\n').warnings).toMatchObject([
      { message: "'metrics' is not supported and is ignored" },
      {
        message: "the key 'modles' is unknown and is ignored",
        hint: "Did you mean 'models'?",
      },
    ]);
  });

  it('need the second version of the format', () => {
    expect(failure('version: 1\n').message).toBe("'version' must be 2");
  });
});

describe('refuseDuplicateProperties', () => {
  it('names both places', () => {
    const one = parseProperties('models: [{name: a}]', 'models/a.yml');
    const two = parseProperties('models:\n  - name: b\n  - name: a\n', 'models/b.yml');
    const error = errorOf(() => {
      refuseDuplicateProperties([one, two]);
    });
    expect(error.message).toBe(
      "The model 'a' has two descriptions: in models/a.yml:1:10 and in models/b.yml:3:5",
    );
  });
  it('lets one name be of several kinds, and tables of several sources', () => {
    const file = read(
      'models: [{name: a}]\nseeds: [{name: a}]\nsources: [{name: s, tables: [{name: a}]}, {name: t, tables: [{name: a}]}]\nunit_tests: [{name: u, model: a, given: [], expect: {rows: []}}, {name: u, model: b, given: [], expect: {rows: []}}]',
    );
    expect(() => {
      refuseDuplicateProperties([file]);
    }).not.toThrow();
  });
  it('finds a source table of two files', () => {
    const yaml = 'sources: [{name: s, tables: [{name: a}]}]';
    const files = [parseProperties(yaml, 'a.yml'), parseProperties(yaml, 'b.yml')];
    expect(() => {
      refuseDuplicateProperties(files);
    }).toThrow(/source table 's.a' has two descriptions/);
  });
});
