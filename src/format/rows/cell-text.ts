/** A value as a person reads it in a table. */
import { isNumeric, type CellValue, type RowColumn } from './answer.js';
import { jsonText } from './json-value.js';

/** Text of a value; NULL is the caller's to show. */
export function cellText(value: Exclude<CellValue, null>, column: RowColumn): string {
  if (typeof value === 'object') return jsonText(value);
  const text = String(value);
  return isNumeric(column) && !isName(column) ? grouped(text) : text;
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
