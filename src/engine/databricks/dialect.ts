import { dialectOf, refuseNul } from '../quote.js';
import { withoutLayout } from '../without-layout.js';
import { scan } from './scan.js';

export const dialect = dialectOf({
  quote: '`',
  // A backslash escapes inside of a text, as does a second backtick inside of a name.
  quoteLiteral(text) {
    refuseNul(text, 'text');
    return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  },
  // The driver takes values in the order of the question marks.
  placeholder: () => '?',
  // The newest version comes first.
  historyOf: (relation) => `describe history ${relation} limit 1`,
  allRowsOf: (relation) => `select * from ${relation}`,
  withoutLayout: (sql) => withoutLayout(sql, scan(sql)),
});
