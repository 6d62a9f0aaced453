import type { Dialect } from './engine.js';

/**
 * The one function that puts a name into SQL. Every character is allowed but NUL,
 * which no engine can store, and the empty name, which none accepts.
 */
export function quoteIdentifier(name: string, quote: '"' | '`' = '"'): string {
  if (name === '') throw new TypeError('A name in SQL can not be empty.');
  if (name.includes('\0')) throw new TypeError('A name in SQL can not contain a NUL character.');
  return quote + name.replaceAll(quote, quote + quote) + quote;
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
