import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  defaultFilters,
  periods,
  readFilters,
  sameFilters,
  writeFilters,
} from '../../src/dashboard/model/filters.js';
import { segments } from '../../src/ground/segments.js';

describe('Filters in the URL', () => {
  test('are the default ones without a query', () => {
    expect(readFilters('')).toEqual({ period: 30, segment: null });
    expect(writeFilters(defaultFilters)).toBe('');
  });

  test('are written the way that forms are', () => {
    expect(writeFilters({ period: 90, segment: 'At Risk' })).toBe('?period=90&segment=At+Risk');
    expect(writeFilters({ period: 30, segment: 'VIP' })).toBe('?segment=VIP');
    expect(readFilters('?segment=At%20Risk&period=365')).toEqual({
      period: 365,
      segment: 'At Risk',
    });
  });

  test('that nobody knows count as not given', () => {
    for (const query of [
      '?period=31',
      '?period=',
      '?period=030',
      '?period=7.0',
      '?period=constructor',
      '?segment=vip',
      '?segment=%00',
      '?segment=<script>',
      '?%E0%A4%A',
    ]) {
      expect(readFilters(query), query).toEqual(defaultFilters);
    }
  });

  test('are read as they were written', () => {
    const filters = fc.record({
      period: fc.constantFrom(...periods),
      segment: fc.constantFrom(null, ...segments),
    });
    fc.assert(
      fc.property(filters, (one) => {
        expect(sameFilters(readFilters(writeFilters(one)), one)).toBe(true);
      }),
    );
  });

  test('know the segments of the metrics, in their order', () => {
    const known = ['VIP', 'Loyal', 'New', 'At Risk', 'Lost', 'Regular', 'Prospect'];
    expect(segments).toEqual(known);
    expect(known.map((name) => readFilters(`?segment=${name}`).segment)).toEqual(known);
  });
});
