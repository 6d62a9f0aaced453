/** What the database says of the tables of a project: dbt's catalog, version 1. */

export interface CatalogColumn {
  readonly name: string;
  /** As the database writes it. */
  readonly type: string;
  /** From 1, in the order of the table. */
  readonly index: number;
  readonly comment: string | null;
}

/** One figure of a table. Ids and labels are dbt's where dbt has the figure: `num_rows`, `bytes`. */
export interface CatalogStat {
  readonly id: string;
  readonly label: string;
  readonly value: string | number | boolean | null;
  /** False for what documentation leaves out. */
  readonly include: boolean;
  readonly description: string;
}

export interface CatalogTable {
  readonly uniqueId: string;
  readonly database: string;
  readonly schema: string;
  readonly name: string;
  /** As the database names the kind: `BASE TABLE`, `VIEW`. */
  readonly type: string;
  readonly comment: string | null;
  readonly owner: string | null;
  readonly columns: readonly CatalogColumn[];
  readonly stats: readonly CatalogStat[];
}

export interface Catalog {
  /** Models, seeds and stored rows of tests by unique id: those that exist. */
  readonly nodes: ReadonlyMap<string, CatalogTable>;
  readonly sources: ReadonlyMap<string, CatalogTable>;
  /** What could not be read, as sentences. */
  readonly errors: readonly string[];
}
