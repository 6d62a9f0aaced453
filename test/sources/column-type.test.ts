import { expect, test } from 'vitest';
import { TechstoreError } from '../../src/errors.js';
import { parseColumns, parseColumnType } from '../../src/sources/column-type.js';

test.for([
  ['bigint', 'BIGINT'],
  ['int', 'INTEGER'],
  [' Integer ', 'INTEGER'],
  ['decimal( 18 , 2 )', 'DECIMAL(18,2)'],
  ['DECIMAL(5)', 'DECIMAL(5,0)'],
  ['string', 'VARCHAR'],
] as const)('Read the type %s as %s', ([type, sql]) => {
  expect(parseColumnType(type)?.sql).toBe(sql);
});

test.for([
  'HUGEINT',
  'DECIMAL',
  'DECIMAL(39,2)',
  'DECIMAL(2,3)',
  'DECIMAL(0)',
  'VARCHAR(20)',
  'TIMESTAMPTZ',
  'FLOAT',
  'INTEGER[]',
  '',
])('Refuse the type %s', (type) => {
  expect(parseColumnType(type)).toBeUndefined();
});

test('Say which column has a type that files can not have', () => {
  const parse = () => parseColumns('orders', [{ name: 'id', type: 'HUGEINT' }]);
  expect(parse).toThrow(TechstoreError);
  expect(parse).toThrow('Table orders: column id has the type HUGEINT');
});

test('Refuse a column that is declared twice, whatever its case', () => {
  const columns = [
    { name: 'id', type: 'BIGINT' },
    { name: 'ID', type: 'BIGINT' },
  ];
  expect(() => parseColumns('orders', columns)).toThrow('Table orders declares column ID twice.');
});
