import { describe, expect, it } from 'vitest';
import { ConfigTrees } from '../../src/project/config-tree.js';
import { parseYaml } from '../../src/project/yaml-document.js';

const trees = (yaml: string) => new ConfigTrees(parseYaml(yaml, 'dbt_project.yml'));
const yaml = `
models:
  +materialized: view
  shop:
    enabled: true
    +tags: [all]
    +pre_hook: "select 1"
    silver:
      +materialized: table
      +meta: {owner: platform}
      post-hook: "select 2"
      silver_orders:
        +materialized: incremental
      meta:
        owner: nobody
    sales.eu:
      +alias: eu
data_tests:
  +severity: warn
`;
const entries = (kind: 'model' | 'test' | 'analysis' | 'seed', ...fqn: string[]) =>
  trees(yaml)
    .configFor(kind, fqn)
    .map(({ key, value, depth }) => [depth, key, value]);

describe('configFor', () => {
  it('gives levels from the root to the resource, so that the deepest wins', () => {
    expect(entries('model', 'shop', 'silver', 'silver_orders')).toEqual([
      [0, 'materialized', 'view'],
      [1, 'enabled', true],
      [1, 'tags', ['all']],
      [1, 'pre-hook', 'select 1'],
      [2, 'materialized', 'table'],
      [2, 'meta', { owner: 'platform' }],
      [2, 'post-hook', 'select 2'],
      [3, 'materialized', 'incremental'],
    ]);
  });
  it('stops where the tree does', () => {
    expect(entries('model', 'shop', 'gold', 'silver_orders').map(([depth]) => depth)).toEqual([
      0, 1, 1, 1,
    ]);
  });
  it('takes only the root for another package', () => {
    expect(entries('model', 'dbt', 'silver')).toEqual([[0, 'materialized', 'view']]);
  });
  it('takes a plain key with a map for a folder, even where it is named meta', () => {
    expect(entries('model', 'shop', 'silver', 'meta').at(-1)).toEqual([3, 'owner', 'nobody']);
  });
  it('finds folders with a dot in their name', () => {
    expect(entries('model', 'shop', 'sales.eu').at(-1)).toEqual([2, 'alias', 'eu']);
  });
  it('configures analyses as models', () => {
    expect(entries('analysis', 'shop')).toHaveLength(4);
  });
  it('knows data tests by both names', () => {
    expect(entries('test', 'shop', 'any')).toEqual([[0, 'severity', 'warn']]);
    expect(trees('tests: {+severity: warn}').configFor('test', ['shop'])).toHaveLength(1);
  });
  it('gives nothing for a kind without a tree', () => {
    expect(entries('seed', 'shop')).toEqual([]);
  });
  it('gives places', () => {
    const [first] = trees(yaml).configFor('model', ['shop']);
    expect(first?.place).toEqual({ file: 'dbt_project.yml', line: 3, column: 18 });
  });
  it('is not led astray by names of JavaScript', () => {
    expect(entries('model', 'constructor', '__proto__')).toHaveLength(1);
  });
});

describe('unusedPaths', () => {
  it('names folders that hold no resource', () => {
    const used = [{ kind: 'model' as const, fqn: ['shop', 'silver', 'silver_orders'] }];
    const warnings = trees(yaml).unusedPaths(used);
    expect(warnings.map(({ message, place }) => [message, place.line])).toEqual([
      ['models.shop.sales.eu applies to no resource', 16],
    ]);
  });
});
