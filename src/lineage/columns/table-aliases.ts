/** Tables by the aliases that a query gives them. */
import { eachKind, isSyntax } from './syntax.js';

/**
 * For references out of a subquery, which the parser leaves as they are: `c.id` inside
 * of a lateral join. An alias that is given twice, or to a CTE, is left out.
 */
export function tableAliases(ast: unknown): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const unsure = new Set<string>();
  const text = (value: unknown): string | undefined =>
    isSyntax(value) && typeof value['name'] === 'string' ? value['name'].toLowerCase() : undefined;
  const ctes = new Set<string>();
  eachKind(ast, (kind, child) => {
    const lists = kind === 'ctes' && Array.isArray(child) ? (child as unknown[]) : [];
    for (const cte of lists) if (isSyntax(cte)) ctes.add(text(cte['alias']) ?? '');
    if (!isSyntax(child) || (kind !== 'table' && kind !== 'subquery')) return true;
    const alias = text(child['alias']);
    const name = kind === 'table' ? text(child['name']) : undefined;
    if (alias === undefined) return true;
    if (name === undefined || found.has(alias)) unsure.add(alias);
    else found.set(alias, name);
    return true;
  });
  for (const [alias, name] of found) {
    if (unsure.has(alias) || ctes.has(alias) || ctes.has(name)) found.delete(alias);
  }
  return found;
}
