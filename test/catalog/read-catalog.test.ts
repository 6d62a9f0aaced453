import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogJson } from '../../src/artifacts/index.js';
import { openBuild } from '../../src/builds/index.js';
import { readCatalog } from '../../src/catalog/read-catalog.js';
import type { Catalog, CatalogTable } from '../../src/manifest/catalog.js';
import { info } from '../artifacts/every-kind.js';
import { faultsBy } from '../artifacts/schemas.js';
import { SmallProject } from '../helpers/small-project.js';
import { runWarm } from '../helpers/warm-program.js';
import { bareEnvironment } from '../helpers/shop.js';

const project = new SmallProject({
  'seeds/raw_orders.csv': 'id,day\n1,2024-01-31\n2,2024-02-29\n',
  'seeds/seeds.yml': `
seeds:
  - name: raw_orders
    config: {schema: raw}
`,
  'models/sources.yml': `
sources:
  - name: raw
    schema: dev_raw
    tables:
      - name: raw_orders
      - name: never_loaded
`,
  'models/models.yml': `
models:
  - name: orders
    description: It's "ours".
    config: {persist_docs: {relation: true, columns: true}}
    columns:
      - {name: id, description: Number of the order.}
      - name: amount
        data_tests:
          - not_null:
              config: {store_failures: true, severity: warn}
`,
  'models/orders.sql': `{{ config(materialized='table', alias='Or "ders"') }}
    select id, day, cast(nullif(id, 2) as decimal(10, 2)) as amount, {'a': [id]} as nested
    from {{ source('raw', 'raw_orders') }}`,
  // As an incremental model deletes: rows that are gone must not be counted.
  'models/kept.sql': `{{ config(materialized='table', post_hook='delete from {{ this }} where i >= 5') }}
    select range as i from range(150000)`,
  'models/seen.sql': `{{ config(materialized='view') }} select * from {{ ref('kept') }}`,
  'models/inlined.sql': `{{ config(materialized='ephemeral') }} select 1 as one`,
  'models/elsewhere.sql': `{{ config(materialized='table', schema='gold') }} select null::date as nothing where false`,
});

let catalog: Catalog;

beforeAll(async () => {
  const built = runWarm({ args: ['build'], cwd: project.dir, env: bareEnvironment() });
  expect(built.stdout + built.stderr, 'the build').toContain('1 warned');
  const { profile, manifest } = project.load();
  const open = await openBuild(profile, undefined, { onNotice: () => undefined });
  try {
    catalog = await readCatalog(open, manifest);
  } finally {
    await open.close();
  }
});
afterAll(() => project.remove());

function table(id: string): CatalogTable {
  const found = catalog.nodes.get(id) ?? catalog.sources.get(id);
  if (found === undefined) throw new Error(`no ${id} in ${[...catalog.nodes.keys()].join(', ')}`);
  return found;
}

function stat(id: string, name: string): unknown {
  return table(id).stats.find((one) => one.id === name)?.value;
}

describe('a catalog of a build', () => {
  it('has the tables that exist, and no others', () => {
    expect([...catalog.nodes.keys()].filter((id) => !id.startsWith('test.')).sort()).toEqual([
      'model.shop.elsewhere',
      'model.shop.kept',
      'model.shop.orders',
      'model.shop.seen',
      'seed.shop.raw_orders',
    ]);
    expect([...catalog.sources.keys()]).toEqual(['source.shop.raw.raw_orders']);
    expect(catalog.errors).toEqual([]);
  });

  it('has stored rows of tests, as dbt has', () => {
    const [id] = [...catalog.nodes.keys()].filter((one) => one.startsWith('test.'));
    expect(stat(id ?? '', 'num_rows')).toBe(1);
    expect(table(id ?? '').schema).toBe('dev_dbt_test__audit');
  });

  it('has types and places of columns as the database writes them, and comments', () => {
    expect(table('model.shop.orders')).toMatchObject({
      database: 'shop',
      schema: 'dev',
      name: 'Or "ders"',
      type: 'BASE TABLE',
      comment: `It's "ours".`,
      owner: null,
      columns: [
        { name: 'id', type: 'INTEGER', index: 1, comment: 'Number of the order.' },
        { name: 'day', type: 'DATE', index: 2, comment: null },
        { name: 'amount', type: 'DECIMAL(10,2)', index: 3, comment: null },
        { name: 'nested', type: 'STRUCT(a INTEGER[])', index: 4, comment: null },
      ],
    });
  });

  it('counts rows, those alone that are still there', () => {
    expect(stat('model.shop.kept', 'num_rows')).toBe(5);
    expect(stat('model.shop.orders', 'num_rows')).toBe(2);
    expect(stat('source.shop.raw.raw_orders', 'num_rows')).toBe(2);
    expect(stat('model.shop.elsewhere', 'num_rows')).toBe(0);
  });

  it('tells the size in whole blocks, and of an empty table that it takes none', () => {
    expect(stat('model.shop.elsewhere', 'bytes')).toBe(0);
    const bytes = stat('seed.shop.raw_orders', 'bytes') as number;
    expect(bytes).toBeGreaterThan(0);
    expect(bytes % 262144).toBe(0);
    // DuckDB can't be asked for the blocks of a name with a quote in it.
    expect(stat('model.shop.orders', 'bytes')).toBeUndefined();
  });

  it('runs no view to count it', () => {
    expect(table('model.shop.seen')).toMatchObject({ type: 'VIEW', stats: [] });
    expect(table('model.shop.seen').columns.map(({ name, type }) => [name, type])).toEqual([
      ['i', 'BIGINT'],
    ]);
  });

  it('is valid by the schema that dbt publishes', () => {
    expect(faultsBy('catalog-v1')(catalogJson(catalog, info))).toEqual([]);
  });
});
