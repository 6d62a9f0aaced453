/** Tables of other programs that lie in the database of a target, and that its builds may read. */
import type { TechstoreError } from '../errors.js';
import type { RelationPlace } from '../manifest/node-state.js';

export interface ExistingTables {
  /** Tables and views. */
  readonly tables: readonly RelationPlace[];
  /** Tells when they were looked at; null if there is nothing. */
  readonly mark: string | null;
  /** Why nobody can look at them now; then `tables` is empty. */
  readonly problem: TechstoreError | null;
  /**
   * Equal as long as a table has the same columns and rows. Reads all of them, unless the published
   * build already did. Null for a view, whose rows may change without it.
   */
  stampOf(table: RelationPlace): Promise<string | null>;
  /** May be called twice. */
  close(): Promise<void>;
}

/** What a run read of them when it was planned. */
export interface UsedTables {
  /** By `placeKey`; null where nobody knows. */
  readonly stamps: ReadonlyMap<string, string | null>;
  /** As of `ExistingTables`. */
  readonly mark: string | null;
}

export const noExistingTables: ExistingTables = {
  tables: [],
  mark: null,
  problem: null,
  stampOf: () => Promise.resolve(null),
  close: () => Promise.resolve(),
};
