/** Damage in a DuckDB file is found without DuckDB, wherever it is; what DuckDB says of it is the oracle. */
import {
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkStorage, contentMark } from '../../src/engine/duckdb/storage-file.js';
import { openDuckDB } from '../../src/engine/duckdb/index.js';

let folder: string;
/** Tables of several blocks, free blocks among them. */
let original: string;
let copy: string;
let free: number;
const firstBlock = 12288;
const blockSize = 262144;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'storage-'));
  original = join(folder, 'shop.duckdb');
  copy = join(folder, 'copy.duckdb');
  const engine = await openDuckDB({ path: original, logged: false, threads: 1 });
  const connection = await engine.connect();
  await connection.run(`
    CREATE TABLE gone AS SELECT hash(i) AS a, hash(i + 7) AS b FROM range(200000) t(i);
    CREATE TABLE kept AS SELECT hash(i) AS a, i::VARCHAR AS b FROM range(150000) t(i);
    CREATE VIEW both_of_them AS SELECT * FROM kept`);
  await engine.checkpoint();
  await connection.run('DROP TABLE gone');
  await engine.checkpoint();
  free = Number(
    (
      await connection.query(
        "SELECT free_blocks FROM pragma_database_size() WHERE database_name = 'shop'",
      )
    ).rows[0]?.[0],
  );
  await engine.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

function flip(path: string, at: number, mask: number): void {
  const file = openSync(path, 'r+');
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, at);
  byte[0] = (byte[0] ?? 0) ^ mask;
  writeSync(file, byte, 0, 1, at);
  closeSync(file);
}

/** Null when DuckDB reads all there is. */
async function faultOfDuckDB(path: string): Promise<string | null> {
  try {
    const engine = await openDuckDB({ path, catalog: 'shop', readOnly: true });
    try {
      const connection = await engine.connect();
      await connection.query('SELECT min(hash(t)) FROM both_of_them t');
      return null;
    } finally {
      await engine.close();
    }
  } catch (error) {
    return (error as Error).message;
  }
}

describe('A file of DuckDB', () => {
  test('is whole as it was made, and so is its copy, with the same mark', () => {
    expect(free).toBeGreaterThan(2);
    copyFileSync(original, copy);
    const checked = checkStorage(original);
    expect(checked).toMatchObject({ state: 'whole', damage: null });
    expect(checkStorage(copy)).toEqual(checked);
    expect(contentMark(copy)).toBe(checked.mark);
    expect(checked.mark).toMatch(/^[0-9a-f]{64}$/);
  });

  test('is damaged by one flipped bit in any block that DuckDB uses, and by none in a free one', async () => {
    const blocks = (statSync(original).size - firstBlock) / blockSize;
    const verdicts = new Map<string, number>();
    for (let block = 0; block < blocks; block++) {
      copyFileSync(original, copy);
      flip(copy, firstBlock + block * blockSize + 8 + ((block * 7919) % (blockSize - 8)), 0x10);
      const { state, damage } = checkStorage(copy);
      verdicts.set(state, (verdicts.get(state) ?? 0) + 1);
      if (state === 'damaged') expect(damage).toBe(`block ${block + 1} of ${blocks}`);
      else expect(await faultOfDuckDB(copy)).toBeNull();
    }
    expect(verdicts).toEqual(
      new Map([
        ['whole', free],
        ['damaged', blocks - free],
      ]),
    );
  });

  test('is damaged where DuckDB finds a fault, whatever was flipped', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: statSync(original).size - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, mask) => {
          copyFileSync(original, copy);
          flip(copy, at, mask);
          if ((await faultOfDuckDB(copy)) !== null)
            expect(checkStorage(copy).state).toBe('damaged');
        },
      ),
      { numRuns: 40 },
    );
  });

  test('is damaged by any flipped bit of its headers', () => {
    copyFileSync(original, copy);
    for (let at = 0; at < firstBlock; at += 7) {
      flip(copy, at, 1 << (at % 8));
      expect(checkStorage(copy)).toMatchObject({ state: 'damaged' });
      flip(copy, at, 1 << (at % 8));
    }
    expect(checkStorage(copy).state).toBe('whole');
  });

  test('is damaged when it was cut short', () => {
    for (const size of [0, 11, firstBlock - 1, firstBlock, firstBlock + 5 * blockSize - 1]) {
      copyFileSync(original, copy);
      truncateSync(copy, size);
      expect(checkStorage(copy)).toMatchObject({ state: 'damaged' });
    }
  });

  test('has another mark once anything was written to it', async () => {
    copyFileSync(original, copy);
    const before = contentMark(copy);
    const engine = await openDuckDB({ path: copy, catalog: 'shop' });
    const connection = await engine.connect();
    await connection.run('UPDATE kept SET b = 5 WHERE a = 0');
    await connection.run('CREATE TABLE one AS SELECT 1 AS a');
    await engine.checkpoint();
    await engine.close();
    expect(checkStorage(copy).state).toBe('whole');
    expect(contentMark(copy)).not.toBe(before);
  });
});
