/** What a warehouse can't do is refused before anything is asked of one. */
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

test.each(['build', 'plan'])('%s: files of sources are for a database in a file', (command) => {
  refused(shop.run(command, '--sources', '.'), {
    code: 2,
    says: ['--sources works only with targets of type duckdb', 'tables of the catalog'],
  });
});
