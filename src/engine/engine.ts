/**
 * The interface of a database engine, for a file on this machine and for a remote warehouse.
 * This file imports no driver: callers load an engine with `await import('./duckdb/index.js')`
 * just before they use it.
 */
import type { TypeKind } from '../ground/type-kind.js';

/**
 * One value of a result, exact and safe to write as JSON:
 *
 * - BOOLEAN: boolean; integers of up to 32 bits, FLOAT and DOUBLE: number
 *   (or the texts `Infinity`, `-Infinity`, `NaN`);
 * - wider integers and DECIMAL: text with all digits (`"1.10"`);
 * - DATE `2024-01-31`, TIME `01:02:03`, TIMESTAMP `2024-01-31 01:02:03.5`,
 *   TIMESTAMP WITH TIME ZONE the same in UTC with `+00` at the end;
 * - INTERVAL, UUID, ENUM, BLOB, JSON: text as the database prints it;
 * - lists and arrays: arrays; structs: objects; maps: arrays of `{key, value}`.
 *
 * The `kind` of the column says what a text means.
 */
export type Value =
  null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

/** Values in the order of the columns. */
export type Row = readonly Value[];

export type { TypeKind };

export interface ColumnInfo {
  readonly name: string;
  /** In the database's spelling: `DECIMAL(38,2)`, `STRUCT("a" BIGINT)`. */
  readonly type: string;
  readonly kind: TypeKind;
}

export interface ResultSet {
  readonly columns: readonly ColumnInfo[];
  readonly rows: readonly Row[];
}

/** A result that is read while the database produces it. Read it to its end, or leave the loop, before the next statement. */
export interface RowStream {
  readonly columns: readonly ColumnInfo[];
  /** Some thousands of rows per batch, in order. Can be read once. */
  readonly batches: AsyncIterable<readonly Row[]>;
}

/** A value to bind. Dates and decimals are bound as text and cast in the SQL (`$1::DATE`). */
export type Param = null | boolean | number | bigint | string;

/** By position (`?`, `$1`) or by name (`$name`). */
export type Params = readonly Param[] | Readonly<Record<string, Param>>;

export interface SchemaName {
  /** Catalog. */
  readonly database: string;
  readonly schema: string;
}

export interface RelationName extends SchemaName {
  readonly identifier: string;
}

export type RelationType = 'table' | 'view';

export interface RelationInfo {
  /** As it was created, with its case, although DuckDB ignores case in comparisons. */
  readonly name: string;
  readonly type: RelationType;
}

/** What the database knows of one table or view, for a catalog. */
export interface RelationFacts {
  /** As it was created. */
  readonly name: string;
  /** As the database names the kind: `BASE TABLE`, `VIEW`, `MANAGED`. */
  readonly type: string;
  readonly comment: string | null;
  /** Null where the database knows of no owners. */
  readonly owner: string | null;
  /** Counted; null for a view, which would have to be run. */
  readonly rows: number | null;
  /** What its data takes in storage; null where that can't be told. */
  readonly bytes: number | null;
  /** In their order. */
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly comment: string | null;
  }[];
}

/** What an engine can do. Callers check these flags, not the engine's name. A test checks that each is used. */
export interface Capabilities {
  /** Reads files of seeds and sources on this machine itself. Otherwise their rows are sent. */
  readonly readsFiles: boolean;
  /** Writes files on this machine itself, with COPY. */
  readonly writesFiles: boolean;
  /** Each statement is a round trip to a server, so callers combine queries. */
  readonly isFarAway: boolean;
  /** A build has its own database. Otherwise it has one schema in a shared catalog. */
  readonly isOwnDatabase: boolean;
  /**
   * The format for `CREATE TABLE ... USING`, where this statement also sets comments, keys and
   * partitions. Null if the engine has only one format and no such clause.
   */
  readonly tableFormat: 'delta' | null;
}

/** How an engine writes names and values into SQL. */
export interface Dialect {
  /** The only function that writes a name into SQL: `"a""b"`. */
  readonly quoteIdentifier: (name: string) => string;
  /** For the few statements that cannot bind a value: `'it''s'`. */
  readonly quoteLiteral: (text: string) => string;
  /** `"techstore"."silver"."orders"`. */
  readonly renderRelation: (relation: RelationName) => string;
  /** `"techstore"."silver"`. */
  readonly renderSchema: (schema: SchemaName) => string;
  /** The placeholder of the value at a position, from 1: `$1` or `?`. */
  readonly placeholder: (position: number) => string;
  /**
   * A statement whose first row tells in the column `timestamp` when a table was last written;
   * missing where the database keeps no such time.
   */
  readonly historyOf?: (renderedRelation: string) => string;
  /** The shortest query of all rows of a relation, as a suggestion for users. */
  readonly allRowsOf: (renderedRelation: string) => string;
  /** SQL without comments (but for hints) and needless blanks: equal for two texts that differ in nothing else. */
  readonly withoutLayout: (sql: string) => string;
}

/**
 * A connection to the database, for one thread. Statements run one after the other. Every method
 * throws `DatabaseError` for an error of the database, and code `interrupted` if it was cancelled.
 */
export interface Connection {
  /**
   * Runs all statements in `sql`. All of them are parsed before the first one runs. Parameters are
   * bound to the last one. A text without a statement has no effect. `rowsChanged` belongs to the last
   * statement: rows inserted, updated, deleted, copied, or written by CREATE TABLE AS; null for
   * other statements.
   */
  run(sql: string, params?: Params): Promise<{ rowsChanged: number | null }>;
  /** Runs `sql` and returns all rows of its last statement. */
  query(sql: string, params?: Params): Promise<ResultSet>;
  /** Like `query`, but returns the rows in batches while the database produces them. */
  stream(sql: string, params?: Params): Promise<RowStream>;
  /** Columns of the result of one query, without running it. */
  describe(sql: string): Promise<readonly ColumnInfo[]>;
  /** The database's spelling of these types; undefined for a type that needs a query. */
  spellTypes?(types: readonly string[]): readonly (string | undefined)[];
  /**
   * Adds rows to an existing table, with values in the order of its columns, and returns their number.
   * Values are cast to the column's type. Atomic only inside a transaction.
   */
  append(
    relation: RelationName,
    batches: AsyncIterable<readonly (readonly Param[])[]> | Iterable<readonly (readonly Param[])[]>,
  ): Promise<number>;
  /** Tables and views of a schema, ordered by name; empty if the schema does not exist. One query. */
  listRelations(schema: SchemaName): Promise<readonly RelationInfo[]>;
  /** Columns in their order; empty if the relation does not exist. */
  columnsOf(relation: RelationName): Promise<readonly ColumnInfo[]>;
  /**
   * What the database knows of these relations of a schema, by name; those that do not exist
   * are left out. One query for the schema, one for all numbers of rows; where storage is
   * asked table by table, one more for each table.
   */
  factsOf(schema: SchemaName, names: readonly string[]): Promise<readonly RelationFacts[]>;
  /** Null if the relation does not exist. */
  relationType(relation: RelationName): Promise<RelationType | null>;
  schemaExists(schema: SchemaName): Promise<boolean>;
  /** Creates the schema if it does not exist. */
  createSchema(schema: SchemaName): Promise<void>;
  /** Drops the schema with all its objects, if it exists. */
  dropSchema(schema: SchemaName): Promise<void>;
  /** Deletes all rows of a table. */
  truncate(relation: RelationName): Promise<void>;
  /** Drops the table or view, if it exists. */
  dropRelation(relation: RelationName): Promise<void>;
  /** Renames a table or view within its schema. */
  rename(relation: RelationName, identifier: string): Promise<void>;
  /** Cancels the running statement, if any. The connection can be used afterwards. */
  interrupt(): void;
  /** Throws code `interrupted` after `interruptAll`, as a statement would, for work without statements. */
  checkInterrupt(): void;
  /**
   * From now on, keeps up to `most` queries with parameters prepared, for a connection that runs the
   * same queries often with different values.
   */
  keepStatements?(most: number): void;
  /** Sets query tags for the following statements, such as the node that they belong to. */
  tag?(tags: Readonly<Record<string, string>>): void;
  /** Releases the connection. An open transaction is rolled back. May be called twice. */
  release(): Promise<void>;
}

/** The result of `connectReader`. */
export interface Reader extends Connection {
  /** Names of the parameters of one statement, as written; positional ones are `1`, `2`. */
  parameterNames(sql: string): Promise<readonly string[]>;
}

export type EngineName = 'duckdb' | 'databricks';

export interface Engine {
  readonly type: EngineName;
  readonly capabilities: Capabilities;
  readonly dialect: Dialect;
  /** The catalog for names without one. */
  readonly database: string;
  /** Opens a connection for one thread. Release it. */
  connect(): Promise<Connection>;
  /**
   * Opens a connection for SQL of users: one statement at a time, and only read-only ones. With DuckDB,
   * the whole engine can then no longer read files of the machine or change settings, so open the
   * engine only for this.
   *
   * @param schema the schema for names without one
   */
  connectReader(schema: string): Promise<Reader>;
  /**
   * For Ctrl-C: cancels all running statements. All existing connections then refuse further statements
   * with code `interrupted`. New connections work.
   */
  interruptAll(): void;
  /** Cancels running statements, releases the connections and closes the database. May be called twice. */
  close(): Promise<void>;
}
