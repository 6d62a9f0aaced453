/**
 * Parameters of lambdas, which the parser takes for columns: `list_transform(tags, id -> id + 1)`
 * would read a column `id`.
 */
import { eachKind, identifierOf, isSyntax, type Edit, type Identifier } from './syntax.js';

/** Beginning of the names that parameters get; no project has a column of that name. */
const prefix = '__techstore_parameter_';

export function isParameter(name: string): boolean {
  return name.startsWith(prefix);
}

/** Gives every parameter of a lambda a name of its own. */
export function parameterEdits(ast: unknown): Edit[] {
  const edits: Edit[] = [];
  visit(ast, new Map());
  return edits;

  function visit(value: unknown, parameters: ReadonlyMap<string, string>): void {
    eachKind(value, (kind, child) => {
      if (kind === 'lambda' && isSyntax(child)) {
        const inner = new Map(parameters);
        for (const { name, span } of identifiers(child['parameters'])) {
          inner.set(name, `${prefix}${span.start}`);
          edits.push({ ...span, text: `${prefix}${span.start}` });
        }
        visit(child['body'], inner);
        return false;
      }
      if (kind !== 'column' || !isSyntax(child)) return true;
      // `x.field` of a parameter x looks like a column of a table x.
      const first = identifierOf(child['table']) ?? identifierOf(child['name']);
      const text = first === undefined ? undefined : parameters.get(first.name);
      if (first !== undefined && text !== undefined) edits.push({ ...first.span, text });
      return false;
    });
  }
}

function identifiers(list: unknown): Identifier[] {
  return Array.isArray(list)
    ? list.map(identifierOf).filter((identifier) => identifier !== undefined)
    : [];
}
