import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCursor } from '../../src/server/answer/cursor.js';
import { Problem } from '../../src/server/http/problem.js';
import { fuzzRuns } from '../helpers/fuzz-runs.js';

const list = {
  name: 'customers top',
  columns: [
    { name: 'customer_lifetime_value', type: 'money' },
    { name: 'customer_id', type: 'id' },
  ],
  order: [{ column: 'customer_lifetime_value' }, { column: 'customer_id' }],
} as const;

const written = (value: unknown): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');
const good = {
  list: 'customers top',
  build: '20250701T021502Z-0c11',
  after: { customer_lifetime_value: '1.50', customer_id: '9223372036854775807' },
};

test('a cursor as it was written is read', () => {
  expect(readCursor(list, written(good))).toEqual({ build: good.build, after: good.after });
});

test('whatever else is in a cursor is a 404, and what is read can stand in a header', () => {
  const keys = fc.constantFrom('list', 'build', 'after', '__proto__', 'constructor', 'x');
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('a\nb', 'a\r\nX: y', '', '9223372036854775808'),
  );
  const value = fc.oneof(texts, fc.jsonValue());
  const cursors = fc.oneof(
    texts,
    fc.tuple(keys, value).map(([key, of]) => written({ ...good, [key]: of })),
    fc
      .tuple(fc.constantFrom('customer_id', 'customer_lifetime_value', 'toString'), value)
      .map(([key, of]) => written({ ...good, after: { ...good.after, [key]: of } })),
  );
  fc.assert(
    fc.property(cursors, (text) => {
      try {
        return /^[\w-]{1,100}$/.test(readCursor(list, text).build);
      } catch (error) {
        return error instanceof Problem && error.statusCode === 404;
      }
    }),
    { numRuns: fuzzRuns(2000) },
  );
});
