import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { CellValue, ColumnKind } from '../../../src/format/rows/answer.js';
import { columnsOf, written } from './written.js';

const reviews = columnsOf({ id: 'integer', stars: 'decimal', text: 'text' });

test('CSV follows RFC 4180: CRLF, quotes doubled, a field with a line end quoted', async () => {
  const text = await written('csv', reviews, [
    ['1', '4.50', 'said "good", paid'],
    ['2', null, 'two\nlines'],
  ]);

  expect(text).toBe('id,stars,text\r\n1,4.50,"said ""good"", paid"\r\n2,,"two\nlines"\r\n');
  expect(parse(text)).toEqual([
    ['id', 'stars', 'text'],
    ['1', '4.50', 'said "good", paid'],
    ['2', '', 'two\nlines'],
  ]);
});

test('CSV carries all digits', async () => {
  const columns = columnsOf({ i: 'integer', d: 'decimal', f: 'float' });

  expect(
    await written('csv', columns, [
      ['170141183460469231731687303715884105727', '99999999999999999.90', 0.1],
      [9007199254740993n, '-0.05', 'NaN'],
    ]),
  ).toBe(
    'i,d,f\r\n170141183460469231731687303715884105727,99999999999999999.90,0.1\r\n' +
      '9007199254740993,-0.05,NaN\r\n',
  );
});

test('NULL and the empty text can be told apart', async () => {
  expect(await written('csv', columnsOf({ a: 'text', b: 'text' }), [['', null]])).toBe(
    'a,b\r\n"",\r\n',
  );
});

test('without rows there is still a header', async () => {
  expect(await written('csv', reviews, [])).toBe('id,stars,text\r\n');
});

describe('A spreadsheet runs nothing:', () => {
  test.each<[ColumnKind, CellValue, string]>([
    ['text', '=1+1', "'=1+1"],
    ['text', '+49 30', "'+49 30"],
    ['text', '-5', "'-5"],
    ['text', '@sum(a1)', "'@sum(a1)"],
    ['text', '\t=1', "'\t=1"],
    ['text', '\tfree', "'\tfree"],
    ['text', '\r=1', '"\'\r=1"'],
    ['text', '\nfree', '"\'\nfree"'],
    ['text', '＝1+1', "'＝1+1"],
    ['text', '＋1', "'＋1"],
    ['text', '－1', "'－1"],
    ['text', '＠sum(a1)', "'＠sum(a1)"],
    ['text', '﹦1', "'﹦1"],
    ['text', ' =1', "' =1"],
    ['text', '\u00a0=1', "'\u00a0=1"],
    ['text', '\ufeff=1', "'\ufeff=1"],
    ['text', '\u0000=1', "'\u0000=1"],
    ['text', '"=1', '"\'""=1"'],
    ['text', 'a=1', 'a=1'],
    ['text', 'three - two', 'three - two'],
    ['text', "'=1", "'=1"],
    ['binary', '=1+1', "'=1+1"],
    ['other', '=1+1', "'=1+1"],
    ['json', '"=1"', '"\'""=1"""'],
    ['nested', ['=1'], '"[""=1""]"'],
    ['integer', '-5', '-5'],
    ['decimal', '-5.10', '-5.10'],
    ['float', -0.5, '-0.5'],
    ['boolean', false, 'false'],
    ['interval', '-1 day', '-1 day'],
    ['date', '-infinity', '-infinity'],
  ])('%s %j is written as %s', async (kind, value, field) => {
    const text = await written('csv', columnsOf({ v: kind }), [[value]], { forSpreadsheet: true });

    expect(text).toBe(`v\r\n${field}\r\n`);
  });

  test('nor a column that is named like a formula', async () => {
    const columns = columnsOf({ '=1+1': 'text' });

    expect(await written('csv', columns, [], { forSpreadsheet: true })).toBe("'=1+1\r\n");
  });
});

test('CSV for a program has every value as it is', async () => {
  const columns = columnsOf({ '=a': 'text', b: 'binary', c: 'integer' });

  expect(await written('csv', columns, [['=1+1', '@x', '-5']])).toBe('=a,b,c\r\n=1+1,@x,-5\r\n');
});

test('escape sequences stay as they are in a file, and are shown on a terminal', async () => {
  const columns = columnsOf({ name: 'text' });

  expect(await written('csv', columns, [['\u001b[31mBob']])).toBe('name\r\n\u001b[31mBob\r\n');
  expect(await written('csv', columns, [['\u001b[31mBob']], { width: 80 })).toBe(
    'name\r\n\\x1b[31mBob\r\n',
  );
});
