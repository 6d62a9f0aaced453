import { expect, test } from 'vitest';
import { edgesOf, inOrder } from '../../src/graph/run-edges.js';
import type { Manifest } from '../../src/manifest/nodes.js';
import { smallShop } from './small-shop.js';

const shop = smallShop([
  { id: 'model.shop.later', needs: ['model.shop.clean'] },
  { id: 'model.shop.side', needs: ['seed.shop.raw'] },
  { id: 'model.shop.clean', needs: ['seed.shop.raw'] },
  { id: 'seed.shop.raw' },
  { id: 'test.shop.second', needs: ['model.shop.clean'] },
  { id: 'test.shop.first', needs: ['model.shop.clean'] },
  { id: 'unit_test.shop.clean', needs: ['model.shop.clean'], model: 'clean' },
]);

const order = (manifest: Manifest, gates: boolean): string[] =>
  inOrder(manifest, edgesOf(manifest, { gates })).map((node) => node.uniqueId);

test('Of the nodes that may run next, the one that stands first in the manifest does', () => {
  expect(order(shop, false)).toEqual([
    'seed.shop.raw',
    'model.shop.side',
    'model.shop.clean',
    'model.shop.later',
    'test.shop.second',
    'test.shop.first',
    'unit_test.shop.clean',
  ]);
});

test('With gates, what is below a model comes after its tests, and the model after its unit tests', () => {
  expect(order(shop, true)).toEqual([
    'seed.shop.raw',
    'model.shop.side',
    'unit_test.shop.clean',
    'model.shop.clean',
    'test.shop.second',
    'test.shop.first',
    'model.shop.later',
  ]);
});

test('A chain of thousands of models has an order', () => {
  const ids = Array.from({ length: 20_000 }, (_, n) => `model.shop.m${n}`).reverse();
  const chain = smallShop(ids.map((id, n) => ({ id, needs: ids.slice(n + 1, n + 2) })));
  expect(order(chain, false)).toEqual([...ids].reverse());
});
