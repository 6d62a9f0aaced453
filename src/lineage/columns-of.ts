/** Finding columns: names compare without case, as the engines do. */
import type { ColumnRef, LineageColumn } from './lineage.js';

export function columnKey({ node, column }: ColumnRef): string {
  return JSON.stringify([node, column.toLowerCase()]);
}

/** What to call a node that is not shown: `silver_orders` of `model.techstore.silver_orders`. */
export function nameOfId(id: string): string {
  return id.split('.').slice(2).join('.') || id;
}

/** In the order of each table. */
export function columnsByNode(
  columns: readonly LineageColumn[] = [],
): ReadonlyMap<string, readonly LineageColumn[]> {
  const found = new Map<string, LineageColumn[]>();
  for (const column of columns) {
    const list = found.get(column.node);
    if (list === undefined) found.set(column.node, [column]);
    else list.push(column);
  }
  return found;
}

/** The columns that are made of each, with what becomes of it there, by `columnKey`. */
export function columnsBelow(
  columns: readonly LineageColumn[],
): ReadonlyMap<string, readonly LineageColumn[]> {
  const found = new Map<string, LineageColumn[]>();
  for (const column of columns) {
    for (const source of column.sources ?? []) {
      const list = found.get(columnKey(source));
      if (list === undefined) found.set(columnKey(source), [column]);
      else list.push(column);
    }
  }
  return found;
}
