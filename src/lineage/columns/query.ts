/** One query and the tables that it reads, as the tracing of columns takes them. */
import type { How } from '../lineage.js';

export interface TypedColumn {
  readonly name: string;
  readonly type: string;
}

export interface InputTable {
  /** As the query writes it, without a schema before it. */
  readonly name: string;
  readonly columns: readonly TypedColumn[];
}

export interface TracedSource {
  readonly table: string;
  readonly column: string;
  readonly how: How;
}

export interface TracedColumn {
  readonly name: string;
  /** Sorted by table and column; null where they could not be found out. */
  readonly sources: readonly TracedSource[] | null;
}
