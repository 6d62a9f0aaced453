import { describe, expect, test } from 'vitest';
import {
  columnHref,
  fromDbt,
  hrefOf,
  listHref,
  routeOf,
  searchHref,
} from '../../../src/docs/page/site/model/route.js';

describe('An address', () => {
  test.each([
    ['', { page: 'home' }],
    ['#/', { page: 'home' }],
    ['#/model/model.shop.orders', { page: 'node', id: 'model.shop.orders', section: null }],
    ['#/model/model.shop.orders/sql', { page: 'node', id: 'model.shop.orders', section: 'sql' }],
    ['#/column/model.shop.orders/id', { page: 'column', id: 'model.shop.orders', column: 'id' }],
    ['#/search?q=a%26b', { page: 'search', text: 'a&b' }],
    ['#/model', { page: 'unknown', address: '#/model' }],
    ['#/toString/x', { page: 'unknown', address: '#/toString/x' }],
  ])('%s is understood', (hash, route) => {
    expect(routeOf(hash)).toEqual(route);
  });

  test.each(['a/b?c#d', '100%', 'größe', '%41', '</script>'])('can hold the name %s', (name) => {
    const id = `model.shop.${name}`;
    expect(routeOf(hrefOf({ type: 'model', id }))).toMatchObject({ page: 'node', id });
    expect(routeOf(columnHref(id, name))).toMatchObject({ id, column: name });
    expect(routeOf(searchHref(name))).toMatchObject({ text: name });
    const list = routeOf(listHref('model', { tag: name, q: '' }));
    expect(list.page === 'list' && [...list.query]).toEqual([['tag', name]]);
  });
});

test.each([
  ['#!/overview', '#/'],
  ['#!/model/model.shop.orders', '#/model/model.shop.orders'],
  ['#!/source/source.shop.raw.orders#details', '#/source/source.shop.raw.orders%23details'],
  ['#!/source_list/raw', '#/list/source?q=raw.'],
  ['#!/model/model.shop.orders?g_v=1&g_i=%2Borders%2B', '#/lineage?focus=model.shop.orders'],
  ['#!/overview?g_v=1', '#/lineage'],
  ['#!/what/ever', '#/'],
  ['#/model/model.shop.orders', null],
])("dbt's address %s leads to %s", (hash, address) => {
  expect(fromDbt(hash)).toBe(address);
});
