/** What each column of a query is made of. */
import type { How } from '../lineage.js';
import { withoutFloorDivision } from './floor-division.js';
import { howUsed, stronger } from './how.js';
import { isParameter, withNamedParameters } from './lambda-parameters.js';
import type { ParsedLineage, Parser } from './parser.js';
import type { InputTable, TracedColumn, TracedSource } from './query.js';

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
  const sql = withNamedParameters(divided, ast);
  const unknown: string[] = [];
  const columns = outputs.map((name, i): TracedColumn => {
    let lineage = parser.lineageAt(i, sql, tables);
    if (typeof lineage === 'string' || !sameName(lineage.name, name)) {
      lineage = parser.lineageOf(name, sql, tables);
    }
    if (typeof lineage === 'string' || !sameName(lineage.name, name)) {
      unknown.push(name);
      return { name, sources: null };
    }
    const { sources, complete } = sourcesOf(lineage, tables);
    if (!complete) unknown.push(name);
    return { name, sources };
  });
  const gap = unknown.length === 0 ? null : `not all is known of ${unknown.join(', ')}`;
  return { columns, gap };
}

/** A column without a name has one of the database's making, which the parser does not know. */
function sameName(parsed: string, name: string): boolean {
  return parsed === '' || /^_col_\d+$/.test(parsed) || parsed.toLowerCase() === name.toLowerCase();
}

function sourcesOf(
  root: ParsedLineage,
  tables: readonly InputTable[],
): { sources: TracedSource[]; complete: boolean } {
  const byName = new Map(tables.map((table) => [table.name.toLowerCase(), table]));
  const found = new Map<string, TracedSource>();
  let complete = true;
  const walk = (node: ParsedLineage, how: How): void => {
    if (node.downstream.length === 0) {
      const column = columnName(node);
      // A literal, or a count of rows: made of no column.
      if (column === null || isParameter(column)) return;
      const name = tableName(node);
      // A field of a parameter, or what the row of a CTE is counted by.
      if (node.source_kind === 'cte' || node.source_kind === 'derived_table') {
        complete &&= isParameter(name ?? '');
        return;
      }
      const table = name === null ? undefined : byName.get(name.toLowerCase());
      const known = table?.columns.find((c) => c.name.toLowerCase() === column.toLowerCase());
      if (table === undefined || known === undefined) {
        complete &&= isParameter(name ?? '');
        return;
      }
      const key = JSON.stringify([table.name, known.name]);
      const before = found.get(key);
      found.set(key, {
        table: table.name,
        column: known.name,
        how: before === undefined ? how : stronger(before.how, how),
      });
      return;
    }
    for (const child of node.downstream) walk(child, stronger(how, howOfStep(node, child)));
  };
  walk(root, 'direct');
  const sources = [...found.values()].sort((a, b) =>
    a.table === b.table ? compare(a.column, b.column) : compare(a.table, b.table),
  );
  return { sources, complete };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function howOfStep(node: ParsedLineage, child: ParsedLineage): How {
  // The branches of a union are the same column once more.
  if (isQuery(node.expression)) return 'direct';
  const column = (columnName(child) ?? child.name).toLowerCase();
  const tables = [child.source_name, child.source_alias ?? ''].map((t) => t.toLowerCase());
  return howUsed(node.expression, column, tables);
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
