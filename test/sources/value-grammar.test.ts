import { describe, expect, test } from 'vitest';
import { parseColumnType } from '../../src/sources/column-type.js';
import { readValue } from '../../src/sources/value-grammar.js';

function read(typeName: string, text: string): string {
  const type = parseColumnType(typeName);
  if (type === undefined) throw new Error(`${typeName} is no type`);
  const result = readValue(type, text);
  return 'value' in result ? result.value : `! ${result.problem}`;
}

const right: readonly (readonly [type: string, text: string, value: string])[] = [
  ['BIGINT', '5', '5'],
  ['BIGINT', '+5', '5'],
  ['BIGINT', '-5', '-5'],
  ['BIGINT', '-0', '0'],
  ['BIGINT', '007', '7'],
  ['BIGINT', '0'.repeat(40), '0'],
  ['BIGINT', '9223372036854775807', '9223372036854775807'],
  ['BIGINT', '-9223372036854775808', '-9223372036854775808'],
  ['INT', '2147483647', '2147483647'],
  ['SMALLINT', '-32768', '-32768'],
  ['DECIMAL(18,2)', '12', '12.00'],
  ['DECIMAL(18,2)', '12.5', '12.50'],
  ['DECIMAL(18,2)', '+12.50', '12.50'],
  ['DECIMAL(18,2)', '-0.00', '0.00'],
  ['DECIMAL(18,2)', '00012.5', '12.50'],
  ['DECIMAL(18,2)', '-9999999999999999.99', '-9999999999999999.99'],
  ['DECIMAL(2,2)', '0.05', '0.05'],
  ['DECIMAL(5)', '12345', '12345'],
  ['DECIMAL(38,0)', '9'.repeat(38), '9'.repeat(38)],
  ['DOUBLE', '1.5e-3', '1.5e-3'],
  ['DOUBLE', '+2', '2'],
  ['DATE', '2024-02-29', '2024-02-29'],
  ['DATE', '0001-01-01', '0001-01-01'],
  ['DATE', '9999-12-31', '9999-12-31'],
  ['TIMESTAMP', '2024-05-06', '2024-05-06 00:00:00'],
  ['TIMESTAMP', '2024-05-06 07:08', '2024-05-06 07:08:00'],
  ['TIMESTAMP', '2024-05-06T07:08:09', '2024-05-06 07:08:09'],
  ['TIMESTAMP', '2024-05-06T07:08:09.1', '2024-05-06 07:08:09.1'],
  ['TIMESTAMP', '2024-05-06 07:08:09.123456', '2024-05-06 07:08:09.123456'],
  ['TIMESTAMP', '2024-05-06 07:08:09.100000', '2024-05-06 07:08:09.1'],
  ['TIMESTAMP', '2024-05-06T07:08Z', '2024-05-06 07:08:00'],
  ['TIMESTAMP', '2024-05-06T07:08:09.5Z', '2024-05-06 07:08:09.5'],
  ['TIMESTAMP', '2024-05-06T00:30:00+02:00', '2024-05-05 22:30:00'],
  ['TIMESTAMP', '2024-12-31 23:30-0130', '2025-01-01 01:00:00'],
  ['TIMESTAMP', '2024-05-06 07:08:09-00:00', '2024-05-06 07:08:09'],
  ['TIMESTAMP', '2024-05-06 07:08:09+18:00', '2024-05-05 13:08:09'],
  ['BOOLEAN', 'true', 'true'],
  ['BOOLEAN', 'FALSE', 'false'],
  ['BOOLEAN', 'tRuE', 'true'],
  ['TEXT', '007', '007'],
  ['STRING', 'null', 'null'],
  ['VARCHAR', '  ', '  '],
];

const integer = '! is not a BIGINT (an optional sign and digits)';
const decimal =
  '! is not a DECIMAL(18,2) (an optional sign, digits, and optionally a point and at most 2 digits)';
const date = '! is not a DATE (YYYY-MM-DD)';
const timestamp =
  '! is not a TIMESTAMP (YYYY-MM-DD, optionally HH:MM, :SS, a fraction of at most 6 digits, and Z or ±HH:MM)';
const boolean = '! is not a BOOLEAN (true or false)';

const wrong: readonly (readonly [type: string, problem: string, texts: readonly string[]])[] = [
  [
    'BIGINT',
    integer,
    [
      '',
      ' 5',
      '5 ',
      '5.0',
      '5.6',
      '0x10',
      '1_000',
      '1,000',
      '1e3',
      '-',
      '+',
      '--5',
      '+-5',
      'null',
      'NA',
      ' ',
      '١',
      'five',
    ],
  ],
  [
    'BIGINT',
    '! is outside the range of BIGINT',
    ['9223372036854775808', '-9223372036854775809', '9'.repeat(500)],
  ],
  ['INT', '! is outside the range of INTEGER', ['2147483648', '-2147483649']],
  ['SMALLINT', '! is outside the range of SMALLINT', ['32768', '-32769']],
  [
    'DECIMAL(18,2)',
    decimal,
    ['1.005', '1.000', '5.', '.5', '1e2', '1,5', '1.2.3', ' 1', '1 ', '$1', '-', 'inf', 'NaN'],
  ],
  [
    'DECIMAL(18,2)',
    '! is outside the range of DECIMAL(18,2)',
    ['10000000000000000', '-99999999999999999.99'],
  ],
  ['DECIMAL(2,2)', '! is outside the range of DECIMAL(2,2)', ['1', '1.00', '-1']],
  ['DECIMAL(5)', '! is not a DECIMAL(5,0) (an optional sign and digits)', ['1.0', '1.']],
  ['DOUBLE', '! is outside the range of DOUBLE', ['1e400', '-1e400']],
  [
    'DATE',
    date,
    [
      '1990-13-01',
      '2023-02-29',
      '1900-02-29',
      '2024-04-31',
      '2024-00-01',
      '2024-01-00',
      '0000-01-01',
      '10000-01-01',
      '2024-1-1',
      '24-01-01',
      '2024/01/01',
      '01-02-2024',
      '2024-01-01 ',
      ' 2024-01-01',
      '2024-01-01 00:00',
      '2024-01-01T00:00:00',
      'epoch',
      'infinity',
      '2024-01-01 BC',
      '+2024-01-01',
    ],
  ],
  [
    'TIMESTAMP',
    timestamp,
    [
      '2024-01-01 24:00',
      '2024-01-01 10:60',
      '2024-01-01 10:00:60',
      '2024-01-01 10',
      '2024-01-01 1:00',
      '2024-01-01 10:00:00.',
      '2024-01-01 10:00:00.1234567',
      '2024-01-01t10:00',
      '2024-01-01T10:00z',
      '2024-01-01  10:00',
      '2024-01-01 10:00 Z',
      '2024-01-01 10:00 UTC',
      '2024-01-01 10:00:00 Europe/Madrid',
      '2024-01-01 10:00+02',
      '2024-01-01 10:00+2:00',
      '2024-01-01 10:00+02:60',
      '2024-01-01 10:00+18:01',
      '2024-01-01Z',
      '2024-01-01+02:00',
      '2023-02-29 10:00',
      '0000-01-01 00:00',
      '1704067200',
      'now',
    ],
  ],
  [
    'TIMESTAMP',
    '! is outside the years 0001 to 9999 in UTC',
    ['0001-01-01T00:00+00:01', '9999-12-31 23:59-00:01'],
  ],
  ['BOOLEAN', boolean, ['t', 'f', '1', '0', 'yes', 'no', 'y', 'on', ' true', 'true ', 'truth']],
];

describe('Values that are right', () => {
  test.for(right)('%s reads %s as %s', ([type, text, value]) => {
    expect(read(type, text)).toBe(value);
  });
});

describe('Values that are wrong', () => {
  test.for(
    wrong.flatMap(([type, problem, texts]) => texts.map((text) => [type, text, problem] as const)),
  )('%s refuses "%s"', ([type, text, problem]) => {
    expect(read(type, text)).toBe(problem);
  });
});
