import { PassThrough, Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { rowFormats, writeRows, type RowFormat } from '../../../src/format/rows/write-rows.js';
import { columnsOf } from './written.js';

const columns = columnsOf({ n: 'integer' });
const plain = { color: false, width: undefined };

test('the formats are those of --format', () => {
  expect(rowFormats).toEqual(['table', 'json', 'csv', 'ndjson', 'markdown']);
});

test.each<RowFormat>(['json', 'csv', 'ndjson', 'markdown'])(
  '%s is read no faster than it is taken',
  async (format) => {
    let read = 0;
    async function* batches() {
      for (; read < 100; read += 1) yield [[`${read}`], ['x'.repeat(20_000)]];
    }
    const stream = new PassThrough({ highWaterMark: 16_384 });
    const done = writeRows(stream, { columns, batches: batches() }, format, plain);
    await new Promise((resolve) => setTimeout(resolve, 20));

    expect(read).toBeLessThan(3);
    stream.resume();
    await done;
    expect(read).toBe(100);
  },
);

test('a reader that goes away in the middle is no hang', async () => {
  const closing = new Writable({
    highWaterMark: 1,
    write(_chunk, _encoding, done) {
      done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    },
  });

  await expect(
    writeRows(closing, { columns, batches: [[['1']], [['2']]] }, 'csv', plain),
  ).rejects.toThrow('EPIPE');
});

test('an error of the database on the way comes through', async () => {
  async function* batches() {
    yield [['1']];
    throw new Error('lost the connection');
  }

  await expect(
    writeRows(new PassThrough(), { columns, batches: batches() }, 'ndjson', plain),
  ).rejects.toThrow('lost the connection');
});
