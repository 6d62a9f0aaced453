import { describe, expect, test } from 'vitest';
import { Formats } from '../../src/dashboard/model/format.js';

const british = new Formats('en-GB', 'UTC');
const german = new Formats('de-DE', 'Europe/Berlin');

describe('Figures', () => {
  test('are written in the way of the locale, without a currency', () => {
    expect(british.money(1204.5)).toBe('1,204.50');
    expect(german.money(1204.5)).toBe('1.204,50');
    expect(british.count(32982)).toBe('32,982');
    expect(british.decimal(4.25)).toBe('4.3');
  });

  test('at the head of a panel lose their decimals when they are large', () => {
    expect(british.headline(9999.99)).toBe('9,999.99');
    expect(british.headline(10_000.6)).toBe('10,001');
    expect(british.headline(-50_210.75)).toBe('-50,211');
  });

  test('past 2^53 keep all of their digits', () => {
    expect(british.count('9007199254740993')).toBe('9,007,199,254,740,993');
  });

  test('that are missing are a dash', () => {
    expect([british.money(null), british.headline(null), british.percent(null)]).toEqual([
      '–',
      '–',
      '–',
    ]);
  });

  test('in percent have one decimal, and a sign where they are a change', () => {
    expect(british.percent(65.8)).toBe('65.8%');
    expect(british.percent(7)).toBe('7.0%');
    expect(british.change(4.25)).toBe('+4.3%');
    expect(british.change(-99.98)).toBe('-100.0%');
    expect(british.change(0)).toBe('0.0%');
    expect(british.roughChange(30.9)).toBe('+31%');
  });

  test('on an axis are short', () => {
    expect(new Formats('en-US').compact(12_500)).toBe('12.5K');
    expect(new Formats('en-US').compact(2_000_000)).toBe('2M');
  });
});

describe('Dates', () => {
  test('are the same day in every time zone', () => {
    // These tests run in New York, where it was still the day before.
    expect(british.date('2025-06-30')).toBe('30 Jun 2025');
    expect(british.date('2025-06-01T00:00:00')).toBe('1 Jun 2025');
    expect(british.shortDate('2025-06-30')).toBe('30 Jun');
    expect(british.month('2025-06-01T00:00:00')).toBe('June 2025');
    expect(british.shortMonth('2025-06-01')).toBe('Jun 25');
  });

  test('of a period share what they have in common', () => {
    expect(british.dateRange('2025-06-01', '2025-06-30').replaceAll(/\s*–\s*/g, '–')).toBe(
      '1–30 Jun 2025',
    );
  });

  test('of a build are in the time of whoever reads them', () => {
    expect(british.instant('2025-07-01T22:15:40.120Z')).toBe('1 Jul 2025, 22:15');
    expect(german.instant('2025-07-01T22:15:40.120Z')).toBe('02.07.2025, 00:15');
  });

  test('tell how long ago they are, in the largest unit that fits', () => {
    const now = Date.parse('2025-07-02T12:00:00Z');
    const age = (instant: string) => british.age(instant, now);
    expect(age('2025-07-02T11:59:31Z')).toBe('now');
    expect(age('2025-07-02T11:59:00Z')).toBe('1 minute ago');
    expect(age('2025-07-02T10:00:01Z')).toBe('1 hour ago');
    expect(age('2025-07-01T11:00:00Z')).toBe('yesterday');
    expect(age('2025-06-12T12:00:00Z')).toBe('20 days ago');
    expect(age('2023-07-02T12:00:00Z')).toBe('2 years ago');
    // The clock of the server is ahead.
    expect(age('2025-07-02T12:05:00Z')).toBe('now');
  });
});
