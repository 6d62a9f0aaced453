/**
 * Every column of every model against fixtures/lineage/shop-columns.json, which was
 * written by reading the SQL of the models and their macros.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { nodeLineage, type ColumnLineage } from '../../src/lineage/index.js';
import { root } from '../helpers/shop.js';
import { loaded, tableIds, traced } from './shop.js';

const expected = JSON.parse(
  readFileSync(join(root, 'fixtures/lineage/shop-columns.json'), 'utf8'),
) as Record<string, Record<string, string[]>>;

const at = loaded();
const names = new Map(
  nodeLineage(at.project.manifest, at.graph, tableIds(at.project)).nodes.map((node) => [
    node.id,
    node.name,
  ]),
);
let columns: ColumnLineage;

beforeAll(async () => {
  columns = await traced(at);
}, 120_000);

function sourcesOf(model: string): Record<string, string[] | null> {
  const own = columns.columns.filter(({ node }) => node === `model.techstore.${model}`);
  return Object.fromEntries(
    own.map(({ column, sources }) => [
      column,
      sources
        ?.map(({ node, column: from, how }) => `${names.get(node)}.${from} ${how ?? 'unknown'}`)
        .sort() ?? null,
    ]),
  );
}

test('The table written by hand has every model', () => {
  const models = [...at.project.manifest.nodes.values()]
    .filter(({ resourceType }) => resourceType === 'model')
    .map(({ name }) => name);
  expect(Object.keys(expected).sort()).toEqual(models.sort());
});

test('Nothing is left unknown', () => {
  expect(columns.gaps).toEqual({});
});

test.each(Object.keys(expected))('Each column of %s is made of what its SQL says', (model) => {
  expect(sourcesOf(model)).toEqual(expected[model]);
});

test('The columns of a source are those of the seed that stands for it', () => {
  const own = columns.columns.filter(({ node }) => node === 'source.techstore.techstore.orders');
  expect(own.find(({ column }) => column === 'total_amount')?.sources).toEqual([
    { node: 'seed.techstore.orders', column: 'total_amount', how: 'direct' },
  ]);
});
