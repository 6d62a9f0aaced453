/** The little that is asked of DuckDB's syntax tree, as `json_serialize_sql` writes it. No type describes its shape. */

export type Syntax = Readonly<Record<string, unknown>>;

export function isSyntax(value: unknown): value is Syntax {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The parts of a list; an empty list where there is none. */
export function list(value: unknown): readonly Syntax[] {
  return Array.isArray(value) ? (value as unknown[]).filter(isSyntax) : [];
}

export function texts(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? (value as unknown[]).filter((item): item is string => typeof item === 'string')
    : [];
}

/** A text, or the empty one where there is none. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Entries of a map: DuckDB writes them as a list of keys and values. */
export function entries(map: unknown): readonly { key: unknown; value: Syntax }[] {
  return list(map).flatMap(({ key, value }) => (isSyntax(value) ? [{ key, value }] : []));
}

/** The query below a part such as `{"node": …}`. */
export function nodeOf(value: unknown): Syntax | undefined {
  return isSyntax(value) && isSyntax(value['node']) ? value['node'] : undefined;
}

/** The constant text that an expression is, if it is one. */
export function constantText(expression: unknown): string | undefined {
  if (!isSyntax(expression) || expression['class'] !== 'CONSTANT') return undefined;
  const { value } = expression['value'] as { value?: unknown };
  return typeof value === 'string' ? value : undefined;
}

/** As names compare in DuckDB: letters beyond ASCII keep their case. */
export function lowerCase(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
