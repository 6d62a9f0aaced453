/** A value as a person reads it in a table. */
import { isNumeric, type CellValue, type RowColumn } from './answer.js';
import { jsonOf } from './json-value.js';

/** Makes the texts of one column's values; NULL is the caller's to show. */
export function cellTextOf(column: RowColumn): (value: Exclude<CellValue, null>) => string {
  const amount = isNumeric(column) && !isName(column);
  const json = jsonOf(column);
  return (value) => {
    if (typeof value === 'object') return json(value);
    return amount ? grouped(String(value)) : String(value);
  };
}

/** Numbers that name something (ids, years) are not amounts: people copy them as they are. */
function isName({ name, kind }: RowColumn): boolean {
  return kind === 'integer' && /(^|_)(id|key|year|sk)$/i.test(name);
}

/** `-1234567.50` as `-1,234,567.50`; what is no plain number (`NaN`, `1e+21`) stays. */
export function grouped(number: string): string {
  const match = /^(-?)(\d+)(\.\d+)?$/.exec(number);
  if (match === null) return number;
  const [, sign = '', whole = '', fraction = ''] = match;
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction}`;
}
