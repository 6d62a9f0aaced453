import { dialectOf, refuseNul } from '../quote.js';
import { withoutLayout } from '../without-layout.js';
import { scan } from './scan.js';

export const dialect = dialectOf({
  quote: '"',
  // No escapes inside of quotes: a doubled quote is all there is.
  quoteLiteral(text) {
    refuseNul(text, 'text');
    return `'${text.replaceAll("'", "''")}'`;
  },
  placeholder: (position) => `$${position}`,
  // A query that begins with FROM is DuckDB's own.
  allRowsOf: (relation) => `from ${relation}`,
  withoutLayout: (sql) => withoutLayout(sql, scan(sql)),
});
