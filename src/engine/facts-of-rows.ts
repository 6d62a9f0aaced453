/** Relations from rows of their columns, for the engines' catalogs. */
import type { RelationFacts, Row } from './engine.js';

/** Before anything is counted. */
export type Described = Omit<RelationFacts, 'rows' | 'bytes'>;

export interface Measured {
  readonly rows: number;
  readonly bytes: number | null;
}

/**
 * @param rows one for each column, those of a relation behind each other: name, type, comment and owner of
 *   the relation; name, type and comment of the column, null for a relation without columns
 */
export function describedRelations(rows: readonly Row[]): Described[] {
  const found = new Map<string, Described & { columns: Described['columns'][number][] }>();
  for (const row of rows) {
    const [name, type, comment, owner, column, columnType, columnComment] = row.map(textOrNull);
    if (name == null) continue;
    let relation = found.get(name);
    if (relation === undefined) {
      relation = {
        name,
        type: type ?? '',
        comment: comment ?? null,
        owner: owner ?? null,
        columns: [],
      };
      found.set(name, relation);
    }
    if (column == null) continue;
    relation.columns.push({ name: column, type: columnType ?? '', comment: columnComment ?? null });
  }
  return [...found.values()];
}

export function isView({ type }: Described): boolean {
  return type.includes('VIEW');
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
