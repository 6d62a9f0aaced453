/** Seeds of a project, from the file to the published table. */
import { afterEach, expect, test } from 'vitest';
import type { Shop } from '../helpers/shop.js';
import { add, refuses, smallShop, succeeds } from './support.js';

let shop: Shop;
afterEach(() => shop.remove());

test('A seed is built with its delimiter and its types, anew when they change, and tells what has no effect', () => {
  shop = smallShop();
  add(shop, 'seeds/codes.csv', 'id;code;price\n10000000000000000001;007;1.50\n');
  const configured = (type: string): string =>
    `seeds: [{name: codes, config: {delimiter: ";", column_types: {code: "${type}", CODE: date}}}]\n`;
  add(shop, 'seeds/codes.yml', configured('varchar(36)'));

  const first = succeeds(shop.run('build'));
  expect(first.all).toContain(
    'Warning: seeds/codes.csv: column_types names the column CODE, which the file does not have (names are exact: code).',
  );
  const ask = (): unknown =>
    JSON.parse(
      succeeds(
        shop.run(
          'query',
          'select id::text as id, code, typeof(price) as t from raw.codes',
          '--json',
        ),
      ).stdout,
    );
  expect(ask()).toEqual([{ id: '10000000000000000001', code: '007', t: 'DOUBLE' }]);

  add(shop, 'seeds/codes.yml', configured('smallint'));
  succeeds(shop.run('build'));
  expect(ask()).toEqual([{ id: '10000000000000000001', code: 7, t: 'DOUBLE' }]);

  add(shop, 'seeds/codes.yml', configured('varchr(3)'));
  refuses(shop, ['build'], {
    code: 1,
    says: [
      'ERROR codes (seeds/codes.csv)',
      'The seed codes gives its column code the type varchr(3), which DuckDB does not have',
      'Correct column_types of the seed',
    ],
  });
});
