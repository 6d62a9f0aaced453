/**
 * `select trim(name) as name, length(name) as n`: the second `name` is the column, as in
 * every database; the parser takes it for the alias beside it. Such columns get the
 * name of their table before them.
 */
import { quoteIdentifier } from '../../engine/quote.js';
import type { InputTable } from './query.js';
import {
  eachKind,
  identifierOf,
  isSyntax,
  type Edit,
  type Identifier,
  type Syntax,
} from './syntax.js';

/** What stands before a column that could belong to several tables, so that it is not traced. */
export const unknownTable = '__techstore_unknown_table';

export function shadowEdits(ast: unknown, tables: readonly InputTable[], quote: '"' | '`'): Edit[] {
  const edits: Edit[] = [];
  eachKind(ast, (kind, child) => {
    if (kind === 'select' && isSyntax(child)) edits.push(...ofSelect(child, tables, quote));
    return true;
  });
  return edits;
}

function ofSelect(select: Syntax, tables: readonly InputTable[], quote: '"' | '`'): Edit[] {
  const list = Array.isArray(select['expressions']) ? (select['expressions'] as unknown[]) : [];
  const edits: Edit[] = [];
  const aliases = new Map<string, unknown>();
  for (const item of list) {
    const alias = isSyntax(item) && isSyntax(item['alias']) ? item['alias'] : undefined;
    const expression = alias?.['this'] ?? item;
    for (const { name: column, table: qualifier } of columnsIn(expression)) {
      if (qualifier !== undefined) continue;
      const made = aliases.get(column.name);
      if (made === undefined) continue;
      const table = tableOf(column.name, made, select, tables);
      if (table === null) continue;
      edits.push({
        start: column.span.start,
        end: column.span.start,
        text: `${quoteIdentifier(table, quote)}.`,
      });
    }
    const name = identifierOf(alias?.['alias'])?.name;
    if (name !== undefined && !aliases.has(name)) aliases.set(name, expression);
  }
  return edits;
}

/**
 * What the column stands in, for a name that is an alias too; null where there
 * is no column of that name, so that the alias is meant.
 */
function tableOf(
  name: string,
  made: unknown,
  select: Syntax,
  tables: readonly InputTable[],
): string | null {
  const entries = entriesOf(select);
  const [sole] = entries;
  const having = entries.filter(({ table }) => {
    const known = tables.find((t) => t.name.toLowerCase() === table);
    return known?.columns.some((c) => c.name.toLowerCase() === name) === true;
  });
  // Where the alias's own expression reads a column of that name, there is one.
  const own = columnsIn(made).filter((column) => column.name.name === name);
  const qualifier = own.find(({ table }) => table !== undefined)?.table;
  if (qualifier !== undefined) return qualifier;
  if (own.length === 0 && having.length === 0) return null;
  const [only, ...more] = having.length > 0 ? having : entries.length === 1 ? [sole] : [];
  return only === undefined || more.length > 0 ? unknownTable : only.called;
}

interface ColumnUse {
  readonly name: Identifier;
  readonly table: string | undefined;
}

/** Columns of an expression; those of subqueries belong to the subqueries. */
function columnsIn(expression: unknown): ColumnUse[] {
  const found: ColumnUse[] = [];
  eachKind(expression, (kind, child) => {
    if (kind === 'column' && isSyntax(child)) {
      const name = identifierOf(child['name']);
      if (name !== undefined) found.push({ name, table: text(child['table']) });
    }
    return kind !== 'column' && kind !== 'select';
  });
  return found;
}

interface Entry {
  /** By which name its columns are asked for. */
  readonly called: string;
  /** The table itself; undefined for a subquery. */
  readonly table: string | undefined;
}

/** What FROM and its joins hold. */
function entriesOf({ from, joins }: Syntax): Entry[] {
  const entries = isSyntax(from) ? from['expressions'] : undefined;
  const joined = Array.isArray(joins) ? (joins as unknown[]) : [];
  const all: unknown[] = [
    ...(Array.isArray(entries) ? (entries as unknown[]) : []),
    ...joined.map((join) => (isSyntax(join) ? join['this'] : undefined)),
  ];
  return all.flatMap((entry) => {
    const inner = isSyntax(entry) ? (entry['table'] ?? entry['subquery']) : undefined;
    if (!isSyntax(inner)) return [];
    const [table, alias] = [text(inner['name']), text(inner['alias'])];
    const called = alias ?? table;
    return called === undefined ? [] : [{ called, table }];
  });
}

function text(value: unknown): string | undefined {
  return isSyntax(value) && typeof value['name'] === 'string'
    ? value['name'].toLowerCase()
    : undefined;
}
