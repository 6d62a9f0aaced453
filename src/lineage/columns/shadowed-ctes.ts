/**
 * `with o as (…) select o.x from (…) as o`: the second `o` is the subquery, as in every
 * database; the parser takes it for the CTE, and the outer of two CTEs of one name for both.
 * A CTE whose name is given again gets a name of its own.
 */
import { quoteIdentifier } from '../../engine/quote.js';
import { eachKind, identifierOf, isSyntax, type Edit, type Syntax } from './syntax.js';

/** Beginning of the names that CTEs get; no project has a table of that name. */
const prefix = '__techstore_cte_';

/** New names of the CTEs that can be read at some place, by their own. */
type Scope = ReadonlyMap<string, string>;

export function cteEdits(ast: unknown, quote: '"' | '`'): Edit[] {
  const again = namesGivenAgain(ast);
  const edits: Edit[] = [];
  if (again.size > 0) visit(ast, new Map());
  return edits;

  function visit(value: unknown, scope: Scope): void {
    if (Array.isArray(value)) for (const item of value) visit(item, scope);
    if (!isSyntax(value)) return;
    const inner = isSyntax(value['with']) ? declare(value['with'], scope) : scope;
    for (const [kind, child] of Object.entries(value)) {
      if (kind === 'with') continue;
      if (kind === 'table' && isSyntax(child)) read(child, inner);
      visit(child, inner);
    }
  }

  /** A CTE is read by those after it and, where it is recursive, by itself. */
  function declare(clause: Syntax, outer: Scope): Scope {
    const scope = new Map(outer);
    for (const cte of ctesOf(clause)) {
      const alias = identifierOf(cte['alias']);
      const named = alias !== undefined && again.has(alias.name);
      if (clause['recursive'] !== true) visit(cte['this'], scope);
      if (named) {
        const name = `${prefix}${alias.span.start}`;
        edits.push({ ...alias.span, text: name });
        scope.set(alias.name, name);
      } else if (alias !== undefined) scope.delete(alias.name);
      if (clause['recursive'] === true) visit(cte['this'], scope);
    }
    return scope;
  }

  function read(table: Syntax, scope: Scope): void {
    const name = identifierOf(table['name']);
    const renamed = name === undefined ? undefined : scope.get(name.name);
    if (name === undefined || renamed === undefined || isSyntax(table['schema'])) return;
    const aliased = isSyntax(table['alias']);
    const text = aliased ? renamed : `${renamed} as ${quoteIdentifier(name.name, quote)}`;
    edits.push({ ...name.span, text });
  }
}

/** Names of CTEs that another CTE, or the alias of something else, has too. */
function namesGivenAgain(ast: unknown): ReadonlySet<string> {
  const ctes: string[] = [];
  const aliases: string[] = [];
  eachKind(ast, (kind, child) => {
    if (kind === 'with' && isSyntax(child)) {
      for (const cte of ctesOf(child)) ctes.push(identifierOf(cte['alias'])?.name ?? '');
    } else if (kind !== 'alias' && isSyntax(child)) {
      const name = identifierOf(child['alias'])?.name;
      if (name !== undefined) aliases.push(name);
    }
    return true;
  });
  return new Set(
    ctes.filter((name, i) => name !== '' && (ctes.indexOf(name) !== i || aliases.includes(name))),
  );
}

function ctesOf(clause: Syntax): Syntax[] {
  return Array.isArray(clause['ctes']) ? (clause['ctes'] as unknown[]).filter(isSyntax) : [];
}
