import { scan } from './scan.js';

export interface Statement {
  readonly sql: string;
  /** Line of the whole text on which it begins, from 1. */
  readonly line: number;
  readonly column: number;
}

/** The statements of a text, without the semicolons between them; comments alone are none. */
export function splitStatements(text: string): Statement[] {
  const cuts = scan(text).flatMap(({ kind, start, end }) =>
    kind === 'code' ? [...text.slice(start, end).matchAll(/;/g)].map((m) => start + m.index) : [],
  );
  const statements: Statement[] = [];
  let from = 0;
  for (const cut of [...cuts, text.length]) {
    const begins = firstCode(text.slice(from, cut));
    if (begins !== null) {
      const before = text.slice(0, from + begins);
      statements.push({
        sql: text.slice(from + begins, cut).trimEnd(),
        line: before.split('\n').length,
        column: before.length - before.lastIndexOf('\n'),
      });
    }
    from = cut + 1;
  }
  return statements;
}

/** Where the first thing begins that is neither blank nor comment. */
function firstCode(text: string): number | null {
  for (const { kind, start, end } of scan(text)) {
    if (kind === 'comment') continue;
    const blank = /^\s*/.exec(text.slice(start, end))?.[0].length ?? 0;
    if (start + blank < end) return start + blank;
  }
  return null;
}
