/**
 * What reads bytes of users meets any bytes: no crash, no endless work, no error that is not a
 * sentence about the file.
 */
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { TechstoreError } from '../../src/errors.js';
import { loadSeed, loadSources } from '../../src/sources/index.js';
import { FaultList, formatFault } from '../../src/sources/fault.js';
import { findFaults } from '../../src/sources/find-faults.js';
import { parseColumns } from '../../src/sources/column-type.js';
import { ColumnGuess } from '../../src/sources/seed/column-guess.js';
import { PythonCsv } from '../../src/sources/seed/python-csv.js';
import { fuzzRuns } from '../helpers/fuzz-runs.js';
import { columnsOf, openShop, readAlone, readLoaded } from './shop.js';

const runs = fuzzRuns(2000);
/** Those that ask the database are slower. */
const some = fuzzRuns(400);

const shop = openShop();
const columns = columnsOf('id BIGINT, name TEXT');
const typed = parseColumns('shop.csv', columns);

const piece = fc.oneof(
  fc.constantFrom('"', ',', '\n', '\r', '\r\n', '""', ' ', 'a', '1', '\0', '\ufeff', 'é', "'", ';'),
  fc.constantFrom('\\', '#', 'null', '1e5', '-', '.', '2020-01-01', 'true', '9'.repeat(20), 'T'),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
const bytes = fc.oneof(
  text.map((rows) => Buffer.from(`id,name\n${rows}`)),
  text.map((rows) => Buffer.from(rows)),
  fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array)),
);

test('Any bytes are a source file or are told, the same in parts of any size', async () => {
  await fc.assert(
    fc.asyncProperty(bytes, fc.integer({ min: 3, max: 70 }), async (content, size) => {
      const path = await shop.write('shop.csv', content);
      const whole = new FaultList();
      const parts = new FaultList();
      const options = { path, file: 'shop.csv', columns: typed };
      expect(await findFaults({ ...options, faults: parts }, size)).toBe(
        await findFaults({ ...options, faults: whole }),
      );
      expect(parts.first.map(formatFault)).toEqual(whole.first.map(formatFault));
    }),
    { numRuns: runs },
  );
});

test('Any bytes that are a source file are loaded as the exact reader reads them', async () => {
  await fc.assert(
    fc.asyncProperty(bytes, async (content) => {
      const path = await shop.write('shop.csv', content);
      expect(await readLoaded(shop, path, columns)).toEqual(await readAlone(path, columns));
    }),
    { numRuns: some },
  );
});

test('Any text has records, the same in parts of any size', () => {
  const records = (parts: readonly string[], delimiter: string): unknown[] => {
    const found: unknown[] = [];
    const parser = new PythonCsv(delimiter, (record) => found.push(record));
    for (const part of parts) parser.push(part);
    parser.finish();
    return found;
  };
  fc.assert(
    fc.property(text, fc.constantFrom(',', ';', '\t', '|'), (content, delimiter) => {
      const units = Array.from({ length: content.length }, (_, at) => content.charAt(at));
      expect(records(units, delimiter)).toEqual(records([content], delimiter));
    }),
    { numRuns: runs },
  );
});

test('Any values have a type', () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc
      .array(fc.constantFrom(...'0123456789+-.,eE%$ _TZ:W٣½'), { maxLength: 30 })
      .map((p) => p.join('')),
    fc.bigInt().map(String),
    fc.double().map(String),
    fc
      .date({ noInvalidDate: false })
      .map((date) => (Number.isNaN(+date) ? '' : date.toISOString())),
  );
  const types = ['integer', 'bigint', 'hugeint', 'double', 'date', 'timestamp', 'boolean', 'text'];
  fc.assert(
    fc.property(fc.array(value, { maxLength: 4 }), (values) => {
      const guess = new ColumnGuess();
      for (const each of values) guess.add(each);
      expect(types).toContain(guess.type);
      const turned = new ColumnGuess();
      for (const each of [...values].reverse()) turned.add(each);
      expect(turned.type).toBe(guess.type);
    }),
    { numRuns: runs },
  );
});

test('Any bytes are a seed or are told', async () => {
  await fc.assert(
    fc.asyncProperty(bytes, fc.constantFrom(',', ';', '\t', ' '), async (content, delimiter) => {
      const path = await shop.write('seed.csv', content);
      const seed = { path, file: 'seed.csv', name: 'seed', relation: 'seed', delimiter };
      await told(
        loadSeed(shop.db, { ...seed, columnTypes: new Map(), unknownTypes: 'refuse' }),
        'seed.csv',
      );
    }),
    { numRuns: some },
  );
});

/** What comes of it is a value, or an error of this program's own that names the file. */
async function told(work: Promise<unknown>, file: string): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof TechstoreError)) throw error;
    expect(error.code).toBe('source');
    expect(error.message).toContain(file);
    expect(error.message).not.toMatch(/\n\s+at |INTERNAL|Assertion/);
  }
}

let parquet = Buffer.alloc(0);
beforeAll(async () => {
  const { readFile } = await import('node:fs/promises');
  const path = `${shop.dir}/right.parquet`;
  await shop.db.run(
    `copy (select i::bigint as id, 'name ' || i as name from range(50) r(i)) to '${path}' (format parquet)`,
  );
  parquet = await readFile(path);
});

/** A Parquet file with bytes changed, mostly in its header and its footer; or cut; or any bytes at all. */
const change = fc.record({
  near: fc.constantFrom('start', 'end', 'anywhere'),
  at: fc.nat(),
  byte: fc.integer({ min: 0, max: 255 }),
});
const damage = fc.oneof(
  fc.array(change, { minLength: 1, maxLength: 6 }).map((changes) => (file: Buffer) => {
    const copy = Buffer.from(file);
    for (const { near, at, byte } of changes) {
      const range = near === 'anywhere' ? copy.length : Math.min(copy.length, 260);
      const place = at % range;
      copy[near === 'end' ? copy.length - 1 - place : place] = byte;
    }
    return copy;
  }),
  fc.nat().map((length) => (file: Buffer) => file.subarray(0, length % (file.length + 1))),
  fc.nat().map((start) => (file: Buffer) => file.subarray(start % (file.length + 1))),
  fc.uint8Array({ maxLength: 100 }).map((array) => () => Buffer.from(array)),
  fc
    .uint8Array({ maxLength: 100 })
    .map((array) => () => Buffer.concat([Buffer.from('PAR1'), array, Buffer.from('PAR1')])),
);

test('Any bytes are a Parquet file or are told', async () => {
  await fc.assert(
    fc.asyncProperty(damage, async (damaged) => {
      await shop.write('orders.parquet', damaged(parquet));
      const tables = [{ name: 'orders', relation: 'orders', columns }];
      await told(loadSources(shop.db, { dir: shop.dir, tables }), 'orders.parquet');
    }),
    { numRuns: runs },
  );
});
