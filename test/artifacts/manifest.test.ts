import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { manifestJson } from '../../src/artifacts/index.js';
import { load, type LoadedProject } from '../../src/cli/load.js';
import { silentLogger } from '../../src/dbt/logger.js';
import { select } from '../../src/graph/index.js';
import { info, manifest } from './every-kind.js';
import { faultsBy } from './schemas.js';

const faults = faultsBy('manifest-v12');

type Json = Record<string, unknown>;
interface Artifact {
  readonly metadata: Json;
  readonly nodes: Record<string, Json>;
  readonly sources: Record<string, Json>;
  readonly unit_tests: Record<string, Json>;
  readonly docs: Record<string, Json>;
  readonly selectors: Json;
  readonly disabled: Record<string, Json[]>;
  readonly parent_map: Record<string, string[]>;
  readonly child_map: Record<string, string[]>;
}

/** As a reader of the file gets it. */
function asRead(json: object): Artifact {
  return JSON.parse(JSON.stringify(json)) as Artifact;
}

describe('a manifest with every kind of node', () => {
  const json = asRead(manifestJson(manifest, info));

  it("is valid by dbt's schema", () => {
    expect(faults(json)).toEqual([]);
  });

  it('is checked by a schema that does refuse', () => {
    expect(faults({ ...json, nodes: { x: { name: 'x' } } })).not.toEqual([]);
    expect(faults({ ...json, extra: 1 })).not.toEqual([]);
  });

  it('names itself', () => {
    expect(json.metadata).toMatchObject({
      dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json',
      dbt_version: '1.11.16',
      generated_at: '2025-06-30T12:00:00.000Z',
      invocation_started_at: '2025-06-30T11:59:00.000Z',
      project_name: 'shop',
      adapter_type: 'duckdb',
    });
  });

  it('tells all of a model', () => {
    expect(json.nodes['model.shop.orders']).toMatchObject({
      checksum: { name: 'sha256', checksum: 'abc' },
      patch_path: 'shop://models/gold/gold.yml',
      relation_name: '"shop"."main"."orders"',
      compiled: true,
      compiled_code: 'select 2',
      compiled_path: 'target/compiled/shop/models/gold/orders.sql',
      refs: [{ name: 'countries', package: null, version: null }],
      sources: [['raw', 'orders']],
      primary_key: ['id'],
      contract: { enforced: true },
      config: {
        materialized: 'table',
        access: 'protected',
        indexes: [{ columns: ['id'] }],
        'pre-hook': [{ sql: 'select 1', transaction: true }],
      },
      columns: { id: { data_type: 'bigint', constraints: [{ type: 'not_null' }] } },
      constraints: [
        { type: 'primary_key', columns: ['id'] },
        { type: 'check', name: 'positive', expression: 'id > 0' },
      ],
    });
  });

  it('leaves out what only another kind has', () => {
    const model = json.nodes['model.shop.orders']?.['config'] as Json;
    const test = json.nodes['test.shop.adds_up']?.['config'] as Json;
    expect(model).not.toHaveProperty('severity');
    expect(model).not.toHaveProperty('delimiter');
    expect(test).not.toHaveProperty('contract');
    expect(test).toMatchObject({
      severity: 'warn',
      store_failures: true,
      store_failures_as: 'table',
      limit: 10,
    });
  });

  it('names relations only of what has one', () => {
    expect(json.nodes['model.shop.customers']?.['relation_name']).toBeNull();
    expect(json.nodes['analysis.shop.revenue']?.['relation_name']).toBeNull();
    expect(json.nodes['test.shop.adds_up']?.['relation_name']).toBe('"shop"."main"."adds_up"');
    expect(json.sources['source.shop.raw.orders']?.['relation_name']).toBe(
      '"shop"."raw"."Orders ""2024"""',
    );
  });

  it('infers a primary key from tests', () => {
    expect(json.nodes['model.shop.customers']?.['primary_key']).toEqual(['id']);
  });

  it('keeps wide integers exact', () => {
    const columns = json.nodes['model.shop.orders']?.['columns'] as Record<string, Json>;
    expect(columns['id']?.['meta']).toEqual({ big: '1152921504606846976' });
  });

  it('hangs a unit test on its model alone', () => {
    const id = 'unit_test.shop.orders.counts';
    expect(json.unit_tests[id]?.['depends_on']).toEqual({
      macros: [],
      nodes: ['model.shop.orders'],
    });
    expect(json.parent_map[id]).toEqual(['model.shop.orders']);
  });

  it('knows every relative of every node', () => {
    expect(json.child_map['model.shop.orders']).toEqual([
      'analysis.shop.revenue',
      'exposure.shop.dashboard',
      'test.shop.adds_up',
      'unit_test.shop.orders.counts',
    ]);
    expect(json.parent_map['model.shop.orders']).toEqual([
      'seed.shop.countries',
      'source.shop.raw.orders',
    ]);
    expect(json.child_map['exposure.shop.dashboard']).toEqual([]);
    expect(Object.keys(json.parent_map).sort()).toEqual(Object.keys(json.child_map).sort());
  });

  it('keeps operations, documentation, selectors and what is disabled', () => {
    expect(json.nodes['operation.shop.shop-on-run-start-0']).toMatchObject({
      raw_code: 'select 0',
      tags: ['on-run-start'],
      index: 0,
    });
    expect(json.docs['doc.shop.ratio']).toMatchObject({ path: 'docs.md' });
    expect(json.selectors).toHaveProperty('nightly');
    expect(Object.keys(json.disabled)).toEqual(['seed.shop.old', 'unit_test.shop.orders.old']);
  });
});

describe("this repository's project", () => {
  let project: LoadedProject;
  let json: Artifact;

  beforeAll(() => {
    const projectDir = fileURLToPath(new URL('../..', import.meta.url));
    project = load('parse', { projectDir }, silentLogger);
    json = asRead(
      manifestJson(project.manifest, {
        invocationId: project.session.invocationId,
        generatedAt: new Date(),
        adapterType: 'duckdb',
        dbtVersion: '1.11.16',
        parents: (id) => project.graph.parents(id),
        quote: project.session.quote,
      }),
    );
  });

  it("is valid by dbt's schema", () => {
    expect(Object.keys(json.nodes).length).toBeGreaterThan(50);
    expect(faults(json)).toEqual([]);
  });

  it('is unmodified against its own artifact', () => {
    const { ids } = select(project.graph, project.manifest, {
      select: ['state:modified', 'state:new'],
      state: { manifest: json },
    });
    expect([...ids]).toEqual([]);
  });
});
