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
    if (c === ';') {
      cut(i);
      i += 1;
    } else if (c === '-' && sql[i + 1] === '-') {
      i = after(sql, '\n', i);
    } else if (c === '/' && sql[i + 1] === '*') {
      i = afterComment(sql, i);
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

function afterToken(sql: string, i: number): number {
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

/** Block comments nest, as in PostgreSQL's grammar. */
function afterComment(sql: string, from: number): number {
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
