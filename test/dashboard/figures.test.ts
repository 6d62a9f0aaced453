import { describe, expect, test } from 'vitest';
import { deltaOf, deltaOfPercent } from '../../src/dashboard/model/delta.js';
import { movingAverage } from '../../src/dashboard/model/moving-average.js';
import {
  addDays,
  currentPeriod,
  monthsFor,
  previousPeriod,
} from '../../src/dashboard/model/period.js';

describe('A period', () => {
  test('ends with the date of the figures, and the one before ends the day before it begins', () => {
    expect(currentPeriod('2025-06-30', 30)).toEqual({ first: '2025-06-01', last: '2025-06-30' });
    expect(previousPeriod('2025-06-30', 30)).toEqual({ first: '2025-05-02', last: '2025-05-31' });
    expect(currentPeriod('2025-06-30', 1)).toEqual({ first: '2025-06-30', last: '2025-06-30' });
  });

  test('goes over leap days and the ends of years', () => {
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
    expect(addDays('2025-03-01', -1)).toBe('2025-02-28');
    expect(addDays('2024-12-31', 1)).toBe('2025-01-01');
    expect(currentPeriod('2024-12-31', 365)).toEqual({ first: '2024-01-02', last: '2024-12-31' });
  });

  test('has days of UTC: a change to summer time takes no hour of it', () => {
    // The tests run in New York, where 2025-03-09 had 23 hours and 2025-11-02 had 25.
    expect(addDays('2025-03-08', 2)).toBe('2025-03-10');
    expect(addDays('2025-11-03', -2)).toBe('2025-11-01');
  });

  test('of a year is shown beside two years of months', () => {
    expect([7, 30, 90, 365].map(monthsFor)).toEqual([12, 12, 12, 24]);
  });
});

describe('A change', () => {
  test('is in percent of the figure before', () => {
    expect(deltaOf(104.2, 100)).toEqual({
      direction: 'up',
      percent: expect.closeTo(4.2, 9) as unknown,
    });
    expect(deltaOf(75, 100)).toEqual({ direction: 'down', percent: -25 });
    expect(deltaOf(0, 100)).toEqual({ direction: 'down', percent: -100 });
  });

  test('that rounds to nothing is none', () => {
    expect(deltaOf(100.04, 100)).toEqual({ direction: 'same', percent: 0 });
    expect(deltaOfPercent(-0.04).direction).toBe('same');
    expect(deltaOfPercent(-0.06).direction).toBe('down');
    expect(deltaOf(100, 100)?.direction).toBe('same');
  });

  test('against nothing is not told', () => {
    expect(deltaOf(5, 0)).toBeNull();
    expect(deltaOf(5, null)).toBeNull();
    expect(deltaOf(null, 5)).toBeNull();
  });

  test('from a loss to a gain goes up', () => {
    expect(deltaOf(50, -100)).toEqual({ direction: 'up', percent: 150 });
  });

  test('takes counts that come as text', () => {
    expect(deltaOf('9007199254740993', '4503599627370496')).toMatchObject({ direction: 'up' });
  });
});

describe('A moving average', () => {
  test('begins where there are as many values as it takes', () => {
    expect(movingAverage([1, 2, 3, 4, 10], 3)).toEqual([null, null, 2, 3, 17 / 3]);
  });

  test('of fewer values is nowhere', () => {
    expect(movingAverage([1, 2], 7)).toEqual([null, null]);
    expect(movingAverage([], 7)).toEqual([]);
  });
});
