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

/** What makes a dialect: the quotes of names, and what is written in a way of its own. */
type Spelling = { readonly quote: '"' | '`' } & Pick<
  Dialect,
  'quoteLiteral' | 'placeholder' | 'allRowsOf' | 'historyOf' | 'withoutLayout'
>;

export function dialectOf({ quote, ...spelling }: Spelling): Dialect {
  const q = (name: string) => quoteIdentifier(name, quote);
  return {
    ...spelling,
    quoteIdentifier: q,
    renderRelation: (r) => `${q(r.database)}.${q(r.schema)}.${q(r.identifier)}`,
    renderSchema: (s) => `${q(s.database)}.${q(s.schema)}`,
  };
}
