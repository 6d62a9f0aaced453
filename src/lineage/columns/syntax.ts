/** The little that is asked of the parser's syntax tree, whose shape no type describes. */

/** Offsets in characters (code points) of the text that was parsed. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Identifier {
  /** In lower case: names compare without case. */
  readonly name: string;
  readonly span: Span;
}

export type Syntax = Readonly<Record<string, unknown>>;

export function isSyntax(value: unknown): value is Syntax {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The identifier that a value is, if its place in the text is known. */
export function identifierOf(value: unknown): Identifier | undefined {
  if (!isSyntax(value) || typeof value['name'] !== 'string') return undefined;
  const span = value['span'] as Span | null | undefined;
  return span === undefined || span === null
    ? undefined
    : { name: value['name'].toLowerCase(), span };
}

/** Calls `visit` for each kind of expression below a value; it says whether to go deeper. */
export function eachKind(value: unknown, visit: (kind: string, child: unknown) => boolean): void {
  if (Array.isArray(value)) {
    for (const item of value) eachKind(item, visit);
  } else if (isSyntax(value)) {
    for (const [kind, child] of Object.entries(value)) {
      if (visit(kind, child)) eachKind(child, visit);
    }
  }
}

export interface Edit extends Span {
  readonly text: string;
}

/** Where two edits begin at one place, the first counts. */
export function edited(sql: string, edits: readonly Edit[]): string {
  if (edits.length === 0) return sql;
  const characters = [...sql];
  const byStart = new Map<number, Edit>();
  for (const edit of edits) if (!byStart.has(edit.start)) byStart.set(edit.start, edit);
  for (const { start, end, text } of [...byStart.values()].sort((a, b) => b.start - a.start)) {
    characters.splice(start, end - start, text);
  }
  return characters.join('');
}
