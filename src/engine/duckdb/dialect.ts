import { dialectOf } from '../quote.js';

/** DuckDB has no escapes inside quotes: a doubled quote is all there is. */
export const dialect = dialectOf('"', (text) => {
  if (text.includes('\0')) throw new TypeError('A text in SQL can not contain a NUL character.');
  return `'${text.replaceAll("'", "''")}'`;
});
