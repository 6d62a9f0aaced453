/** Files as users write them; every one is read both ways. */
import { describe, expect, test } from 'vitest';
import { columnsOf, openShop, type Outcome, readAlone, readLoaded, type Shop } from './shop.js';

const shop = openShop();
const customers = columnsOf('id BIGINT, name TEXT, birth_date DATE');
const header = 'id,name,birth_date\n';

async function readBoth(
  from: Shop,
  content: string | Uint8Array,
  columns = customers,
): Promise<Outcome> {
  const path = await from.write('shop.csv', content);
  const alone = await readAlone(path, columns);
  expect(await readLoaded(from, path, columns)).toEqual(alone);
  return alone;
}

const ana = ['1', 'Ana', '1990-01-02'];
const bob = ['2', 'Bob', null];

const right: readonly (readonly [title: string, content: string, rows: readonly unknown[]])[] = [
  ['a file with line feeds', `${header}1,Ana,1990-01-02\n2,Bob,\n`, [ana, bob]],
  [
    'carriage returns and line feeds',
    'id,name,birth_date\r\n1,Ana,1990-01-02\r\n2,Bob,\r\n',
    [ana, bob],
  ],
  ['both line ends in one file', `${header}1,Ana,1990-01-02\r\n2,Bob,\n`, [ana, bob]],
  ['a byte order mark', `\ufeff${header}1,Ana,1990-01-02\n`, [ana]],
  [
    'a byte order mark before a quoted header',
    '\ufeff"id","name","birth_date"\n1,Ana,1990-01-02\n',
    [ana],
  ],
  [
    'a byte order mark inside a value as text',
    `${header}1,\ufeffAna,\n`,
    [['1', '\ufeffAna', null]],
  ],
  ['no line end at the end', `${header}1,Ana,1990-01-02`, [ana]],
  ['no line end after an empty last field', `${header}2,Bob,`, [bob]],
  ['no line end at the end of CRLF lines', 'id,name,birth_date\r\n2,Bob,', [bob]],
  ['a header alone', header, []],
  ['a header alone without a line end', 'id,name,birth_date', []],
  ['a header and blank lines', `${header}\n\n`, []],
  ['columns in another order', 'birth_date,id,name\n1990-01-02,1,Ana\n', [ana]],
  ['blank lines anywhere', `\n${header}\n1,Ana,1990-01-02\n\n\n2,Bob,\n\n`, [ana, bob]],
  ['blank CRLF lines', '\r\nid,name,birth_date\r\n\r\n1,Ana,1990-01-02\r\n\r\n', [ana]],
  ['quotes around any value', `${header}"1","Ana","1990-01-02"\n`, [ana]],
  ['a comma in quotes', `${header}1,"Ana, B.",\n`, [['1', 'Ana, B.', null]]],
  [
    'doubled quotes',
    `${header}1,"the ""best""",\n2,"""",\n`,
    [
      ['1', 'the "best"', null],
      ['2', '"', null],
    ],
  ],
  [
    'line ends in quotes',
    `${header}1,"a\nb",\n2,"c\r\nd",\n3,"e\rf",\n`,
    [
      ['1', 'a\nb', null],
      ['2', 'c\r\nd', null],
      ['3', 'e\rf', null],
    ],
  ],
  ['blank lines in quotes', `${header}1,"a\n\n\nb",\n`, [['1', 'a\n\n\nb', null]]],
  [
    'empty fields as NULL, quoted or not',
    `${header},,\n"","",""\n`,
    [
      [null, null, null],
      [null, null, null],
    ],
  ],
  [
    'null, NA and blanks as text',
    `${header}1,null,\n2,NULL,\n3,NA,\n4,  ,\n5,\\N,\n`,
    [
      ['1', 'null', null],
      ['2', 'NULL', null],
      ['3', 'NA', null],
      ['4', '  ', null],
      ['5', '\\N', null],
    ],
  ],
  [
    'digits as text',
    `${header}1,007,\n2,1e3,\n3,true,\n`,
    [
      ['1', '007', null],
      ['2', '1e3', null],
      ['3', 'true', null],
    ],
  ],
  ['blanks around text', `${header}1,  Ana ,\n`, [['1', '  Ana ', null]]],
  [
    'backslashes and hashes as text',
    `${header}1,\\,\n2,"\\",\n3,#,\n`,
    [
      ['1', '\\', null],
      ['2', '\\', null],
      ['3', '#', null],
    ],
  ],
  ['letters of all kinds', `${header}1,ÁÉ 日本 😀,\n`, [['1', 'ÁÉ 日本 😀', null]]],
  [
    'integers with a sign and zeros',
    `${header}+1,a,\n-0002,b,\n`,
    [
      ['1', 'a', null],
      ['-2', 'b', null],
    ],
  ],
];

describe('Files that are right', () => {
  test.for(right)('Read %s', async ([, content, rows]) => {
    expect(await readBoth(shop, content)).toEqual({ rows });
  });

  test('Read a table of one column, with NULLs and blank lines', async () => {
    const read = await readBoth(shop, 'name\n\nAna\n""\n\nBob\n', columnsOf('name TEXT'));
    expect(read).toEqual({ rows: [['Ana'], [null], ['Bob']] });
  });

  test('Convert offsets to UTC', async () => {
    const content =
      'at\n2024-05-06T00:30+02:00\n2024-05-06 00:30:00.5-0130\n2024-05-06T00:30Z\n2024-05-06\n';
    expect(await readBoth(shop, content, columnsOf('at TIMESTAMP'))).toEqual({
      rows: [
        ['2024-05-05 22:30:00'],
        ['2024-05-06 02:00:00.5'],
        ['2024-05-06 00:30:00'],
        ['2024-05-06 00:00:00'],
      ],
    });
  });

  test("Convert offsets to UTC whatever the session's zone is", async () => {
    await shop.db.run("set timezone = 'America/New_York'").catch(() => undefined);
    const content = 'at\n2024-05-06T00:30+02:00\n2024-05-06T00:30:00.5+0200\n2024-05-06 00:30:00\n';
    const read = await readBoth(shop, content, columnsOf('at TIMESTAMP'));
    await shop.db.run('reset timezone').catch(() => undefined);
    expect(read).toEqual({
      rows: [['2024-05-05 22:30:00'], ['2024-05-05 22:30:00.5'], ['2024-05-06 00:30:00']],
    });
  });

  test('Read names that SQL would not take', async () => {
    const columns = [
      { name: 'a "b"', type: 'BIGINT' },
      { name: "it's; drop table x", type: 'TEXT' },
      { name: 'select', type: 'BOOLEAN' },
    ];
    const content = '"a ""b""","it\'s; drop table x",select\n1,x,TRUE\n';
    expect(await readBoth(shop, content, columns)).toEqual({ rows: [['1', 'x', 'true']] });
  });
});

const wrong: readonly (readonly [
  title: string,
  content: string | Buffer,
  faults: readonly string[],
])[] = [
  ['an empty file', '', ['shop.csv:1: the file has no header']],
  ['a byte order mark alone', '\ufeff', ['shop.csv:1: the file has no header']],
  ['blank lines alone', '\n\r\n\n', ['shop.csv:1: the file has no header']],
  [
    'a column twice',
    'id,name,birth_date,name\n1,a,,b\n',
    ['shop.csv:1: column name: is in the header twice'],
  ],
  ['a missing column', 'id,name\n1,a\n', ['shop.csv:1: column birth_date: is missing']],
  [
    'an unknown column',
    'id,name,birth_date,age\n1,a,,5\n',
    ['shop.csv:1: column age: is not a column of the table'],
  ],
  [
    'a name in another case',
    'ID,name,birth_date\n',
    [
      'shop.csv:1: column ID: is not a column of the table (names are exact: id)',
      'shop.csv:1: column id: is missing',
    ],
  ],
  [
    'a blank beside a name',
    '\nid, name,birth_date\n',
    [
      'shop.csv:2: column  name: is not a column of the table (names are exact: name)',
      'shop.csv:2: column name: is missing',
    ],
  ],
  [
    'values of the columns that are there, below a header with a fault',
    'id,name\nx,a\n',
    [
      'shop.csv:1: column birth_date: is missing',
      'shop.csv:2: column id: "x" is not a BIGINT (an optional sign and digits)',
    ],
  ],
  ['too few fields', `${header}1,a\n`, ['shop.csv:2: the record has 2 fields, the header has 3']],
  [
    'too many fields',
    `${header}1,a,,\n`,
    ['shop.csv:2: the record has 4 fields, the header has 3'],
  ],
  ['a line of blanks', `${header}  \n`, ['shop.csv:2: the record has 1 field, the header has 3']],
  [
    'two wrong values in a record',
    `${header}1.0,a,1990-13-01\n`,
    [
      'shop.csv:2: column id: "1.0" is not a BIGINT (an optional sign and digits)',
      'shop.csv:2: column birth_date: "1990-13-01" is not a DATE (YYYY-MM-DD)',
    ],
  ],
  [
    'null in a column of numbers',
    `${header}null,a,\n`,
    ['shop.csv:2: column id: "null" is not a BIGINT (an optional sign and digits)'],
  ],
  [
    'a timestamp in a column of dates',
    `${header}1,a,2024-01-01 10:00:00\n`,
    ['shop.csv:2: column birth_date: "2024-01-01 10:00:00" is not a DATE (YYYY-MM-DD)'],
  ],
  [
    'the line on which the record begins',
    `${header}1,"a\nb\nc",\n\n2,"d\n",x\n`,
    ['shop.csv:6: column birth_date: "x" is not a DATE (YYYY-MM-DD)'],
  ],
  [
    'bytes that are not UTF-8',
    Buffer.from(`${header}1,Jos\xe9,\n`, 'latin1'),
    ['shop.csv:2: column name: "Jos\\xE9" is not UTF-8'],
  ],
  [
    'bytes that are not UTF-8 in the header',
    Buffer.from('id,name,birth_date,a\xf1o\n1,a,,\n', 'latin1'),
    ['shop.csv:1: "a\\xF1o" is not UTF-8'],
  ],
  [
    'UTF-8 that is cut',
    Buffer.from(`${header}1,\xc3,\n`, 'latin1'),
    ['shop.csv:2: column name: "\\xC3" is not UTF-8'],
  ],
  [
    'surrogates in UTF-8',
    Buffer.from(`${header}1,\xed\xa0\x80,\n`, 'latin1'),
    ['shop.csv:2: column name: "\\xED\\xA0\\x80" is not UTF-8'],
  ],
  [
    'a NUL byte',
    `${header}1,a\0b,\n`,
    ['shop.csv:2: column name: "a\\x00b" has a NUL byte (is the file UTF-16?)'],
  ],
  [
    'a quote inside a value without quotes',
    `${header}1,5" disk,\n2,x",\n`,
    [
      'shop.csv:2: column name: "5" disk" has a quote inside a value that is not quoted (quote the whole value and double the quote)',
      'shop.csv:3: column name: "x"" has a quote inside a value that is not quoted (quote the whole value and double the quote)',
    ],
  ],
  [
    'text after a closing quote',
    `${header}1,"a"b,\n2,"a" ,\n`,
    [
      'shop.csv:2: column name: "ab" has text after its closing quote (a quote inside a quoted value is doubled)',
      'shop.csv:3: column name: "a " has text after its closing quote (a quote inside a quoted value is doubled)',
    ],
  ],
  [
    'a blank before a quote',
    `${header}1, "a",\n`,
    [
      'shop.csv:2: column name: " "a"" has a quote inside a value that is not quoted (quote the whole value and double the quote)',
    ],
  ],
  [
    'a quote that is never closed',
    `${header}1,a,\n2,"b,\n3,c,\n`,
    ['shop.csv:3: column name: "b,\\n3,c,\\n" opens a quote that is never closed'],
  ],
  [
    'a carriage return without a line feed',
    `${header}1,a\rb,\n`,
    ['shop.csv:2: column name: "a\\rb" has a carriage return that ends no line (quote the value)'],
  ],
  [
    'a carriage return at the end of the file',
    `${header}1,a,\r`,
    [
      'shop.csv:2: column birth_date: "\\r" has a carriage return that ends no line (quote the value)',
    ],
  ],
];

describe('Files that are wrong', () => {
  test.for(wrong)('Find %s', async ([, content, faults]) => {
    expect(await readBoth(shop, content)).toEqual({ faults, count: faults.length });
  });

  test('Find a wrong value in line 4711, among values of all kinds', async () => {
    const lines = Array.from({ length: 6000 }, (_, i) => `${i + 2},"n ${i}",1990-01-02`);
    lines[4709] = '4711,x,1990-13-01';
    expect(await readBoth(shop, `${header}${lines.join('\n')}\n`)).toEqual({
      faults: ['shop.csv:4711: column birth_date: "1990-13-01" is not a DATE (YYYY-MM-DD)'],
      count: 1,
    });
  });

  test('Tell the first ten and count all', async () => {
    const lines = Array.from({ length: 42 }, (_, i) => `x${i},a,`);
    const outcome = await readBoth(shop, `${header}${lines.join('\n')}\n`);
    expect(outcome).toMatchObject({ count: 42 });
    expect('faults' in outcome && outcome.faults).toHaveLength(10);
    expect('faults' in outcome && outcome.faults[9]).toContain('shop.csv:11: column id: "x9"');
  });
});
