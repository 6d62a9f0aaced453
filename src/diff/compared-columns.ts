/** Which columns of two tables are compared, and how. */
import type { ColumnInfo } from '../engine/engine.js';
import type { ColumnChanges } from './table-change.js';

/** A column that both tables have. */
export interface SharedColumn {
  readonly name: string;
  readonly from: ColumnInfo;
  readonly to: ColumnInfo;
}

export interface ComparedColumns {
  readonly shared: readonly SharedColumn[];
  readonly changes: ColumnChanges;
}

/** Columns that begin with `_` tell of the run, not of the data, but for the table that a row came from. */
export function isCompared({ name }: ColumnInfo): boolean {
  return !name.startsWith('_') || name.toLowerCase() === '_source_table';
}

/** Names are the same in any case, as in the database. */
export function compareColumns(
  before: readonly ColumnInfo[],
  after: readonly ColumnInfo[],
): ComparedColumns {
  const from = new Map(before.filter(isCompared).map((c) => [c.name.toLowerCase(), c]));
  const to = new Map(after.filter(isCompared).map((c) => [c.name.toLowerCase(), c]));
  const shared = [...to].flatMap(([key, column]) => {
    const other = from.get(key);
    return other === undefined ? [] : [{ name: column.name, from: other, to: column }];
  });
  return {
    shared,
    changes: {
      added: [...to].filter(([key]) => !from.has(key)).map(([, column]) => column),
      removed: [...from].filter(([key]) => !to.has(key)).map(([, column]) => column),
      changed: shared
        .filter((c) => c.from.type !== c.to.type)
        .map((c) => ({ name: c.name, from: c.from.type, to: c.to.type })),
    },
  };
}

/** True where values of both types can be compared as they are, to the last digit. */
export function comparesExactly({ from, to }: SharedColumn): boolean {
  if (from.type === to.type) return true;
  const exact = (c: ColumnInfo): boolean => c.kind === 'integer' || c.kind === 'decimal';
  return exact(from) && exact(to);
}
