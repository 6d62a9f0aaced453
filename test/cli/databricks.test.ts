/** What does not work on a warehouse yet is refused before anything is asked of one. */
import { afterAll, beforeAll, test } from 'vitest';
import type { Shop } from '../helpers/shop.js';
import { add, refused, smallShop } from './support.js';

let shop: Shop;
beforeAll(() => {
  shop = smallShop();
  add(
    shop,
    'profiles.yml',
    `small:
  target: warehouse
  outputs:
    warehouse:
      type: databricks
      host: warehouse.invalid
      http_path: /sql/1.0/warehouses/0
      token: not-a-token
      catalog: workspace
      schema: small
`,
  );
});
afterAll(() => shop.remove());

test.each([
  [['query', 'select 1']],
  [['show', '--select', 'apart']],
  [['export', 'apart', '--to', 'out']],
  [['builds', 'list']],
  [['builds', 'diff']],
  [['builds', 'rollback']],
  [['builds', 'prune']],
  [['customers', 'top']],
  [['sales', 'summary']],
  [['compile', '--inline', "{{ run_query('select 1') }}"]],
])('techstore %j names the target that has no file', (args) => {
  refused(shop.run(...args), {
    code: 2,
    says: ['This reads the file of a build', 'target warehouse of type databricks', '--target'],
  });
});
