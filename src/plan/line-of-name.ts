/** Faults of which the database does not say where they lie: the name that they quote may tell. */
import { DatabaseError } from '../engine/database-error.js';

/** The same error, with the line of the last place that has the name which it quotes first. */
export function lineOfName(error: DatabaseError, sql: string): DatabaseError {
  if (error.sqlLine !== undefined) return error;
  const name = /["']([^"'\s]+)["']/.exec(error.message)?.[1];
  const place = name === undefined ? null : lastPlaceOf(name, sql);
  if (place === null) return error;
  return new DatabaseError(error.message, {
    kind: error.kind,
    ...place,
    suggestions: error.suggestions,
    cause: error,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  });
}

/** Where a name stands for the last time, as a word; null where it does not. */
export function lastPlaceOf(name: string, sql: string): { line: number; column: number } | null {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = [...sql.matchAll(new RegExp(`(?<![\\w$])${escaped}(?![\\w$])`, 'gi'))].at(-1);
  if (found === undefined) return null;
  const before = sql.slice(0, found.index);
  return {
    line: before.split('\n').length,
    column: found.index - before.lastIndexOf('\n'),
  };
}
