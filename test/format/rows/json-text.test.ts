import { expect, test } from 'vitest';
import { jsonText } from '../../../src/format/rows/json-value.js';

test('Whole numbers of any size are written, as text where a reader would change them', () => {
  expect(jsonText([1n, { orders: 9007199254740993n }])).toBe('[1,{"orders":"9007199254740993"}]');
});

test('What commands a terminal is escaped, and reads as what it was', () => {
  const text = 'a\u001b[31m\u009b\u202eb';

  expect(jsonText([text])).toBe('["a\\u001b[31m\\u009b\\u202eb"]');
  expect(JSON.parse(jsonText([text]))).toEqual([text]);
});
