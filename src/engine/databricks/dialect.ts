import { dialectOf, refuseNul } from '../quote.js';

/** A backslash escapes inside of a text, as does a second backtick inside of a name. */
export const dialect = dialectOf('`', (text) => {
  refuseNul(text, 'text');
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
});
