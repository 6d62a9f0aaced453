/** Names compare without case in the database, quoted ones too; in the parser they do not. */
import { eachKind, isSyntax, type Span } from './syntax.js';

export function lowerCase(name: string): string {
  // Only letters that keep their length, so that places in the text stay where they are.
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** The same query with every name in lower case. */
export function withLowerCaseNames(sql: string, ast: unknown): string {
  const characters = [...sql];
  const lower = (value: unknown): void => {
    if (!isSyntax(value) || typeof value['name'] !== 'string' || !('quoted' in value)) return;
    const span = value['span'] as Span | null | undefined;
    if (span === null || span === undefined) return;
    for (let i = span.start; i < span.end; i += 1) characters[i] = lowerCase(characters[i] ?? '');
  };
  eachKind([ast], (_, child) => {
    lower(child);
    if (Array.isArray(child)) for (const item of child) lower(item);
    return true;
  });
  return characters.join('');
}
