/** Which columns of an expression the parser followed; it passes over some, such as an ORDER BY in an aggregate. */
import type { ParsedLineage } from './parser.js';
import { eachKind, isSyntax } from './syntax.js';

/** Every name that tables, CTEs and subqueries are read by, with the tables and CTEs behind it. */
export type ReadAs = ReadonlyMap<string, ReadonlySet<string>>;

export function readAs(ast: unknown): ReadAs {
  const found = new Map<string, Set<string>>();
  const add = (called: string | undefined, name: string | undefined): void => {
    if (called === undefined) return;
    const names = found.get(called) ?? new Set();
    if (name !== undefined) names.add(name);
    found.set(called, names);
  };
  eachKind([ast], (kind, child) => {
    if (!isSyntax(child) || (kind !== 'table' && kind !== 'subquery')) return true;
    const name = kind === 'table' ? nameOf(child['name']) : undefined;
    add(nameOf(child['alias']) ?? name, name);
    return true;
  });
  return found;
}

interface Column {
  readonly name: string;
  readonly table: string | undefined;
}

/** Columns that stand in an expression; those of its subqueries do not count. */
export function columnsOf(expression: unknown): readonly Column[] {
  const found: Column[] = [];
  eachKind(expression, (kind, child) => {
    if (kind === 'column' && isSyntax(child)) {
      const name = nameOf(child['name']);
      if (name !== undefined) found.push({ name, table: nameOf(child['table']) });
    }
    return kind !== 'column' && kind !== 'select';
  });
  return found;
}

export function isFollowedBy(child: ParsedLineage, { name, table }: Column, as: ReadAs): boolean {
  // Subqueries and unnamed columns: what is below them is looked at there.
  if (child.source_kind === 'root') return true;
  // A table function's column goes by another name than what it is made of.
  if (table !== undefined && !as.has(table)) return true;
  const { column } = child.expression as { column?: unknown };
  const called =
    (isSyntax(column) ? nameOf(column['name']) : undefined) ?? child.name.toLowerCase();
  if (called !== name && !/^_col_\d+$/.test(called)) return false;
  if (table === undefined) return true;
  const sources = [child.source_name, child.source_alias ?? ''].map((text) => text.toLowerCase());
  return sources.some((source) => source === table || as.get(table)?.has(source) === true);
}

function nameOf(value: unknown): string | undefined {
  return isSyntax(value) && typeof value['name'] === 'string'
    ? value['name'].toLowerCase()
    : undefined;
}
