/** Files of sources as shops really send them: what is wrong is named, what is only unusual is read. */
import { cpSync, rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Shop } from '../helpers/shop.js';
import { add, built, copyOf, refuses, smallShop, succeeds } from './support.js';

const people = 'id,name,born,spent\n1,Ada,1815-12-10,12.50\n2,Grace,1906-12-09,7.25\n';

let shop: Shop;
afterEach(() => shop.remove());

describe('Files of the shop', () => {
  let published: Shop;
  beforeAll(() => {
    published = built(new Shop());
  });
  afterAll(() => published.remove());
  beforeEach(() => {
    shop = copyOf(published);
  });

  test('with a wrong type in line 4,711, and one without its column, are told in one list', () => {
    const lines = shop.read('seeds/order_items.csv').split('\n');
    const fields = (lines[4710] ?? '').split(',');
    fields[(lines[0] ?? '').split(',').indexOf('quantity')] = 'two';
    lines[4710] = fields.join(',');
    shop.write('seeds/order_items.csv', lines.join('\n'));
    shop.edit('seeds/orders.csv', /^id,/, 'ID,');

    refuses(shop, ['build'], {
      code: 2,
      says: [
        'order_items.csv:4711: column quantity: "two" is not a BIGINT',
        'orders.csv:1: column ID: is not a column of the table (names are exact: id)',
        'orders.csv:1: column id: is missing',
        'in seeds',
        /What to do: /,
      ],
    });
  });

  test('of which one is missing in a folder of sources are refused, and the folder is named', () => {
    cpSync(shop.path('seeds'), shop.path('export'), { recursive: true });
    rmSync(shop.path('export', 'reviews.csv'));
    refuses(shop, ['build', '--sources', 'export'], {
      code: 2,
      says: ['reviews.csv: the file is missing, and so is reviews.parquet', 'in export'],
    });
  });

  test('of which one is missing as a seed are refused: nothing makes that source', () => {
    rmSync(shop.path('seeds', 'reviews.csv'));
    refuses(shop, ['build'], { code: 2, says: ['reviews', /What to do: /] });
  });
});

describe('A small file', () => {
  let published: Shop;
  beforeAll(() => {
    published = built();
  });
  afterAll(() => published.remove());
  beforeEach(() => {
    shop = copyOf(published);
  });
  const build = ['build', '--sources', 'export'];

  test.each([
    [
      'with a quote that is never closed',
      people + '3,"Edsger,1930-05-11,0.00\n',
      [/people\.csv:4: .*quote/],
    ],
    [
      'that lacks a column',
      people.replace(/,born/, '').replace(/,\d{4}-\d\d-\d\d/g, ''),
      [/people\.csv:1: .*born/],
    ],
    [
      'with a header that names a column twice',
      people.replace('id,name,', 'id,id,'),
      [/people\.csv:1: .*\bid\b.*(twice|more than once|again)/],
    ],
    ['without a byte', '', [/people\.csv.*(empty|header)/]],
    [
      'in Latin-1',
      Buffer.concat([Buffer.from(people), Buffer.from('3,Zo\u00eb,1990-01-01,1.00\n', 'latin1')]),
      [/people\.csv:4: column name: "Zo\\xEB" is not .*UTF-8/],
    ],
    ['in UTF-16', Buffer.from(`\ufeff${people}`, 'utf16le'), [/people\.csv:1: .*UTF-16/]],
    [
      'with an escape sequence in a wrong value',
      people + '3,Edsger,\u001b[2J\u001b[31m,1.00\n',
      ['people.csv:4: column born: "\\x1B[2J\\x1B[31m" is not a DATE'],
    ],
  ] as const)('%s is refused', (_name, content, says) => {
    add(shop, 'export/people.csv', content);
    refuses(shop, build, { code: 2, says: [...says, 'in export'] });
  });

  test('with more than ten faults shows ten and counts the rest', () => {
    const bad = Array.from({ length: 42 }, (_, i) => `x${i},A,1990-01-01,1.00\n`).join('');
    add(shop, 'export/people.csv', `id,name,born,spent\n${bad}`);
    const done = refuses(shop, build, { code: 2, says: ['… and 32 more errors'] });
    expect(done.stderr.match(/people\.csv:\d+/g)).toHaveLength(10);
  });

  test('that is a Parquet file in name alone is refused', () => {
    add(shop, 'export/people.parquet', people);
    refuses(shop, build, { code: 2, says: ['people.parquet', /Parquet/] });
  });

  test('in a folder that is not there is refused', () => {
    refuses(shop, ['build', '--sources', 'exprot'], { code: 2, says: [/exprot/, /folder/i] });
  });

  test('that nobody asks for is passed over with a warning', () => {
    add(shop, 'export/people.csv', people);
    add(shop, 'export/poeple.csv', people);
    expect(succeeds(shop.run(...build)).stderr).toMatch(/Warning: .*poeple\.csv/);
  });

  test('of a seed with types of its own is refused with line and column', () => {
    add(shop, 'seeds/rates.csv', 'code,rate\nlow,9\nhigh,much\n');
    add(
      shop,
      'seeds/rates.yml',
      'seeds:\n  - name: rates\n    config:\n      column_types: {rate: integer}\n',
    );
    refuses(shop, ['build'], { code: 1, says: [/rates\.csv:3: column rate: "much" is not/] });
  });
});

/** All in one build: a table for each file. */
const unusual: readonly (readonly [name: string, content: string, rows: readonly string[]])[] = [
  ['mark', `\ufeff${people}`, ['Ada', 'Grace']],
  ['crlf', people.replaceAll('\n', '\r\n'), ['Ada', 'Grace']],
  ['no_end', people.trimEnd(), ['Ada', 'Grace']],
  ['other_order', 'spent,born,name,id\n12.50,1815-12-10,Ada,1\n', ['Ada']],
  ['header_alone', 'id,name,born,spent\n', []],
  ['bare_header', 'id,name,born,spent', []],
  [
    'quoted',
    'id,name,born,spent\n1,"Ada ""the first"",\r\nLovelace",,\n',
    ['Ada "the first",\r\nLovelace'],
  ],
];

test('What is only unusual is read: a mark, CRLF, quotes, line ends in fields, a header alone', () => {
  const table = (name: string): string => `      - name: ${name}
        columns:
          - {name: id, data_type: bigint}
          - {name: name, data_type: text}
          - {name: born, data_type: date}
          - {name: spent, data_type: "decimal(10,2)"}
`;
  shop = smallShop({
    'models/more.yml': `sources:\n  - name: mail\n    tables:\n${unusual.map(([name]) => table(name)).join('')}`,
  });
  for (const [name, content] of [...unusual, ['people', people] as const]) {
    add(shop, `export/${name}.csv`, content);
  }
  succeeds(shop.run('build', '--sources', 'export'));
  const all = unusual.map(([name]) => `select '${name}' as t, id, name from mail.${name}`);
  const asked = shop.run('query', `${all.join(' union all ')} order by t, id`, '--json');
  const answer = JSON.parse(asked.stdout) as { t: string; name: string }[];
  for (const [name, , rows] of unusual) {
    expect(answer.filter((row) => row.t === name).map((row) => row.name)).toEqual(rows);
  }
});

test('Where nothing was published, nothing is after a refused file', () => {
  shop = smallShop({ 'seeds/people.csv': 'id,name\n' });
  const done = shop.run('build');
  expect(done.code, done.all).toBe(2);
  expect(shop.publishedHash()).toBeNull();
});
