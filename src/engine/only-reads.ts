/** What a connection says that runs queries of others, and runs nothing else. */
import { DatabaseError } from './database-error.js';

interface Placed {
  readonly sql: string;
  readonly line: number;
}

/** @throws DatabaseError `invalid-input` at the second statement: one of several could undo what keeps the others from writing */
export function refuseSeveral(statements: readonly Placed[]): void {
  const second = statements[1];
  if (second === undefined) return;
  throw new DatabaseError(
    `The SQL has ${statements.length} statements, but only one can run at a time`,
    { kind: 'invalid-input', line: lineOf(second), hint: 'Keep one of them.' },
  );
}

/** A statement begins behind the `;` of the one before; its first word may stand lines below. */
function lineOf({ sql, line }: Placed): number {
  const blank = /^\s*/.exec(sql)?.[0] ?? '';
  return line + blank.split('\n').length - 1;
}

/**
 * @param kind of the statement: `INSERT`
 * @param reads the words that begin one which reads
 */
export function onlyQueries(kind: string, reads: string): DatabaseError {
  const article = /^(?!us)[aeiou]/i.test(kind) ? 'an' : 'a';
  return new DatabaseError(`Only queries can run here, but this is ${article} ${kind}`, {
    kind: 'permission',
    hint: `The published tables are read-only. Write a ${reads}.`,
  });
}
