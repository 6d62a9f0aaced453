import { expect } from 'vitest';
import { columnsOf, readAlone, readLoaded, type openShop } from './shop.js';

/** Where a run lies inside of a row: right or wrong, both ways of reading say the same, and say it soon. */
export const rows: Record<string, (run: string) => string> = {
  'a value': (run) => `1,${run}`,
  'a quoted value': (run) => `1,"${run}"`,
  'the first value': (run) => `${run},a`,
  'a quote that is not closed': (run) => `1,"${run}`,
  'a value behind a comma': (run) => `1,a,${run}`,
  'the whole row': (run) => run,
};

export const characters = ['\n', '\r', '"', ',', ' ', 'x', '\r\n', '""', '0'];

/** @param size of the run in characters */
export async function sameBothWays(
  shop: ReturnType<typeof openShop>,
  kind: string,
  character: string,
  size: number,
): Promise<void> {
  const columns = columnsOf('id BIGINT, name TEXT');
  const run = character.repeat(Math.ceil(size / character.length));
  const path = await shop.write('shop.csv', `id,name\n7,before\n${rows[kind]!(run)}\n8,after\n`);
  const loaded = await readLoaded(shop, path, columns);
  const expected = await readAlone(path, columns);
  // Values of megabytes make an unreadable difference.
  expect(
    JSON.stringify(loaded) === JSON.stringify(expected),
    `${JSON.stringify(character)} × ${size}`,
  ).toBe(true);
}
