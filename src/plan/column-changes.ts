import { typeInTable } from '../ground/type-in-table.js';
import type { TypedColumn } from '../lineage/index.js';

/** What becomes of the columns of a table. Names compare without case, as both engines do. */
export interface ChangedColumns {
  readonly gained: readonly TypedColumn[];
  readonly lost: readonly TypedColumn[];
  readonly retyped: readonly {
    readonly name: string;
    readonly from: string;
    readonly to: string;
  }[];
}

export function columnChanges(
  before: readonly TypedColumn[],
  now: readonly TypedColumn[],
): ChangedColumns {
  const [old, fresh] = [byName(before), byName(now)];
  return {
    gained: now.filter(({ name }) => !old.has(name.toLowerCase())),
    lost: before.filter(({ name }) => !fresh.has(name.toLowerCase())),
    retyped: now.flatMap(({ name, type }) => {
      const earlier = old.get(name.toLowerCase());
      if (earlier === undefined) return [];
      const [from, to] = [typeInTable(earlier.type), typeInTable(type)];
      return from === to ? [] : [{ name, from, to }];
    }),
  };
}

export function isChanged({ gained, lost, retyped }: ChangedColumns): boolean {
  return gained.length + lost.length + retyped.length > 0;
}

function byName(columns: readonly TypedColumn[]): Map<string, TypedColumn> {
  return new Map(columns.map((column) => [column.name.toLowerCase(), column]));
}
