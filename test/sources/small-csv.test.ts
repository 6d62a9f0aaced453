import { expect, test } from 'vitest';
import { parseSmallCsv, readHeader, SourceFaultsError } from '../../src/sources/index.js';
import { openShop } from './shop.js';

const shop = openShop();

test('Read the header of a file', async () => {
  const path = await shop.write('seed.csv', '\ufeff\n"id","a ""b"""\r\n1,2\n');
  expect(await readHeader(path, 'seed.csv')).toEqual(['id', 'a "b"']);
});

test('Read a header that is longer than a buffer', async () => {
  const names = Array.from({ length: 20_000 }, (_, i) => `column_${i}`);
  const path = await shop.write('seed.csv', names.join(','));
  expect(await readHeader(path, 'seed.csv')).toEqual(names);
});

test.for([
  ['', 'seed.csv:1: the file has no header'],
  ['a,b,a\n', 'seed.csv:1: column a: is in the header twice'],
  ['a,"b\n', 'seed.csv:1: "b\\n" opens a quote that is never closed'],
] as const)('Refuse the header %j', async ([content, message]) => {
  const path = await shop.write('seed.csv', content);
  await expect(readHeader(path, 'seed.csv')).rejects.toThrow(message);
});

test('Say that the file of a header is missing', async () => {
  await expect(readHeader('/nowhere/seed.csv', 'seed.csv')).rejects.toThrow(
    'seed.csv: the file is missing',
  );
});

test('Read the rows of a unit test', () => {
  expect(parseSmallCsv('id,name\n1,"a, b"\n\n2,\n')).toEqual([
    { id: '1', name: 'a, b' },
    { id: '2', name: null },
  ]);
});

test('Refuse rows that are not CSV', () => {
  expect(() => parseSmallCsv('id,name\n1\n2,a"b\n')).toThrow(SourceFaultsError);
  expect(() => parseSmallCsv('id,name\n1\n')).toThrow(
    'rows:2: the record has 1 field, the header has 2',
  );
  expect(() => parseSmallCsv('')).toThrow('rows:1: the file has no header');
});
