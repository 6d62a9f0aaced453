/** Every long run of long-runs.test.ts inside of a row, at both sizes of buffers, and the longest between rows. */
import { expect, test } from 'vitest';
import { characters, rows, sameBothWays } from './long-runs.js';
import { columnsOf, openShop, readLoaded } from './shop.js';

const shop = openShop();

test.each(Object.keys(rows))(
  'A long run of any character in %s',
  { timeout: 300_000 },
  async (kind) => {
    for (const character of characters)
      for (const size of [1024 * 1024 - 3, 2_000_001])
        await sameBothWays(shop, kind, character, size);
  },
);

test.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
])('Empty lines of %s, of more than a buffer of DuckDB', async (_name, end) => {
  const run = end.repeat(33_000_000);
  const path = await shop.write('shop.csv', `id,name${end}1,a${end}${run}2,b${end}`);
  expect(await readLoaded(shop, path, columnsOf('id BIGINT, name TEXT'))).toEqual({
    rows: [
      ['1', 'a'],
      ['2', 'b'],
    ],
  });
});
