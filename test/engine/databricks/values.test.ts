import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnOfType } from '../../../src/engine/databricks/types.js';
import {
  dateValue,
  decimalValue,
  floatValue,
  nestedFromJson,
  timestampText,
  timestampValue,
} from '../../../src/engine/databricks/values.js';

describe('values', () => {
  it('of DECIMAL have all of their digits', () => {
    expect(decimalValue(-5n, 2)).toBe('-0.05');
    expect(decimalValue(0n, 2)).toBe('0.00');
    expect(decimalValue(123n, 0)).toBe('123');
    expect(decimalValue(-(10n ** 38n) + 1n, 38)).toBe(`-0.${'9'.repeat(38)}`);
  });

  it('of TIMESTAMP and DATE are the ones of ISO 8601', () => {
    const range = { min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(range), fc.integer({ min: 0, max: 999 }), (date, micros) => {
        const iso = date.toISOString().replace('T', ' ').replace('Z', '');
        const digits = `${iso}${String(micros).padStart(3, '0')}`;
        const made = timestampValue(BigInt(date.getTime()) * 1000n + BigInt(micros));
        expect(made).toBe(digits.replace(/0+$/, '').replace(/\.$/, ''));
        expect(made).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{0,5}[1-9])?$/);
      }),
    );
    expect(dateValue(-719_162)).toBe('0001-01-01');
    expect(dateValue(19_782)).toBe('2024-02-29');
    expect(timestampText('2024-01-31T01:02:03.500Z')).toBe('2024-01-31 01:02:03.5');
    expect(timestampText('2024-01-31 01:02:00')).toBe('2024-01-31 01:02:00');
  });

  it('of FLOAT have the fewest digits', () => {
    expect(floatValue(Math.fround(0.1), true)).toBe(0.1);
    expect(floatValue(0.1 + 0.2, false)).toBe(0.30000000000000004);
    expect(floatValue(-Infinity, false)).toBe('-Infinity');
  });

  it('of nested types that came as text keep every digit', () => {
    expect(nestedFromJson('{"a":9007199254740993,"b":[1,1.10,null],"c":"x 1.5"}')).toEqual({
      a: '9007199254740993',
      b: [1, '1.10', null],
      c: 'x 1.5',
    });
    expect(nestedFromJson('{broken')).toBe('{broken');
  });
});

it('types are written as Databricks writes them, fields with their case', () => {
  expect(columnOfType('c', 'map<string,struct<Ab:decimal(10,2),c:array<int>>>')).toEqual({
    name: 'c',
    type: 'MAP<STRING,STRUCT<Ab:DECIMAL(10,2),c:ARRAY<INT>>>',
    kind: 'nested',
  });
  expect(columnOfType('c', 'timestamp_ntz').kind).toBe('timestamp');
  expect(columnOfType('c', 'interval day to second')).toMatchObject({ kind: 'interval' });
});
