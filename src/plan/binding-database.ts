/** What the binding of models asks of a database: columns of queries that do not run, over tables without rows. */
import type { Compiled } from '../dbt/compile.js';
import type { TypedColumn } from '../lineage/index.js';
import type { ModelNode, SeedNode, SourceNode } from '../manifest/nodes.js';

export interface BindingDatabase {
  /** How many models it may be asked about at the same time. */
  readonly threads: number;
  /**
   * Has a table without rows stand for the relation of a node.
   *
   * @throws DatabaseError for a type that the database does not have, or a catalog that is not there
   */
  make(node: ModelNode | SeedNode | SourceNode, columns: readonly TypedColumn[]): Promise<void>;
  /**
   * The columns of the table that a model's query makes.
   *
   * @throws DatabaseError with the place in the model's compiled SQL
   * @throws NotBindable where the question can't be put
   */
  columnsOf(model: ModelNode, compiled: Compiled): Promise<readonly TypedColumn[]>;
  /** The columns of a model's contract, as the database spells their types. @throws DatabaseError */
  columnsOfContract(model: ModelNode): Promise<readonly TypedColumn[]>;
  /** DuckDB's syntax tree of a query; null where it can't be read. */
  tree(sql: string): Promise<Readonly<Record<string, unknown>> | null>;
  /** Releases its connections; the database is not closed. */
  release(): Promise<void>;
}

/** Nothing can be said of a model. The message says why, as the end of a sentence. */
export class NotBindable extends Error {}
