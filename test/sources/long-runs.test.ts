/**
 * Long runs of one character, around the sizes of the buffers: our own (128 KiB and 1 MiB)
 * and DuckDB's (2,000,000 bytes of a line, 32 MB of a buffer). The exact reader says what is right.
 */
import { describe, expect, test } from 'vitest';
import { parseColumns } from '../../src/sources/column-type.js';
import { scanCsv } from '../../src/sources/csv-scan.js';
import { FaultList, formatFault } from '../../src/sources/fault.js';
import { findFaults } from '../../src/sources/find-faults.js';
import { loadCsv } from '../../src/sources/index.js';
import { characters, rows, sameBothWays } from './long-runs.js';
import { columnsOf, openShop, readLoaded } from './shop.js';

const shop = openShop();
const columns = columnsOf('id BIGINT, name TEXT');
const alone = columnsOf('id BIGINT');
const LIMIT = 60_000;

const sizes = [128 * 1024 - 1, 128 * 1024, 1024 * 1024 - 8, 1024 * 1024 + 2, 2_000_001, 2_200_000];

/** Where a run of empty lines may lie. */
const places: Record<string, (run: string, end: string) => string> = {
  'before the header': (run, end) => `${run}id,name${end}1,a${end}2,b${end}`,
  'behind the header': (run, end) => `id,name${end}${run}1,a${end}2,b${end}`,
  'between rows': (run, end) => `id,name${end}1,a${end}${run}2,b${end}`,
  'at the end': (run, end) => `id,name${end}1,a${end}2,b${end}${run}`,
};

describe.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
])('Empty lines of %s', (_name, end) => {
  test.each(Object.keys(places))('%s, of any number', { timeout: LIMIT }, async (place) => {
    for (const size of sizes) {
      const text = places[place]!(end.repeat(Math.ceil(size / end.length)), end);
      const path = await shop.write('shop.csv', text);
      expect(await readLoaded(shop, path, columns), String(size)).toEqual({
        rows: [
          ['1', 'a'],
          ['2', 'b'],
        ],
      });
    }
  });

  test('in a table of one column', { timeout: LIMIT }, async () => {
    const path = await shop.write('shop.csv', `id${end}1${end}${end.repeat(1_100_000)}2${end}`);
    expect(await readLoaded(shop, path, alone)).toEqual({ rows: [['1'], ['2']] });
  });

  test('with a fault behind them, whose line is right', { timeout: LIMIT }, async () => {
    const path = await shop.write('shop.csv', `id,name${end}${end.repeat(2_200_000)}x,a${end}`);
    expect(await readLoaded(shop, path, columns)).toEqual({
      faults: ['shop.csv:2200002: column id: "x" is not a BIGINT (an optional sign and digits)'],
      count: 1,
    });
  });
});

// All kinds, characters and sizes, and empty lines of more than a buffer of DuckDB: long-runs.slow.test.ts.
test.each(Object.keys(rows))(
  'A long run of one character in %s',
  { timeout: LIMIT },
  async (kind) => {
    for (const character of ['\n', '"', ','])
      await sameBothWays(shop, kind, character, 1024 * 1024 - 3);
  },
);

test.each(characters)('A long run of %j with small buffers', async (character) => {
  const typed = parseColumns('shop.csv', columns);
  for (let length = 1; length < 40; length += 1) {
    for (const row of Object.values(rows)) {
      const text = `id,name\n7,before\n${row(character.repeat(length))}\n8,after\n`;
      const path = await shop.write('shop.csv', text);
      const faults = new FaultList();
      const right = new FaultList();
      const [found, reference] = [
        await findFaults({ path, file: 'shop.csv', columns: typed, faults }, 16),
        await findFaults({ path, file: 'shop.csv', columns: typed, faults: right }),
      ];
      expect([found, faults.first.map(formatFault)]).toEqual([
        reference,
        right.first.map(formatFault),
      ]);
      const scan = await scanCsv(path, typed, () => undefined, { chunkBytes: 16 });
      if (scan !== undefined) expect([scan.traits.rows, right.count]).toEqual([reference, 0]);
    }
  }
});

test(
  'A row of a million fields is told, and so is a header of as many',
  { timeout: LIMIT },
  async () => {
    const commas = ','.repeat(1_000_000);
    const row = await shop.write('shop.csv', `id,name\n${commas}\n`);
    expect(await readLoaded(shop, row, columns)).toEqual({
      faults: ['shop.csv:2: the record has 1000001 fields, the header has 2'],
      count: 1,
    });
    const header = await shop.write('shop.csv', `${commas}\n1,a\n`);
    expect(await readLoaded(shop, header, columns)).toMatchObject({
      count: 1_000_004,
    });
    const more = await shop.write('shop.csv', `id,name\n${','.repeat(2_000_000)}\n1,a\n`);
    expect(await readLoaded(shop, more, columns)).toEqual({
      faults: ['shop.csv:2: "" belongs to a record of more than a million fields'],
      count: 1,
    });
  },
);

test('A header alone, with any end, is a table without rows', async () => {
  for (const text of [
    'id,name',
    'id,name\n',
    'id,name\r\n',
    `id,name\n${'\n'.repeat(2_200_000)}`,
  ]) {
    const path = await shop.write('shop.csv', text);
    expect(await readLoaded(shop, path, columns)).toEqual({ rows: [] });
  }
});

test('Who asks to stop is heard while a file is read, whichever reader has it', async () => {
  const wrong = await shop.write('wrong.csv', `id,name\n${'\n'.repeat(3_000_000)}x,a\n`);
  const right = await shop.write('right.csv', `id,name\n${'1,a\n'.repeat(1_000_000)}`);
  for (const path of [wrong, right]) {
    let parts = 0;
    const db = {
      ...shop.db,
      checkInterrupt: () => {
        parts += 1;
        if (parts === 3) throw new Error('stopped');
      },
    };
    const load = loadCsv(db, { path, columns, relation: 'loaded' });
    await expect(load).rejects.toThrow('stopped');
    expect(parts).toBe(3);
  }
});
