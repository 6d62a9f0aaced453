import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseColumns } from '../../src/sources/column-type.js';
import { scanCsv } from '../../src/sources/csv-scan.js';
import { FaultList, formatFault } from '../../src/sources/fault.js';
import { findFaults } from '../../src/sources/find-faults.js';
import { fuzzRuns } from '../helpers/fuzz-runs.js';
import { type Outcome, columnsOf, openShop, readAlone, readLoaded } from './shop.js';

const shop = openShop();

const columns = columnsOf(
  'big BIGINT, small SMALLINT, whole INT, money DECIMAL(18,2), cents DECIMAL(2,2), count DECIMAL(5), ratio DOUBLE, day DATE, at TIMESTAMP, flag BOOLEAN, name TEXT, notes VARCHAR',
);

/** Values at and beyond the edges of each type; each is tried in every column. */
const right: Record<string, readonly string[]> = {
  BIGINT: [
    '1',
    '0',
    '-5',
    '+7',
    '007',
    '9223372036854775807',
    '-9223372036854775807',
    '-9223372036854775808',
    '00000000000000000000001',
    '-0',
  ],
  SMALLINT: ['1', '-32768', '32767', '+32767', '00032767', '-32767'],
  INT: ['2147483647', '-2147483648', '-2147483647', '12'],
  'DECIMAL(18,2)': [
    '12.5',
    '12.50',
    '12',
    '-0.00',
    '+1.10',
    '9999999999999999.99',
    '-9999999999999999.99',
    '007.10',
    '0000000000000000000000.01',
  ],
  'DECIMAL(2,2)': ['0.99', '-0.99', '0', '00.5', '-0.0'],
  'DECIMAL(5)': ['99999', '-99999', '000001'],
  DOUBLE: ['0.1', '12', '-3.25', '1e10', '1.5E-3', '+2.5'],
  DATE: ['2024-02-29', '0001-01-01', '9999-12-31', '2000-02-29', '1900-02-28'],
  TIMESTAMP: [
    '2024-02-29',
    '2024-01-01 10:00',
    '2024-01-01T10:00',
    '2024-01-01 10:00:05',
    '2024-01-01T10:00:05.5',
    '2024-01-01 23:59:59.999999',
    '2024-01-01T10:00Z',
    '2024-01-01T10:00:05Z',
    '2024-01-01 10:00:05.123456+02:00',
    '2024-01-01T23:30-0130',
    '2024-01-01 00:15+18:00',
    '2024-03-01T00:00:00.25-18:00',
    '0001-01-01T00:00-01:00',
    '9999-12-31 23:59:59.999999+00:01',
    '0001-01-01 00:00',
    '9999-12-31T23:59:59.999999',
  ],
  BOOLEAN: ['true', 'false', 'TRUE', 'False', 'tRuE'],
  TEXT: [
    'a',
    'null',
    'NULL',
    'NA',
    '007',
    ' ',
    '  x ',
    'é',
    '日本',
    '😀',
    '\\',
    '\\"',
    "'",
    '#',
    '# x',
    'a;b',
    '\t',
    '\u00a0',
    '\ufeff',
    'x'.repeat(50),
    '\u0085',
    '\u2028',
    '\x01',
  ],
};
right.VARCHAR = [
  ...(right.TEXT ?? []),
  'a,b',
  'a"b',
  '"',
  '""',
  'a\nb',
  'a\r\nb',
  '\n',
  '\r',
  ',',
  'x,"\n",y',
];

const wrong = [
  '9223372036854775808',
  '-9223372036854775809',
  '32768',
  '-32769',
  '2147483648',
  '99999999999999999999999',
  '0x10',
  '1_000',
  '5.6',
  '1e3',
  '5.',
  '.5',
  '1.005',
  '-',
  '+',
  '--1',
  '+-1',
  '1 ',
  ' 1',
  '１',
  '१',
  '10000000000000000.00',
  '1.00',
  '100000',
  'inf',
  'nan',
  'NaN',
  'infinity',
  '-infinity',
  'epoch',
  '1e400',
  '1d',
  '1,5',
  '1.2.3',
  '2023-02-29',
  '1900-02-29',
  '2024-13-01',
  '2024-00-10',
  '2024-01-32',
  '0000-01-01',
  '10000-01-01',
  '2024-1-1',
  '2024/01/01',
  '01-01-2024',
  '2024-01-01 (BC)',
  '2024-01-01 BC',
  '2024-01-01 24:00',
  '2024-01-01 10:60',
  '2024-01-01 10:00:60',
  '2024-01-01 10',
  '2024-01-01 10:00:00.1234567',
  '2024-01-01 10:00:00.',
  '2024-01-01t10:00',
  '2024-01-01 10:00z',
  '2024-01-01 10:00:00 UTC',
  '2024-01-01 10:00:00 Europe/Madrid',
  '2024-01-01 10:00+18:01',
  '2024-01-01 10:00+02',
  '2024-01-01 10:00+2:00',
  '2024-01-01Z',
  '2024-01-01  10:00',
  '2024-01-01 10:00 +02:00',
  '0001-01-01 00:00+00:01',
  '9999-12-31 23:59:59-00:01',
  't',
  'f',
  '1',
  '0',
  'yes',
  'no',
  'tru',
  'truee',
  'ſ',
  'a"b',
  '\0',
];

const lineEnd = fc.constantFrom('\n', '\r\n');

function oneOf(type: string): fc.Arbitrary<string> {
  const pool = right[type] ?? [];
  return fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom(...pool) },
    { weight: 3, arbitrary: fc.constant('') },
  );
}

/** How a value is written: quoted when it must be, or by chance. */
function written(value: string, quoted: boolean): string {
  return quoted || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

const record = fc
  .tuple(
    fc.tuple(...columns.map(({ type }) => oneOf(type))),
    fc.nat(2 ** columns.length - 1),
    fc.boolean(),
  )
  .map(([values, quotes, plain]) =>
    values.map((value, index) => written(value, !plain && ((quotes >> index) & 1) === 1)),
  );

const fault = fc.record({
  value: fc.constantFrom(...wrong),
  column: fc.nat(columns.length - 1),
  row: fc.nat(100),
});

interface Sheet {
  readonly bytes: Buffer;
  readonly columns: typeof columns;
}

/** Files that are mostly right, so that both ways of reading are taken. */
const sheet: fc.Arbitrary<Sheet> = fc
  .record({
    order: fc.shuffledSubarray(
      columns.map((_, index) => index),
      { minLength: 1 },
    ),
    rows: fc.array(record, { maxLength: 12 }),
    end: lineEnd,
    mixed: fc.boolean(),
    mark: fc.boolean(),
    blank: fc.option(fc.nat(12)),
    last: fc.boolean(),
    faults: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(fault, { maxLength: 3 })),
    quotedHeader: fc.boolean(),
  })
  .map(({ order, rows, end, mixed, mark, blank, last, faults, quotedHeader }) => {
    const lines = rows.map((row) => order.map((index) => row[index] ?? ''));
    for (const { value, column, row } of faults) {
      const line = lines[row % Math.max(lines.length, 1)];
      if (line !== undefined) line[column % order.length] = value;
    }
    const texts = [
      order.map((index) => written(columns[index]?.name ?? '', quotedHeader)).join(','),
      ...lines.map((line) => line.join(',')),
    ];
    if (blank !== null) texts.splice(blank, 0, '');
    const text = texts
      .map((line, index) => line + (mixed && index === 2 ? '\n' : end))
      .join('')
      .slice(0, last ? undefined : -end.length);
    const used = columns.filter((_, index) => order.includes(index));
    return { bytes: Buffer.from((mark ? '\ufeff' : '') + text), columns: used };
  });

const nasty = fc.constantFrom(
  '"',
  ',',
  '\n',
  '\r',
  '\r\n',
  '""',
  '\0',
  '\xff',
  '\xc3',
  ' ',
  '-',
  '.',
  '0',
  '9',
  'Z',
  '+',
  'T',
  ':',
  '\ufeff',
);

/** The same with bytes put in, taken out or doubled anywhere. */
const broken: fc.Arbitrary<Sheet> = fc
  .tuple(
    sheet,
    fc.array(fc.tuple(fc.nat(), nasty, fc.constantFrom(0, 1, 2)), { minLength: 1, maxLength: 3 }),
  )
  .map(([{ bytes, columns: used }, edits]) => {
    let changed = bytes;
    for (const [place, piece, removed] of edits) {
      const at = place % (changed.length + 1);
      changed = Buffer.concat([
        changed.subarray(0, at),
        Buffer.from(piece, 'latin1'),
        changed.subarray(at + removed),
      ]);
    }
    return { bytes: changed, columns: used };
  });

/** Bytes of a very small alphabet, where every structure of CSV comes up. */
const soup: fc.Arbitrary<Sheet> = fc
  .array(fc.constantFrom('"', ',', '\n', '\r', 'a', '1', '', ' ', '\xe9'), { maxLength: 40 })
  .map((pieces) => ({
    bytes: Buffer.from(`a,b\n${pieces.join('')}`, 'latin1'),
    columns: columnsOf('a TEXT, b TEXT'),
  }));
const narrowSoup: fc.Arbitrary<Sheet> = soup.map(({ bytes }) => ({
  bytes: Buffer.from(bytes.toString('latin1').replace('a,b', 'a'), 'latin1'),
  columns: columnsOf('a TEXT'),
}));

/** DuckDB prints a DOUBLE in its own way, and a DECIMAL(2,2) without the 0 before the point. */
function comparable(outcome: Outcome, { columns: used }: Sheet): unknown {
  if (!('rows' in outcome)) return outcome;
  return outcome.rows.map((row) =>
    row.map((value, index) => {
      const type = used[index]?.type;
      return value !== null && (type === 'DOUBLE' || type === 'DECIMAL(2,2)')
        ? Number(value)
        : value;
    }),
  );
}

async function expectTheSame(given: Sheet, chunkBytes: number): Promise<boolean> {
  const path = await shop.write('shop.csv', given.bytes);
  const alone = await readAlone(path, given.columns);
  const loaded = await readLoaded(shop, path, given.columns);
  expect(comparable(loaded, given)).toEqual(comparable(alone, given));

  // Where a chunk ends must not matter; with chunks of a few bytes they end everywhere.
  const faults = new FaultList();
  const columns = parseColumns('shop', given.columns);
  const records = await findFaults({ path, file: 'shop.csv', columns, faults }, chunkBytes);
  const found = { faults: faults.first.map(formatFault), count: faults.count };
  expect(found).toEqual('rows' in alone ? { faults: [], count: 0 } : alone);
  if ('rows' in alone) expect(records).toBe(alone.rows.length);
  const scan = await scanCsv(path, columns, () => undefined, { chunkBytes });
  const whole = await scanCsv(path, columns, () => undefined);
  expect(scan).toEqual(whole);
  if (scan !== undefined) expect({ rows: scan.traits.rows }).toEqual({ rows: records });
  return scan !== undefined;
}

// With fewer, the share below could be missed by chance.
const numRuns = Math.max(300, fuzzRuns(500));

test.for([
  ['files that are mostly right', sheet, 0.1],
  ['files with broken bytes', broken, -1],
  ['two columns of any structure', soup, 0],
  ['one column of any structure', narrowSoup, 0],
] as const)('the fast way and the exact reader agree on %s', async ([, sheets, leastShare]) => {
  shop.statements.length = 0;
  let right = 0;
  let all = 0;
  await fc.assert(
    fc.asyncProperty(sheets, fc.integer({ min: 3, max: 40 }), async (given, chunkBytes) => {
      all += 1;
      right += (await expectTheSame(given, chunkBytes)) ? 1 : 0;
    }),
    { numRuns },
  );
  // Without some files that go the fast way this would compare nothing.
  expect(right / all).toBeGreaterThan(leastShare);
});
