/** E-mail addresses for those who may not see them. */
import type { ResultSet, Value } from '../../engine/engine.js';

/** `ada@shop.example` becomes `a***@shop.example`; a text that is no address shows nothing. */
export function maskEmail(text: string): string {
  const match = /^([^\s@])[^\s@]*@([^\s@]+)$/u.exec(text);
  return match === null ? '***' : `${match[1]}***@${match[2]}`;
}

/** A copy with every column called email masked. */
export function withoutEmails(result: ResultSet): ResultSet {
  const place = result.columns.findIndex(({ name }) => name === 'email');
  if (place === -1) return result;
  return {
    columns: result.columns,
    rows: result.rows.map((row) => row.map((value, i) => (i === place ? masked(value) : value))),
  };
}

function masked(value: Value): Value {
  return typeof value === 'string' ? maskEmail(value) : value;
}
