import { dialectOf } from '../quote.js';

/** A backslash escapes inside of a text, as does a second backtick inside of a name. */
export const dialect = dialectOf('`', (text) => {
  if (text.includes('\0')) throw new TypeError('A text in SQL can not contain a NUL character.');
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
});
