/**
 * A column that USING (or a natural join) brings together. The parser always reads it from both
 * sides, `coalesce(a.id, b.id)`; it is the left one's, unless rows of the right side alone remain.
 */
import { eachKind, isSyntax, type Syntax } from './syntax.js';

/** Which side such columns are read from; `unsure` where several kinds of join are in the query. */
export type Merged = 'left' | 'both' | 'unsure';

export function mergedColumns(ast: unknown): Merged {
  const kinds = new Set<string>();
  let starOfOne = false;
  eachKind(ast, (kind, child) => {
    for (const join of kind === 'joins' && Array.isArray(child) ? (child as unknown[]) : []) {
      if (!isSyntax(join)) continue;
      const how = String(join['kind']);
      const using = Array.isArray(join['using']) && join['using'].length > 0;
      if (using || how.startsWith('Natural')) kinds.add(how);
    }
    // `b.*` has the column of b itself, and the parser merges that too.
    starOfOne ||= kind === 'star' && isSyntax(child) && isSyntax(child['table']);
    return true;
  });
  if (starOfOne && kinds.size > 0) return 'unsure';
  const all = [...kinds];
  if (all.every((how) => how === 'Full')) return 'both';
  return all.every((how) => keepsLeft.has(how)) ? 'left' : 'unsure';
}

const keepsLeft = new Set('Inner Left Semi Anti Natural NaturalInner NaturalLeft'.split(' '));

/** The same expression with the first column in place of what the parser made of all sides. */
export function leftOnly(expression: unknown): unknown {
  if (Array.isArray(expression)) return expression.map(leftOnly);
  if (!isSyntax(expression)) return expression;
  if (!holdsMerged(expression)) return expression;
  const left = leftOf(expression);
  if (left !== undefined) return left;
  return Object.fromEntries(
    Object.entries(expression).map(([kind, child]) => [kind, leftOnly(child)]),
  );
}

export function holdsMerged(expression: unknown): boolean {
  let found = isSyntax(expression) && leftOf(expression) !== undefined;
  eachKind(expression, (_, child) => {
    found ||= isSyntax(child) && leftOf(child) !== undefined;
    return !found;
  });
  return found;
}

/** What the parser made has no place in the text; a coalesce that somebody wrote has one. */
function leftOf({ coalesce }: Syntax): Syntax | undefined {
  const parts = isSyntax(coalesce) ? coalesce['expressions'] : undefined;
  if (!Array.isArray(parts) || parts.length < 2) return undefined;
  const columns = (parts as unknown[]).map((part) => (isSyntax(part) ? part['column'] : undefined));
  const made = columns.every((c) => isSyntax(c) && (c['span'] ?? null) === null);
  return made ? (parts[0] as Syntax) : undefined;
}
