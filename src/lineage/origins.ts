/** Where a column's values come from in the end. */
import { columnKey } from './columns-of.js';
import type { ColumnRef, Lineage, LineageColumn } from './lineage.js';

export interface Origins {
  /** Columns of sources and seeds, and of whatever else no table is made of; sorted. */
  readonly columns: readonly ColumnRef[];
  /** False where a column on the way is not known. */
  readonly isWhole: boolean;
}

/** A function that answers for any column of the lineage. */
export function originsIn({ nodes, columns = [] }: Lineage): (column: LineageColumn) => Origins {
  const known = new Map(columns.map((column) => [columnKey(column), column]));
  const ends = new Set(
    nodes.filter(({ type }) => type === 'source' || type === 'seed').map(({ id }) => id),
  );
  return (start) => {
    const found = new Map<string, ColumnRef>();
    const seen = new Set<string>();
    let isWhole = true;
    const open: ColumnRef[] = [...(start.sources ?? [])];
    if (start.sources === null) isWhole = false;
    for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
      const key = columnKey(ref);
      if (seen.has(key)) continue;
      seen.add(key);
      const column = known.get(key);
      if (ends.has(ref.node) || column === undefined) found.set(key, ref);
      else if (column.sources === null) isWhole = false;
      else open.push(...column.sources);
    }
    const sorted = [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
    return { columns: sorted.map(([, ref]) => ref), isWhole };
  };
}
