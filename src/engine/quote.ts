import { TechstoreError } from '../errors.js';
import type { Dialect } from './engine.js';

/**
 * The one function that puts a name into SQL. Every character is allowed but NUL,
 * which no engine can store, and the empty name, which none accepts.
 *
 * @throws TechstoreError `compilation` for these two: names come from users
 */
export function quoteIdentifier(name: string, quote: '"' | '`' = '"'): string {
  if (name === '') throw new TechstoreError('compilation', 'A name in SQL cannot be empty.');
  refuseNul(name, 'name');
  return quote + name.replaceAll(quote, quote + quote) + quote;
}

/** @throws TechstoreError `compilation` for a text that no statement can hold */
export function refuseNul(text: string, what: 'name' | 'text'): void {
  if (!text.includes('\0')) return;
  throw new TechstoreError('compilation', `A ${what} in SQL cannot contain a NUL character.`);
}

/** A dialect from its quote character and its way to write a text. */
export function dialectOf(quote: '"' | '`', quoteLiteral: (text: string) => string): Dialect {
  const q = (name: string) => quoteIdentifier(name, quote);
  return {
    quoteIdentifier: q,
    quoteLiteral,
    renderRelation: (r) => `${q(r.database)}.${q(r.schema)}.${q(r.identifier)}`,
    renderSchema: (s) => `${q(s.database)}.${q(s.schema)}`,
  };
}
