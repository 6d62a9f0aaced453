import { expect, test } from 'vitest';
import { Search } from '../../../src/docs/page/site/model/search.js';
import type { SiteNode } from '../../../src/docs/page/site/site-data.js';

function node(name: string, more: Partial<SiteNode> = {}): SiteNode {
  return {
    id: `model.shop.${name}`,
    type: 'model',
    name,
    package: 'shop',
    path: `models/${name}.sql`,
    layer: 'gold',
    tags: [],
    description: '',
    parents: [],
    ...more,
  };
}

const column = { type: null, description: 'What a basket holds.', sources: null };
const nodes = [
  node('orders', { columns: [{ ...column, name: 'total_amount' }], tags: ['nightly'] }),
  node('orders_by_day', { description: 'Everything that was sold.', raw: 'select date_trunc(x)' }),
  node('customers', { owner: 'Ada' }),
  node('not_null_orders_id', { id: 'test.shop.a', type: 'test' }),
];

async function found(text: string): Promise<string[]> {
  const search = new Search(nodes);
  await search.ready;
  return search.find(text).hits.map((hit) => hit.node.name);
}

test.each([
  ['orders', 'orders'],
  ['ord da', 'orders_by_day'],
  ['total_amount', 'orders'],
  ['basket', 'orders'],
  ['nightly', 'orders'],
  ['DATE_TRUNC', 'orders_by_day'],
  ['sold', 'orders_by_day'],
  ['ada', 'customers'],
  ['custmers', 'customers'],
])('%s finds %s first', async (text, name) => {
  expect((await found(text))[0]).toBe(name);
});

test('A test comes after the model of the same words', async () => {
  expect((await found('orders')).at(-1)).toBe('not_null_orders_id');
});

test.each(['', ' ', '__', 'constructor', 'nothing like it'])('%s finds nothing', async (text) => {
  expect(await found(text)).toEqual([]);
});

test('A hit says which columns and which line hold the words', async () => {
  const search = new Search(nodes);
  await search.ready;
  const [hit] = search.find('basket amount').hits;
  expect(hit?.columns).toEqual(['total_amount']);
  expect(hit?.line).toBe('What a basket holds.');
});
