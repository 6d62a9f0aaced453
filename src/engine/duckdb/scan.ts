/** The parts of SQL in which nothing is to be looked for, by DuckDB's rules: quotes and comments. */
import type { Segment } from '../without-layout.js';

/** In order and without gaps. A quote or comment that is not closed reaches to the end. */
export function scan(sql: string): Segment[] {
  const segments: Segment[] = [];
  let codeFrom = 0;
  let at = 0;
  const add = (kind: 'quoted' | 'comment', end: number): void => {
    if (at > codeFrom) segments.push({ kind: 'code', start: codeFrom, end: at });
    segments.push({ kind, start: at, end });
    at = end;
    codeFrom = end;
  };
  while (at < sql.length) {
    const comment = afterComment(sql, at);
    if (comment !== null) {
      add('comment', comment);
      continue;
    }
    const end = afterToken(sql, at);
    if (end > at + 1) add('quoted', end);
    else at = end;
  }
  if (at > codeFrom) segments.push({ kind: 'code', start: codeFrom, end: at });
  return segments;
}

/** Where the comment ends that begins here; null where none does. Block comments nest, as in PostgreSQL's grammar. */
export function afterComment(sql: string, at: number): number | null {
  const char = sql[at];
  if (char === '-' && sql[at + 1] === '-') return after(sql, '\n', at);
  return char === '/' && sql[at + 1] === '*' ? afterBlock(sql, at) : null;
}

/** Where the quoted text ends that begins here, or the next character. */
export function afterToken(sql: string, i: number): number {
  const c = sql.charAt(i);
  if (c === '"') return afterQuoted(sql, '"', i + 1, false);
  if (c === "'") {
    // E'…' knows backslash escapes; a name that merely ends in e does not begin such a text.
    const escapes = /(^|[^\w$])e$/i.test(sql.slice(Math.max(0, i - 2), i));
    return afterQuoted(sql, "'", i + 1, escapes);
  }
  if (c === '$' && !/[\w$]/.test(sql.charAt(i - 1))) {
    const tag = /^\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/.exec(
      sql.slice(i, i + 80),
    )?.[0];
    if (tag !== undefined) return after(sql, tag, i + tag.length);
  }
  return i + 1;
}

function afterQuoted(sql: string, quote: string, from: number, escapes: boolean): number {
  let i = from;
  while (i < sql.length) {
    if (escapes && sql[i] === '\\') i += 2;
    else if (sql[i] !== quote) i += 1;
    else if (sql[i + 1] === quote) i += 2;
    else return i + 1;
  }
  return sql.length;
}

function afterBlock(sql: string, from: number): number {
  let depth = 0;
  let i = from;
  while (i < sql.length) {
    if (sql.startsWith('/*', i)) {
      depth += 1;
      i += 2;
    } else if (sql.startsWith('*/', i)) {
      depth -= 1;
      i += 2;
      if (depth === 0) return i;
    } else {
      i += 1;
    }
  }
  return sql.length;
}

function after(sql: string, text: string, from: number): number {
  const at = sql.indexOf(text, from);
  return at === -1 ? sql.length : at + text.length;
}
