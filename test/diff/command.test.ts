/** `techstore builds diff` as a program, on two builds of a small project. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Shop } from '../helpers/shop.js';
import { built, refused, smallShop, succeeds } from '../cli/support.js';

let shop: Shop;

beforeAll(() => {
  shop = built(
    smallShop({
      'models/seen.sql': "{{ config(materialized='view') }}\nselect id from {{ ref('clean') }}\n",
    }),
  );
  shop.edit('seeds/people.csv', '2,Grace,1906-12-09,7.25', '2,Grace,1906-12-09,8.00');
  shop.edit(
    'seeds/people.csv',
    '3,Edsger,1930-05-11,0.00',
    '4,\u001b[31mEve\u001b[0m,,12345678.56',
  );
  shop.edit('models/apart.sql', '42 as answer', "42 as answer, 'x' as word");
  shop.write('models/fresh.sql', "{{ config(materialized='table') }}\nselect 1 as one\n");
  built(shop);
}, 120_000);
afterAll(() => shop.remove());

interface Diff {
  readonly tables: readonly {
    readonly table: string;
    readonly status: string;
    readonly key: readonly string[] | null;
    readonly rows: Record<string, number | null>;
    readonly columns: { readonly added: readonly unknown[] };
    readonly samples: Record<'added' | 'removed' | 'changed', readonly unknown[]>;
  }[];
}

test('Without a name, what is published is compared with the build before', () => {
  const diff = JSON.parse(succeeds(shop.run('builds', 'diff', '--json')).stdout) as Diff;
  const by = Object.fromEntries(diff.tables.map((table) => [table.table, table]));
  expect(by['clean']).toMatchObject({
    status: 'changed',
    key: ['id'],
    rows: { from: 3, to: 3, added: 1, removed: 1, changed: 1 },
    samples: {
      changed: [{ key: { id: 2 }, columns: { spent: { from: 7.25, to: 8 } } }],
      removed: [{ id: 3, name: 'Edsger', born: '1930-05-11', spent: 0 }],
      added: [{ id: 4, born: null, spent: 12345678.56 }],
    },
  });
  expect(by['apart']).toMatchObject({
    status: 'changed',
    columns: { added: [{ name: 'word', type: 'VARCHAR' }] },
    rows: { added: 0, removed: 0, changed: 0 },
  });
  expect(by['fresh']).toMatchObject({ status: 'added', rows: { from: null, to: 1 } });
  // A view is read in its own build, not in the other one.
  expect(by['seen']).toMatchObject({ rows: { from: 3, to: 3, added: 1, removed: 1 } });
});

test('In a terminal it names tables, columns and rows, and shows no escape sequence of the data', () => {
  const done = succeeds(shop.run('builds', 'diff', 'previous'));
  expect(done.stdout).toContain('~ clean: 3 rows; 1 added, 1 removed, 1 changed (by id)');
  expect(done.stdout).toContain('~ id=2: spent 7.25 → 8.00');
  expect(done.stdout).toContain('+ column word VARCHAR');
  expect(done.stdout).toContain('+ fresh: new, 1 row');
  // eslint-disable-next-line no-control-regex -- what must not be there
  expect(done.stdout).not.toMatch(/\x1b/);
});

test('The other way round, what was added is removed', () => {
  const done = succeeds(
    shop.run('builds', 'diff', 'published', 'previous', '--table', 'fresh', '--csv'),
  );
  expect(done.stdout.split('\r\n')[1]).toBe('fresh,removed,1,,0,1,0,0,0,0,');
});

test('--fail-on-change ends with 1 where anything differs, and with 0 where nothing does', () => {
  expect(shop.run('builds', 'diff', '--select', 'clean', '--fail-on-change').code).toBe(1);
  expect(shop.run('builds', 'diff', '--select', 'fresh', '--table', 'fresh').code).toBe(0);
});

test('A project with a fault is no reason not to compare', () => {
  const model = shop.read('models/clean.sql');
  shop.write('models/clean.sql', '{{ nothing');
  const done = succeeds(shop.run('builds', 'diff', '--table', 'clean'));
  shop.write('models/clean.sql', model);
  expect(done.stderr).toContain('whole rows are compared');
  expect(done.stdout).toContain('2 added, 2 removed (whole rows)');
});

test('What is wrong is said with the valid choices', () => {
  refused(shop.run('builds', 'diff', 'published', 'published'), {
    code: 2,
    says: ['Both names refer to build'],
  });
  refused(shop.run('builds', 'diff', '1999'), {
    code: 2,
    says: ['There is no build 1999', 'builds list'],
  });
  refused(shop.run('builds', 'diff', '--table', 'claen'), {
    code: 2,
    says: ["Did you mean 'clean'?"],
  });
  refused(shop.run('builds', 'diff', 'a', 'b', 'c'), { code: 2, says: ['Only two builds'] });
});
