/** What each column of a query is made of. */
import { deduplicated, type Columns } from './columns.js';
import type { Parser } from './parser.js';
import { queryColumns } from './query-columns.js';
import type { InputTable, TracedColumn } from './query.js';
import { lowerCase, type Syntax } from './syntax-tree.js';
import { sourcesOf, type Value } from './value.js';

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
 * The query is read once, for all of its columns. What is not sure is not known.
 *
 * @param outputs names of the query's columns in their order, as the database has them,
 *   or as far as they are described where no database was asked
 */
export async function traceQuery(
  parser: Parser,
  query: string,
  tables: readonly InputTable[],
  outputs: readonly string[],
): Promise<TracedQuery> {
  const tree = await parser.parse(query);
  if (tree === null) return unknown(outputs, 'the parser cannot read its SQL');
  let found: Columns;
  try {
    found = columnsOf(tree, tables, parser);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return unknown(outputs, 'its SQL is nested too deeply');
  }
  const values = valuesOf(outputs, found, !parser.translates);
  const columns = outputs.map((name, i) => ({ name, sources: sourcesOf(values[i] ?? null) }));
  const missing = columns.filter(({ sources }) => sources === null).map(({ name }) => name);
  return {
    columns,
    gap: missing.length === 0 ? null : `the sources of ${missing.join(', ')} are only partly known`,
  };
}

function unknown(outputs: readonly string[], gap: string): TracedQuery {
  return { columns: outputs.map((name) => ({ name, sources: null })), gap };
}

function columnsOf(tree: Syntax, tables: readonly InputTable[], { translates }: Parser): Columns {
  // Without a database, a table may have columns that its YAML does not tell of.
  return queryColumns(tree, { tables, openTables: translates, mergedFirst: translates });
}

/** @param complete whether the outputs are all columns of the query, in order */
function valuesOf(outputs: readonly string[], found: Columns, complete: boolean): Value[] {
  const names = outputs.map(lowerCase);
  if (complete && !found.open) {
    const { columns } = found;
    // What a query calls `a` twice is `a` and `a_1` in the table that is made of it.
    const inTable = deduplicated(found).columns;
    const isCalled = (name: string | null | undefined, output: string | undefined): boolean =>
      typeof name !== 'string' || lowerCase(name) === output;
    const same =
      columns.length === names.length &&
      columns.every(
        ({ name }, i) => isCalled(name, names[i]) || isCalled(inTable[i]?.name, names[i]),
      );
    // Where the database sees other columns, nothing here is sure.
    return names.map((_, i) => (same ? (columns[i]?.value ?? null) : null));
  }
  const byName = new Map<string, Value>();
  const seen = new Map<string, number>();
  for (const name of names) seen.set(name, (seen.get(name) ?? 0) + 1);
  for (const { name, value } of found.columns) {
    if (name === null) continue;
    const key = lowerCase(name);
    byName.set(key, byName.has(key) ? null : value);
  }
  // Behind a name that is none of those known there is one of the others.
  const others = found.columns.every(({ name }) => name !== null) ? found.others : null;
  return names.map((name) => {
    if (seen.get(name) !== 1) return null;
    return byName.has(name) ? (byName.get(name) ?? null) : others;
  });
}
