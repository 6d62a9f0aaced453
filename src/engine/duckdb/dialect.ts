import { dialectOf, refuseNul } from '../quote.js';

/** DuckDB has no escapes inside quotes: a doubled quote is all there is. */
export const dialect = dialectOf('"', (text) => {
  refuseNul(text, 'text');
  return `'${text.replaceAll("'", "''")}'`;
});
