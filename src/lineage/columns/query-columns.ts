/** The columns of a whole query: SELECT, set operations, common table expressions. */
import { closed, renamed, unknownColumns, type QueryColumn, type Columns } from './columns.js';
import { valueOfExpression, type ExpressionPlace } from './expression.js';
import { fromOf, type Surroundings } from './from-clause.js';
import type { InputTable } from './query.js';
import type { Scope } from './scope.js';
import { selectColumns } from './select-list.js';
import { starColumns } from './star.js';
import { entries, isSyntax, lowerCase, nodeOf, text, texts, type Syntax } from './syntax-tree.js';
import { columnValue, mixed, sameValue } from './value.js';

interface QueryOptions {
  readonly tables: readonly InputTable[];
  /** True where a table may have more columns than are told. */
  readonly openTables: boolean;
  /** Databricks puts the columns of USING before all others in a star. */
  readonly mergedFirst: boolean;
}

/** The columns of a query over tables. */
export function queryColumns(query: Syntax, options: QueryOptions): Columns {
  const tables = new Map<string, Columns>();
  for (const { name, columns } of options.tables) {
    tables.set(lowerCase(name), {
      columns: columns.map((column) => ({
        name: column.name,
        value: columnValue(name, column.name),
        type: column.type,
      })),
      open: options.openTables,
      others: null,
    });
  }
  return new Query(tables, options.mergedFirst, null).columns(query, null);
}

/** How often a recursive query is followed until nothing is new. */
const mostTurns = 20;

class Query {
  readonly #tables: ReadonlyMap<string, Columns>;
  readonly #mergedFirst: boolean;
  readonly #outer: Query | null;
  /** Common table expressions by name, each from where it was written on. */
  readonly #ctes = new Map<string, Columns>();

  constructor(tables: ReadonlyMap<string, Columns>, mergedFirst: boolean, outer: Query | null) {
    this.#tables = tables;
    this.#mergedFirst = mergedFirst;
    this.#outer = outer;
  }

  /** @param around the queries around it, whose columns it can read */
  columns(node: Syntax, around: Scope | null): Columns {
    const inner = new Query(this.#tables, this.#mergedFirst, this);
    const ctes = isSyntax(node['cte_map']) ? entries(node['cte_map']['map']) : [];
    for (const { key, value } of ctes)
      inner.#ctes.set(lowerCase(text(key)), inner.#cte(value, around));
    switch (node['type']) {
      case 'SELECT_NODE':
        return inner.#select(node, around);
      case 'SET_OPERATION_NODE':
        return inner.#setOperation(node, around);
      case 'RECURSIVE_CTE_NODE':
        return inner.#recursive(node, around);
      default:
        return unknownColumns;
    }
  }

  #cte(value: Syntax, around: Scope | null): Columns {
    const query = nodeOf(value['query']);
    if (query === undefined) return unknownColumns;
    return renamed(this.columns(query, around), texts(value['aliases']));
  }

  #select(node: Syntax, around: Scope | null): Columns {
    const surroundings: Surroundings = {
      columnsOf: (query, scope) => this.columns(query, scope),
      starColumns: (star, scope) => this.#star(star, scope, surroundings),
      table: (reference) => this.#table(reference),
    };
    const from = fromOf(node['from_table'], around, surroundings);
    const scope: Scope = { from, aliases: new Map(), parent: around };
    return selectColumns(node, { ...surroundings, scope });
  }

  #star(star: Syntax, scope: Scope, place: Omit<ExpressionPlace, 'scope'>): Columns | null {
    return starColumns(star, scope.from, {
      mergedFirst: this.#mergedFirst,
      valueOf: (expression) => valueOfExpression(expression, { ...place, scope }),
    });
  }

  #table(reference: Syntax): { columns: Columns; isTable: boolean } {
    const name = lowerCase(text(reference['table_name']));
    const bare = text(reference['schema_name']) === '' && text(reference['catalog_name']) === '';
    const cte = bare ? this.#find(name) : undefined;
    if (cte !== undefined) return { columns: cte, isTable: false };
    const table = bare ? this.#tables.get(name) : undefined;
    return { columns: table ?? unknownColumns, isTable: true };
  }

  /** The nearest common table expression of a name. */
  #find(name: string): Columns | undefined {
    const outer = this.#outer;
    return this.#ctes.get(name) ?? (outer === null ? undefined : outer.#find(name));
  }

  #setOperation(node: Syntax, around: Scope | null): Columns {
    const kind = text(node['setop_type']);
    const parts = [
      node['left'],
      node['right'],
      ...(Array.isArray(node['children']) ? (node['children'] as unknown[]) : []),
    ];
    const sides = parts.filter(isSyntax).map((side) => this.columns(side, around));
    const [first, ...others] = sides;
    if (first === undefined) return unknownColumns;
    switch (kind) {
      case 'UNION':
        return others.reduce(byPosition, first);
      case 'UNION_BY_NAME':
        return others.reduce(byName, first);
      // The rows are those of the first side; the second only chooses.
      case 'EXCEPT':
      case 'INTERSECT':
        return first;
      default:
        return unknownColumns;
    }
  }

  /** The query reads its own columns: it is followed until nothing is new. */
  #recursive(node: Syntax, around: Scope | null): Columns {
    const { left, right } = node;
    const keys = Array.isArray(node['key_targets']) && node['key_targets'].length > 0;
    if (!isSyntax(left) || !isSyntax(right) || keys) return unknownColumns;
    const name = lowerCase(text(node['cte_name']));
    let columns = renamed(this.columns(left, around), texts(node['aliases']));
    for (let turn = 0; turn < mostTurns; turn += 1) {
      this.#ctes.set(name, columns);
      const next = byPosition(columns, this.columns(right, around));
      if (next.open) return unknownColumns;
      const before = columns;
      columns = next;
      if (
        next.columns.every(({ value }, i) => sameValue(value, before.columns[i]?.value ?? null))
      ) {
        return columns;
      }
    }
    return unknownColumns;
  }
}

function byPosition(left: Columns, right: Columns): Columns {
  if (left.open || right.open || left.columns.length !== right.columns.length) {
    return unknownColumns;
  }
  const values = right.columns.map(({ value }) => value);
  return closed(
    left.columns.map(({ name, value }, i) => ({ name, value: mixed([value, values[i] ?? null]) })),
  );
}

/** A column that one side lacks is null there. */
function byName(left: Columns, right: Columns): Columns {
  const all = [...left.columns, ...right.columns];
  if (left.open || right.open || all.some(({ name }) => name === null)) return unknownColumns;
  const found = new Map<string, QueryColumn>();
  for (const { name, value } of all) {
    const key = lowerCase(name ?? '');
    const before = found.get(key);
    found.set(key, {
      name: before?.name ?? name,
      value: before === undefined ? value : mixed([before.value, value]),
    });
  }
  return closed([...found.values()]);
}
