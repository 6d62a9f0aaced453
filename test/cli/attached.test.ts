/** SQL that names tables of a database that the profile attaches. */
import { afterEach, expect, test } from 'vitest';
import { openDuckDB } from '../../src/engine/duckdb/index.js';
import type { Shop } from '../helpers/shop.js';
import { add, smallShop, succeeds } from './support.js';

let shop: Shop;
afterEach(() => shop.remove());

async function inOther(sql: string): Promise<readonly unknown[]> {
  const engine = await openDuckDB({ path: shop.path('other.duckdb'), catalog: 'other' });
  try {
    return (await (await engine.connect()).query(sql)).rows;
  } finally {
    await engine.close();
  }
}

test('is built, though what it reads is not known before, and may be written where a model says so', async () => {
  shop = smallShop({
    'profiles.yml':
      'small: {target: dev, outputs: {dev: {type: duckdb, path: techstore.duckdb, attach: [{path: other.duckdb, alias: other}]}}}\n',
    'models/read.sql': "{{ config(materialized='table') }} select a + 1 as a from other.main.t",
  });
  await inOther('create table t as select 1 as a');
  expect(succeeds(shop.run('plan', '--select', 'read')).stdout).not.toContain('Binder Error');
  succeeds(shop.run('build'));
  expect(succeeds(shop.run('query', 'from read', '--csv')).stdout).toBe('a\r\n2\r\n');

  add(
    shop,
    'models/written.sql',
    "{{ config(materialized='table', database='other', schema='main') }} select a + 2 as a from {{ ref('read') }}",
  );
  succeeds(shop.run('build'));
  expect(await inOther('select t.a, w.a from t, written as w')).toEqual([[1, 4]]);
});
