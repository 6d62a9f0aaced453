/** The columns that tell rows apart, by what a project says of its tables. */
import { expect, test } from 'vitest';
import { rowKeys } from '../../src/diff/row-keys.js';
import { load } from '../../src/cli/load.js';
import { smallShop } from '../cli/support.js';

const silent = (): void => undefined;
const log = { info: silent, warn: silent, debug: silent };

test('The best comes first, and a test of some of the rows says nothing', () => {
  const table = "{{ config(materialized='table') }}\nselect 1 as a, 2 as b, 3 as c\n";
  const shop = smallShop({
    'models/tested.sql': table,
    'models/partly.sql': table,
    'models/declared.sql': table,
    'models/upserted.sql':
      "{{ config(materialized='table', unique_key=['a', 'b']) }}\nselect 1 as a, 2 as b\n",
    'models/keys.yml': `models:
  - name: tested
    columns:
      - {name: a, data_tests: [unique]}
      - {name: b, data_tests: [unique, not_null]}
  - name: partly
    columns:
      - name: a
        data_tests:
          - not_null
          - unique: {config: {where: "c > 1"}}
  - name: declared
    columns:
      - {name: a, data_tests: [unique, not_null]}
      - {name: c, data_type: int, constraints: [{type: primary_key}]}
`,
  });
  const { manifest } = load('list', { projectDir: shop.dir }, log);
  const keys = (name: string) => rowKeys(manifest, `model.small.${name}`);
  expect(keys('tested')).toEqual([['b'], ['a']]);
  expect(keys('partly')).toEqual([]);
  expect(keys('declared')).toEqual([['c'], ['a']]);
  expect(keys('upserted')).toEqual([['a', 'b']]);
  expect(keys('nothing')).toEqual([]);
  shop.remove();
});
