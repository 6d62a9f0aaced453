import { afterComment, afterToken } from './scan.js';

/** One statement of a text of several, and where in that text it begins. */
export interface Statement {
  readonly sql: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/**
 * Cuts SQL into its statements. DuckDB can do that too (`extractStatements`), but
 * what it gives has lost its text, and errors in it their LINE.
 */
export function splitStatements(sql: string): readonly Statement[] {
  const pieces: Statement[] = [];
  let start = 0;
  let hasCode = false;
  let line = 1;
  let lineStart = 0;
  let i = 0;
  const cut = (end: number) => {
    const text = sql.slice(start, end);
    if (hasCode) pieces.push({ sql: text, line, column: start - lineStart + 1 });
    const breaks = text.split('\n').length - 1;
    if (breaks > 0) lineStart = start + text.lastIndexOf('\n') + 1;
    line += breaks;
    start = end + 1;
    hasCode = false;
  };
  while (i < sql.length) {
    const c = sql.charAt(i);
    const comment = afterComment(sql, i);
    if (c === ';') {
      cut(i);
      i += 1;
    } else if (comment !== null) {
      i = comment;
    } else if (/\s/.test(c)) {
      i += 1;
    } else {
      hasCode = true;
      i = afterToken(sql, i);
    }
  }
  cut(sql.length);
  return pieces;
}
