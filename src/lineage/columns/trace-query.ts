/** What each column of a query is made of. */
import type { How } from '../lineage.js';
import { withoutFloorDivision } from './floor-division.js';
import { howUsed, stronger } from './how.js';
import { isParameter, parameterEdits } from './lambda-parameters.js';
import { lowerCase, withLowerCaseNames } from './lower-case.js';
import type { ParsedLineage, Parser } from './parser.js';
import type { InputTable, TracedColumn, TracedSource } from './query.js';
import { cteEdits } from './shadowed-ctes.js';
import { shadowEdits } from './shadowed-columns.js';
import { eachKind, edited, isSyntax } from './syntax.js';
import { tableAliases } from './table-aliases.js';
import { columnsOf, isFollowedBy, readAs, type ReadAs } from './unfollowed.js';
import { holdsMerged, leftOnly, mergedColumns, type Merged } from './using-columns.js';

export interface TracedQuery {
  readonly columns: readonly TracedColumn[];
  /** Why not all of it is known; null where it is. */
  readonly gap: string | null;
}

/**
 * A value's sources are the columns that its expression reads, through CTEs, subqueries,
 * joins and unions, down to the tables. What only chooses or groups rows (WHERE, ON,
 * GROUP BY, HAVING, QUALIFY) is no source; what stands in the expression is: the
 * conditions of CASE and FILTER, the order and partition of a window.
 *
 * @param outputs names of the query's columns in their order, as the database has them
 */
export function traceQuery(
  parser: Parser,
  query: string,
  tables: readonly InputTable[],
  outputs: readonly string[],
): TracedQuery {
  const divided = withoutFloorDivision(query);
  const ast = parser.parse(divided);
  if (ast === null) {
    return {
      columns: outputs.map((name) => ({ name, sources: null })),
      gap: 'the parser can not read its SQL',
    };
  }
  if (pivots(ast)) {
    return {
      columns: outputs.map((name) => ({ name, sources: null })),
      gap: 'columns are not followed through PIVOT and UNPIVOT',
    };
  }
  const sql = edited(withLowerCaseNames(divided, ast), [
    ...parameterEdits(ast),
    ...cteEdits(ast, parser.quote),
    ...shadowEdits(ast, tables, parser.quote),
  ]);
  const lowered = tables.map(({ name, columns }) => ({
    name: lowerCase(name),
    columns: columns.map((column) => ({ ...column, name: lowerCase(column.name) })),
  }));
  const names = {
    aliases: tableAliases(ast),
    readAs: readAs(parser.parse(sql)),
    merged: mergedColumns(ast),
  };
  const unknown: string[] = [];
  const columns = outputs.map((name, i): TracedColumn => {
    let lineage = parser.lineageAt(i, sql, lowered);
    if (typeof lineage === 'string' || !sameName(lineage.name, name)) {
      lineage = parser.lineageOf(lowerCase(name), sql, lowered);
    }
    if (typeof lineage === 'string' || !sameName(lineage.name, name)) {
      unknown.push(name);
      return { name, sources: null };
    }
    const { sources, complete } = sourcesOf(lineage, tables, names);
    if (complete) return { name, sources };
    // Half an answer would be taken for a whole one.
    unknown.push(name);
    return { name, sources: null };
  });
  const gap = unknown.length === 0 ? null : `not all is known of ${unknown.join(', ')}`;
  return { columns, gap };
}

/** Where a column has no name (`max(id)`), the database makes one up, and the parser another. */
function sameName(parsed: string, name: string): boolean {
  if (parsed.toLowerCase() === name.toLowerCase()) return true;
  return (parsed === '' || /^_col_\d+$/.test(parsed)) && !/^[A-Za-z_]\w*$/.test(name);
}

interface Names {
  readonly aliases: ReadonlyMap<string, string>;
  readonly readAs: ReadAs;
  readonly merged: Merged;
}

function sourcesOf(
  root: ParsedLineage,
  tables: readonly InputTable[],
  { aliases, readAs, merged }: Names,
): { sources: TracedSource[]; complete: boolean } {
  const byName = new Map(tables.map((table) => [table.name.toLowerCase(), table]));
  const found = new Map<string, TracedSource>();
  let complete = true;
  const walk = (parsed: ParsedLineage, how: How, above: readonly string[]): void => {
    const node = merged === 'left' ? withoutMerged(parsed, readAs) : parsed;
    if (merged === 'unsure' && holdsMerged(node.expression)) complete = false;
    if (node.downstream.length === 0) {
      // A literal, or a count of rows, is made of no column.
      const column = columnName(node);
      if (column !== null) leaf(node, column, how, above);
      // One that reads columns has sources, even where the parser gives none.
      else if (holds(node.expression, isRealColumn)) complete = false;
    }
    // The parser does not look into these.
    if (holds(node.expression, (kind) => kind === 'comprehension')) complete = false;
    if (node.downstream.length > 0 && !isQuery(node.expression)) {
      // A column that the parser passes over would be left out in silence.
      const read = columnsOf(node.expression).filter((c) => !isParameter(c.table ?? c.name));
      const follows = (c: (typeof read)[number]): boolean =>
        node.downstream.some((child) => isFollowedBy(child, c, readAs));
      if (!read.every(follows)) complete = false;
    }
    const path = [...above, node.source_name];
    for (const child of node.downstream) {
      // The rows of EXCEPT and INTERSECT are those of their first side; the second only chooses.
      const { operator = '', ordinal = 0 } = child.set_branch ?? {};
      if (ordinal > 0 && operator !== 'union') continue;
      walk(child, stronger(how, howOfStep(node, child)), path);
    }
  };
  const leaf = (node: ParsedLineage, column: string, how: How, above: readonly string[]): void => {
    const name = tableName(node) ?? node.source_name;
    if (isParameter(column) || isParameter(name)) return;
    // A recursive CTE reads itself: what it is made of is found on the way.
    if (node.source_kind === 'cte' && above.includes(node.source_name)) return;
    const called = name.toLowerCase();
    const table = byName.get(called) ?? byName.get(aliases.get(called) ?? '');
    const known = table?.columns.find((c) => c.name.toLowerCase() === column.toLowerCase());
    if (node.source_kind !== 'table' || table === undefined || known === undefined) {
      complete = false;
      return;
    }
    const key = JSON.stringify([table.name, known.name]);
    const before = found.get(key);
    found.set(key, {
      table: table.name,
      column: known.name,
      how: before === undefined ? how : stronger(before.how, how),
    });
  };
  walk(root, 'direct', []);
  const sources = [...found.values()].sort((a, b) =>
    a.table === b.table ? compare(a.column, b.column) : compare(a.table, b.table),
  );
  return { sources, complete };
}

/** Columns of USING as the left side's alone. */
function withoutMerged(node: ParsedLineage, as: ReadAs): ParsedLineage {
  if (isQuery(node.expression) || !holdsMerged(node.expression)) return node;
  const expression = leftOnly(node.expression) as ParsedLineage['expression'];
  const read = columnsOf(expression);
  const downstream = node.downstream.filter((child) =>
    read.some((column) => isFollowedBy(child, column, as)),
  );
  return { ...node, expression, downstream };
}

function pivots(ast: unknown): boolean {
  return holds([ast], (kind, part) => /^(un)?pivot$/.test(kind) && isSyntax(part), true);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function howOfStep(node: ParsedLineage, child: ParsedLineage): How {
  // The branches of a union are the same column once more.
  if (isQuery(node.expression)) return 'direct';
  // A subquery that stands in the expression.
  if (child.source_kind === 'root') return isBareSubquery(node.expression) ? 'direct' : null;
  const column = (columnName(child) ?? child.name).toLowerCase();
  const tables = [child.source_name, child.source_alias ?? ''].map((t) => t.toLowerCase());
  return howUsed(node.expression, column, tables);
}

/** Whether an expression has a part of some kind, not counting its subqueries. */
function holds(
  expression: unknown,
  wanted: (kind: string, part: unknown) => boolean,
  inSubqueries = false,
): boolean {
  let found = false;
  eachKind(expression, (kind, part) => {
    found ||= wanted(kind, part);
    return !found && (inSubqueries || kind !== 'select');
  });
  return found;
}

function isRealColumn(kind: string, part: unknown): boolean {
  // Places in the text have a key of that name too.
  if (kind !== 'column' || !isSyntax(part)) return false;
  const { name, table } = part as { name?: { name?: string }; table?: { name?: string } | null };
  return !isParameter(table?.name ?? name?.name ?? '');
}

function isBareSubquery(expression: object): boolean {
  const { alias } = expression as { alias?: { this?: object } };
  return alias?.this !== undefined && 'subquery' in alias.this;
}

function isQuery(expression: object): boolean {
  return ['union', 'intersect', 'except', 'select'].some((kind) => kind in expression);
}

function columnName(node: ParsedLineage): string | null {
  const { column } = node.expression as { column?: { name: { name: string } } };
  return column?.name.name ?? null;
}

function tableName(node: ParsedLineage): string | null {
  const { table } = node.source as { table?: { name: { name: string } } };
  return table?.name.name ?? null;
}
