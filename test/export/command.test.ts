/** `techstore export` as a program: what it writes, and what it leaves alone. */
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Shop } from '../helpers/shop.js';
import { built, refused, smallShop, start, succeeds } from '../cli/support.js';

let shop: Shop;
beforeAll(() => {
  shop = built(
    smallShop({
      'models/seen.sql':
        "{{ config(materialized='view', tags=['shown']) }}\nselect id from {{ ref('clean') }}\n",
      'models/slow.sql':
        "{{ config(materialized='view') }}\nselect range from range(1000000000000)\n",
      // Reading it fails at its last row, when a part of the file is written.
      'models/late.sql':
        "{{ config(materialized='view') }}\nselect case when range < 400000 then 'x' else error('too late') end as x from range(400001)\n",
    }),
  );
}, 60_000);
afterAll(() => shop.remove());

test('Models are written by name, and views as well', () => {
  const done = succeeds(shop.run('export', 'clean', 'seen', '--to', 'out/deep', '--as', 'csv'));
  expect(done.stdout).toMatch(
    /^out\/deep\/clean\.csv +3 rows +\d+ bytes\nout\/deep\/seen\.csv +3 rows +\d+ bytes\n$/,
  );
  expect(shop.read('out/deep/clean.csv')).toBe(
    'id,name,born,spent\r\n1,Ada,1815-12-10,12.50\r\n2,Grace,1906-12-09,7.25\r\n3,Edsger,1930-05-11,0.00\r\n',
  );
});

test('--select takes the words of dbt, and without any name all models are written', () => {
  succeeds(shop.run('export', '--select', 'tag:shown', '--to', 'chosen', '--as', 'ndjson'));
  expect(readdirSync(shop.path('chosen'))).toEqual(['seen.ndjson']);
  const files = JSON.parse(
    succeeds(shop.run('export', '--exclude', 'late', 'slow', '--to', 'all', '--json')).stdout,
  ) as { name: string; rows: number }[];
  expect(files.map(({ name, rows }) => `${name} ${rows}`)).toEqual([
    'apart 1',
    'clean 3',
    'seen 3',
    'spenders 2',
  ]);
});

test('What is there is left alone, all of it, unless --force replaces it', () => {
  mkdirSync(shop.path('kept'));
  writeFileSync(shop.path('kept/clean.csv'), 'mine');
  const args = ['export', 'apart', 'clean', '--to', 'kept', '--as', 'csv'];
  refused(shop.run(...args), { code: 2, says: ['kept/clean.csv exists already', '--force'] });
  expect(readdirSync(shop.path('kept'))).toEqual(['clean.csv']);
  expect(shop.read('kept/clean.csv')).toBe('mine');
  succeeds(shop.run(...args, '--force'));
  expect(shop.read('kept/apart.csv')).toBe('answer\r\n42\r\n');
});

test('A failure half way leaves neither a half file nor the whole ones before it', () => {
  refused(shop.run('export', 'clean', 'late', '--to', 'failed', '--as', 'csv'), {
    code: 2,
    says: ['too late'],
  });
  expect(readdirSync(shop.path('failed'))).toEqual([]);
});

test('Ctrl-C ends it with 130, and leaves nothing', async () => {
  const running = start(shop, 'export', 'clean', 'slow', '--to', 'stopped', '--as', 'csv');
  const parts = (): string[] =>
    existsSync(shop.path('stopped')) ? readdirSync(shop.path('stopped')) : [];
  while (!parts().some((name) => name.includes('slow'))) await setTimeout(20);
  running.signal('SIGINT');
  expect((await running.ended).code).toBe(130);
  expect(parts()).toEqual([]);
}, 30_000);

test('What is wrong is said with the valid choices', () => {
  const says = (args: readonly string[], ...texts: (string | RegExp)[]): void =>
    refused(shop.run('export', ...args), { code: 2, says: texts });
  says(['claen', '--to', 'x'], "Did you mean 'clean'?", 'It has: apart, clean');
  says(['tag:shown', '--to', 'x'], '--select');
  says(['--select', 'tag:shwon', '--to', 'x'], 'shwon');
  says(['clean', '--to', 'x', '--as', 'xml'], 'parquet, csv, ndjson');
  says(['clean'], '--to');
  says(
    ['clean', '--to', 'x', '--for-spreadsheet'],
    '--for-spreadsheet applies to CSV only',
    '--as csv',
  );
  says(['clean', '--to', 'x', '--build', 'nope'], 'nope', 'builds list');
  says(['clean', '--to', 'dbt_project.yml'], 'dbt_project.yml');
  mkdirSync(shop.path('taken/clean.csv'), { recursive: true });
  says(['clean', '--to', 'taken', '--as', 'csv', '--force'], 'is a folder');
  symlinkSync('/proc', shop.path('nowhere'));
  says(['clean', '--to', 'nowhere/x'], 'nowhere/x');
  expect(readdirSync(shop.dir)).not.toContain('x');
});
