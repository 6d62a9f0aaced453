/** Splits SQL into code and what code must not be looked for in: quotes and comments. */
import type { Segment } from '../without-layout.js';

/** In order and without gaps. A quote or comment that is not closed reaches to the end. */
export function scan(sql: string): Segment[] {
  const segments: Segment[] = [];
  let codeFrom = 0;
  let at = 0;
  while (at < sql.length) {
    const kind = kindAt(sql, at);
    if (kind === 'code') {
      at += 1;
      continue;
    }
    const end = kind === 'comment' ? afterComment(sql, at) : afterQuote(sql, at);
    if (at > codeFrom) segments.push({ kind: 'code', start: codeFrom, end: at });
    segments.push({ kind, start: at, end });
    at = end;
    codeFrom = end;
  }
  if (at > codeFrom) segments.push({ kind: 'code', start: codeFrom, end: at });
  return segments;
}

/** The SQL with a blank for every comment and quote: for looking at its keywords. */
export function codeOf(sql: string): string {
  return scan(sql)
    .map(({ kind, start, end }) => (kind === 'code' ? sql.slice(start, end) : ' '))
    .join('');
}

function kindAt(sql: string, at: number): Segment['kind'] {
  const char = sql[at];
  if (char === "'" || char === '"' || char === '`') return 'quoted';
  const next = sql[at + 1];
  if ((char === '-' && next === '-') || (char === '/' && next === '*')) return 'comment';
  return 'code';
}

function afterComment(sql: string, at: number): number {
  if (sql[at] === '-') {
    // It ends at either line end, but for a line feed behind a backslash.
    const line = /--(?:\\\n|[^\r\n])*\r?\n?/y;
    line.lastIndex = at;
    return at + (line.exec(sql)?.[0].length ?? 2);
  }
  // Spark's block comments nest; a hint inside of one opens none.
  let depth = 0;
  for (let i = at; i < sql.length; i += 1) {
    if (sql.startsWith('/*', i) && (i === at || sql[i + 2] !== '+')) {
      depth += 1;
      i += 1;
    } else if (sql.startsWith('*/', i)) {
      depth -= 1;
      i += 1;
      if (depth === 0) return i + 1;
    }
  }
  return sql.length;
}

function afterQuote(sql: string, at: number): number {
  const quote = sql[at] ?? '';
  // r'…' takes backslashes as they are.
  const raw = quote !== '`' && /(?:^|[^\w])[rR]$/.test(sql.slice(Math.max(0, at - 2), at));
  for (let i = at + 1; i < sql.length; i += 1) {
    if (sql[i] === '\\' && quote !== '`' && !raw) i += 1;
    else if (sql[i] === quote) return i + 1;
  }
  return sql.length;
}
