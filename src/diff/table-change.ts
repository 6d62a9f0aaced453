/** What differs between a table of one build and the same table of another. Plain data. */
import type { ColumnInfo, RelationName, Row } from '../engine/engine.js';

/** One table in both builds; null where a build has none. */
export interface TablePair {
  readonly name: string;
  readonly from: RelationName | null;
  readonly to: RelationName | null;
  /** Columns that may tell its rows apart, the best first. */
  readonly keys: readonly (readonly string[])[];
}

export interface ColumnChanges {
  readonly added: readonly ColumnInfo[];
  readonly removed: readonly ColumnInfo[];
  /** Another type; types as the database writes them. */
  readonly changed: readonly {
    readonly name: string;
    readonly from: string;
    readonly to: string;
  }[];
}

export interface RowCounts {
  /** Rows of the table in the first build; null where it has none. */
  readonly from: number | null;
  readonly to: number | null;
  readonly added: number;
  readonly removed: number;
  /** Rows with the same key and other values; 0 where there is no key. */
  readonly changed: number;
}

/** Rows by the columns that name their values. */
export interface SampleRows {
  readonly columns: readonly ColumnInfo[];
  readonly rows: readonly Row[];
}

export interface Samples {
  readonly added: SampleRows;
  readonly removed: SampleRows;
  /** The key's values, then those of each compared column before, then the same after. */
  readonly changed: {
    readonly key: readonly ColumnInfo[];
    readonly from: readonly ColumnInfo[];
    readonly to: readonly ColumnInfo[];
    readonly rows: readonly Row[];
  };
}

export interface TableChange {
  readonly table: string;
  readonly status: 'added' | 'removed' | 'changed' | 'same';
  /** Columns by which rows were matched; null where whole rows were compared. */
  readonly key: readonly string[] | null;
  /** Why it was compared otherwise than one might expect; null as a rule. */
  readonly note: string | null;
  readonly rows: RowCounts;
  readonly columns: ColumnChanges;
  /** In how many of the changed rows each column differs; columns without a difference left out. */
  readonly changedColumns: readonly { readonly name: string; readonly rows: number }[];
  readonly samples: Samples;
}

const noRows: SampleRows = { columns: [], rows: [] };

export const noSamples: Samples = {
  added: noRows,
  removed: noRows,
  changed: { key: [], from: [], to: [], rows: [] },
};

export const noColumnChanges: ColumnChanges = { added: [], removed: [], changed: [] };
