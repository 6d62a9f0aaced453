/** Every long run of long-runs.test.ts inside of a row, at both sizes of buffers. */
import { test } from 'vitest';
import { characters, rows, sameBothWays } from './long-runs.js';
import { openShop } from './shop.js';

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
