import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { painter } from '../../src/format/painter.js';
import { bar, condensed, sparkline } from '../../src/format/report/graphs.js';
import { reportCell, type ReportColumn } from '../../src/format/report/report-column.js';
import { reportList } from '../../src/format/report/report-list.js';
import { reportTable } from '../../src/format/report/report-table.js';

const paint = painter(false);

describe('A bar', () => {
  test.each([
    [10, 10, 8, '████████'],
    [5, 10, 8, '████'],
    [1, 16, 2, '▏'],
    [0.0001, 10, 8, '▏'],
    [0, 10, 8, ''],
    [-3, 10, 8, ''],
    [5, 0, 8, ''],
    [Number.NaN, 10, 8, ''],
    [20, 10, 4, '████'],
  ])('of %d of %d in %i columns is %j', (value, most, width, drawn) => {
    expect(bar(value, most, width)).toBe(drawn);
  });
});

test('a line of columns shows the greatest as a whole one and nothing as the smallest', () => {
  expect(sparkline([0, 50, 100])).toBe('▁▅█');
  expect(sparkline([0, 0])).toBe('▁▁');
  expect(sparkline([-5, 1])).toBe('▁█');
  expect(sparkline([])).toBe('');
});

test('many values are put together from the latest on', () => {
  expect(condensed([1, 2, 3, 4, 5], 3)).toEqual([1, 5, 9]);
  expect(condensed([1, 2, 3], 3)).toEqual([1, 2, 3]);
  expect(condensed([1, 2, 3], 0)).toEqual([6]);
});

describe('A cell', () => {
  test.each([
    ['money', '1234567.5', '1,234,567.50'],
    ['money', '-0.05', '-0.05'],
    ['money', '9999999999999999.99', '9,999,999,999,999,999.99'],
    ['count', 1234567, '1,234,567'],
    ['id', '1234567', '1234567'],
    ['percent', '7', '7.00 %'],
    ['growth', '7.10', '+7.10 %'],
    ['growth', '-7.10', '-7.10 %'],
    ['growth', '0.00', '0.00 %'],
    ['date', '2024-10-01 12:30:00', '2024-10-01'],
    ['month', '2024-09-01 00:00:00', 'Sep 2024'],
    ['day', '2024-02-29', 'Thu 29 Feb 2024'],
    ['yes-no', true, 'yes'],
    ['yes-no', false, 'no'],
    ['text', 'a\u001b[2Jb\n', 'a\\x1b[2Jb\\n'],
    ['money', null, '–'],
  ] as const)('as %s: %j is %j', (form, value, text) => {
    expect(reportCell(form, value, paint).text).toBe(text);
  });
});

const columns: readonly ReportColumn[] = [
  { title: 'Id', from: 'id', form: 'id' },
  { title: 'A long name', from: 'name', form: 'text', least: 20 },
  { title: 'Note', from: 'note', form: 'text', rank: 2 },
  { title: 'Revenue', from: 'revenue', form: 'money', rank: 1 },
  { title: '', from: 'revenue', form: 'bar', rank: 3 },
];
const names = ['id', 'name', 'note', 'revenue'];

test('nothing is wider than the terminal, and numbers are never cut', () => {
  const row = fc.tuple(
    fc.integer({ min: 1, max: 99_999 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.integer({ min: -1e9, max: 1e9 }).map((n) => n.toFixed(2)),
  );
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 30, max: 160 }),
      fc.boolean(),
      (rows, width, decorated) => {
        const options = { paint, width, decorated };
        const table = reportTable(columns, { names, rows }, options);
        const list = reportList(columns.slice(0, 4), { names, rows }, options);

        for (const line of `${table}\n${list}`.split('\n')) {
          expect(stringWidth(line), line).toBeLessThanOrEqual(width);
        }
        for (const [id] of rows) expect(table).toContain(String(id));
      },
    ),
  );
});

test('columns of the greatest rank go first', () => {
  const rows = [[1, 'n'.repeat(30), 'x'.repeat(30), '5.00']];
  const titles = (width: number): string =>
    reportTable(columns, { names, rows }, { paint, width, decorated: true }).split('\n')[0] ?? '';

  expect(titles(120)).toMatch(/Id {2}A long name +Note +Revenue$/);
  expect(titles(50)).toMatch(/Id {2}A long name +Note +Revenue$/);
  expect(titles(40)).not.toContain('Note');
  expect(titles(24)).toBe('Id  A long name');
});
