/** A manifest made by hand with a node of each kind. */
import type { ArtifactInfo } from '../../src/artifacts/index.js';
import { defaultConfig, type NodeConfig } from '../../src/manifest/config.js';
import type {
  Column,
  DocBlock,
  ExposureNode,
  GraphNode,
  MacroEntry,
  Manifest,
  ModelNode,
  SeedNode,
  SourceNode,
  TestNode,
  UnitTestNode,
} from '../../src/manifest/nodes.js';

function resource(kind: string, name: string, file: string) {
  return {
    uniqueId: `${kind}.shop.${name}`,
    name,
    packageName: 'shop',
    path: file.split('/').slice(1).join('/'),
    originalFilePath: file,
    fqn: ['shop', name],
    description: `What ${name} is.`,
    tags: ['nightly'],
    meta: { owner: 'me' },
    place: { file },
  };
}

function executable(kind: string, name: string, file: string, config: Partial<NodeConfig> = {}) {
  return {
    ...resource(kind, name, file),
    rawCode: 'select 1',
    rawCodeLine: 1,
    checksum: 'abc',
    config: { ...defaultConfig(kind === 'model' ? 'table' : 'view'), ...config },
    unrenderedConfig: {},
    database: 'shop',
    schema: 'main',
    alias: name,
    columns: {},
    patchPath: null,
    refs: [],
    sources: [],
    dependsOn: { nodes: [] as string[], macros: [] as string[] },
    docBlocks: [],
  };
}

export const column: Column = {
  name: 'id',
  description: 'Number.',
  dataType: 'bigint',
  meta: { big: 2n ** 60n },
  tags: ['key'],
  quote: true,
  constraints: [{ type: 'not_null', warnUnenforced: true, warnUnsupported: false }],
};

export const model: ModelNode = {
  ...executable('model', 'orders', 'models/gold/orders.sql', {
    contract: { enforced: true, aliasTypes: true },
    preHook: [{ sql: 'select 1', transaction: true }],
    extra: { indexes: [{ columns: ['id'] }] },
  }),
  resourceType: 'model',
  columns: { id: column },
  patchPath: 'models/gold/gold.yml',
  unrenderedConfig: { materialized: 'table' },
  refs: [{ package: null, name: 'countries' }],
  sources: [{ source: 'raw', table: 'orders' }],
  dependsOn: {
    nodes: ['seed.shop.countries', 'source.shop.raw.orders'],
    macros: ['macro.shop.money'],
  },
  constraints: [
    { type: 'primary_key', columns: ['id'], warnUnenforced: true, warnUnsupported: true },
    {
      type: 'check',
      name: 'positive',
      expression: 'id > 0',
      warnUnenforced: true,
      warnUnsupported: true,
    },
  ],
  access: 'protected',
  version: null,
};

const view: ModelNode = {
  ...executable('model', 'customers', 'models/customers.sql'),
  resourceType: 'model',
  constraints: [],
  access: 'public',
  version: null,
  config: { ...defaultConfig('ephemeral'), docs: { show: false, nodeColor: 'red' } },
};

const seed: SeedNode = {
  ...executable('seed', 'countries', 'seeds/countries.csv', {
    columnTypes: { code: 'varchar' },
  }),
  resourceType: 'seed',
  rawCode: '',
  rootPath: '.',
};

function genericTest(name: string, columnName: string, of: string): TestNode {
  const testName = `${name}_${of.split('.').at(-1)}_${columnName}`;
  return {
    ...executable('test', testName, 'models/gold/gold.yml', { ...defaultConfig('test') }),
    uniqueId: `test.shop.${testName}.28a6a27e49`,
    path: `${testName}.sql`,
    resourceType: 'test',
    testMetadata: {
      name,
      namespace: null,
      kwargs: { column_name: columnName, model: `{{ get_where_subquery(ref('x')) }}` },
    },
    columnName,
    attachedNode: of,
    dependsOn: { nodes: [of], macros: [] },
  };
}

const singular: TestNode = {
  ...executable('test', 'adds_up', 'data-tests/adds_up.sql', {
    ...defaultConfig('test'),
    severity: 'warn',
    storeFailures: true,
    limit: 10,
  }),
  resourceType: 'test',
  testMetadata: null,
  columnName: null,
  attachedNode: null,
  dependsOn: { nodes: ['model.shop.orders'], macros: [] },
};

const unitTest: UnitTestNode = {
  ...resource('unit_test', 'orders.counts', 'models/gold/unit.yml'),
  resourceType: 'unit_test',
  model: 'orders',
  given: [
    {
      input: "source('raw', 'orders')",
      format: 'dict',
      rows: [{ id: 1n, at: null }],
      fixture: null,
    },
    { input: "ref('countries')", format: 'sql', rows: "select 'ES' as code", fixture: null },
  ],
  expect: { format: 'csv', rows: [{ id: '1' }], fixture: 'expected_orders' },
  overrides: { macros: { is_incremental: false }, vars: { rate: 0.21 }, envVars: { A: 'b' } },
  config: defaultConfig('unit'),
  schema: 'main',
  database: 'shop',
  checksum: 'def',
  dependsOn: {
    nodes: ['model.shop.orders', 'source.shop.raw.orders', 'seed.shop.countries'],
    macros: [],
  },
};

const source: SourceNode = {
  ...resource('source', 'raw.orders', 'models/sources.yml'),
  resourceType: 'source',
  name: 'orders',
  sourceName: 'raw',
  sourceDescription: 'As it came.',
  loader: 'csv',
  identifier: 'Orders "2024"',
  database: 'shop',
  schema: 'raw',
  columns: { id: column },
  loadedAtField: 'loaded_at',
  loadedAtQuery: null,
  freshness: { warnAfter: { count: 1, period: 'day' }, errorAfter: null, filter: null },
  config: { enabled: true },
  quoting: { identifier: true },
  dependsOn: { nodes: [] },
};

const exposure: ExposureNode = {
  ...resource('exposure', 'dashboard', 'models/exposures.yml'),
  resourceType: 'exposure',
  label: 'Dashboard',
  type: 'dashboard',
  maturity: 'high',
  url: 'https://example.com',
  owner: { name: null, email: 'me@example.com' },
  config: { enabled: true },
  refs: [{ package: 'shop', name: 'orders' }],
  sources: [],
  dependsOn: { nodes: ['model.shop.orders'] },
};

const analysis: GraphNode = {
  ...executable('analysis', 'revenue', 'analyses/revenue.sql'),
  resourceType: 'analysis',
  dependsOn: { nodes: ['model.shop.orders'], macros: [] },
};

const macro: MacroEntry = {
  uniqueId: 'macro.shop.money',
  name: 'money',
  packageName: 'shop',
  originalFilePath: 'macros/money.sql',
  macroSql: '{% macro money(x) %}{{ x }}{% endmacro %}',
  line: 1,
  description: 'As money.',
  meta: {},
  arguments: [{ name: 'x', type: null, description: '' }],
  dependsOn: { macros: [] },
};

const doc: DocBlock = {
  uniqueId: 'doc.shop.ratio',
  name: 'ratio',
  packageName: 'shop',
  originalFilePath: 'models/docs.md',
  contents: 'A share.',
};

const nodes: readonly GraphNode[] = [
  model,
  view,
  seed,
  genericTest('unique', 'id', 'model.shop.customers'),
  genericTest('not_null', 'id', 'model.shop.customers'),
  genericTest('not_null', 'name', 'model.shop.customers'),
  singular,
  unitTest,
  source,
  exposure,
  analysis,
];

export const manifest: Manifest = {
  projectName: 'shop',
  projectRoot: '.',
  adapterType: 'duckdb',
  nodes: new Map(nodes.map((node) => [node.uniqueId, node])),
  macros: new Map([[macro.uniqueId, macro]]),
  docs: new Map([[doc.name, doc]]),
  disabled: [
    {
      ...seed,
      uniqueId: 'seed.shop.old',
      name: 'old',
      config: { ...seed.config, enabled: false },
    },
    { ...unitTest, uniqueId: 'unit_test.shop.orders.old', name: 'old' },
  ],
  groups: [
    {
      uniqueId: 'group.shop.finance',
      name: 'finance',
      packageName: 'shop',
      path: 'groups.yml',
      originalFilePath: 'models/groups.yml',
      owner: { email: ['a@x.test'], slack: '#money' },
      description: null,
      config: { meta: { a: 1 } },
    },
  ],
  selectors: new Map([['nightly', { union: ['tag:nightly', { method: 'fqn', value: 'orders' }] }]]),
};

export const info: ArtifactInfo = {
  invocationId: '5a5f6d5e-0000-4000-8000-000000000000',
  generatedAt: new Date('2025-06-30T12:00:00Z'),
  startedAt: new Date('2025-06-30T11:59:00Z'),
  adapterType: 'duckdb',
  dbtVersion: '1.11.16',
  parents: (id) =>
    id === unitTest.uniqueId
      ? ['model.shop.orders']
      : (manifest.nodes.get(id)?.dependsOn.nodes ?? []),
  quote: (name) => `"${name.replaceAll('"', '""')}"`,
  compiled: new Map([
    [
      'model.shop.orders',
      { code: 'select 2', path: 'target/compiled/shop/models/gold/orders.sql' },
    ],
  ]),
  onRunStart: [{ sql: 'select 0', packageName: 'shop', index: 0 }],
  onRunEnd: [{ sql: 'select 9', packageName: 'shop', index: 0 }],
};
