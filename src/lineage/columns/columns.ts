/** Columns that a table, a subquery or a query has, as far as they are known. */
import { lowerCase } from './syntax-tree.js';
import type { Value } from './value.js';

export interface QueryColumn {
  /** As it was first written; null for one to which the database gives a name, as for `max(id)`. */
  readonly name: string | null;
  readonly value: Value;
  /** Where it is a table's own column. */
  readonly type?: string;
}

export interface Columns {
  readonly columns: readonly QueryColumn[];
  /** True where there may be more, anywhere among these. */
  readonly open: boolean;
  /** What those that are not known are made of; null where that is not known. */
  readonly others: Value;
}

export function closed(columns: readonly QueryColumn[]): Columns {
  return { columns, open: false, others: null };
}

/** Of which nothing is known. */
export const unknownColumns: Columns = { columns: [], open: true, others: null };

/** `as t(a, b)`: new names for the first columns. */
export function renamed(of: Columns, names: readonly string[]): Columns {
  if (names.length === 0) return of;
  // Which columns the names belong to is not known.
  if (of.open) {
    return {
      columns: names.map((name) => ({ name, value: of.columns.length === 0 ? of.others : null })),
      open: true,
      others: null,
    };
  }
  return closed(of.columns.map((column, i) => ({ ...column, name: names[i] ?? column.name })));
}

/** As FROM has them: of two columns of one name, the database calls the second `name_1`. */
export function deduplicated(of: Columns): Columns {
  const seen = new Set<string>();
  let changed = false;
  const columns = of.columns.map((column): QueryColumn => {
    if (column.name === null) return column;
    let name = column.name;
    for (let n = 1; seen.has(lowerCase(name)); n += 1) name = `${column.name}_${n}`;
    seen.add(lowerCase(name));
    changed ||= name !== column.name;
    return name === column.name ? column : { ...column, name };
  });
  return changed ? { ...of, columns } : of;
}

/** What FROM holds under one name. */
export class Relation {
  /** In lower case; null for a subquery without an alias. */
  readonly name: string | null;
  readonly of: Columns;
  /** Tables have a column `rowid` that nothing tells of. */
  readonly hasRowId: boolean;
  #byName: Map<string, QueryColumn | 'ambiguous'> | null = null;

  constructor(name: string | null, of: Columns, hasRowId = false) {
    this.name = name === null ? null : lowerCase(name);
    this.of = of;
    this.hasRowId = hasRowId;
  }

  /** @param name in lower case */
  column(name: string): QueryColumn | 'ambiguous' | undefined {
    if (this.#byName === null) {
      this.#byName = new Map();
      for (const column of this.of.columns) {
        if (column.name === null) continue;
        const key = lowerCase(column.name);
        this.#byName.set(key, this.#byName.has(key) ? 'ambiguous' : column);
      }
    }
    return this.#byName.get(name);
  }

  /** Whether it can have a column of a name that `column` does not find. */
  mayHave(name: string): boolean {
    return (
      this.of.open ||
      (this.hasRowId && name === 'rowid') ||
      this.of.columns.some((column) => column.name === null)
    );
  }
}

/** A column that USING or a natural join brings together. */
export interface Merged {
  readonly name: string;
  readonly value: Value;
  /** True where a right join decided: what a full join after it reads is not known. */
  readonly fromRight: boolean;
  /** Whose columns of that name it stands for. */
  readonly of: ReadonlySet<Relation>;
}

/** What a FROM clause, or a part of it, offers. */
export interface From {
  readonly relations: readonly Relation[];
  readonly merged: readonly Merged[];
  /** True where it is not known which columns a join brings together. */
  readonly unsure: boolean;
}

export const emptyFrom: From = { relations: [], merged: [], unsure: false };
