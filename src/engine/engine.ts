/**
 * What the program needs of a database, small enough for a file on this machine
 * and for a warehouse far away. Nothing here imports a driver: callers load an
 * engine with `await import('./duckdb/index.js')` when they are about to use it.
 */
import type { TypeKind } from '../ground/type-kind.js';

/**
 * One value of a result, exact and safe to write as JSON:
 *
 * - BOOLEAN: boolean; integers of up to 32 bits, FLOAT and DOUBLE: number
 *   (not finite: the texts `Infinity`, `-Infinity`, `NaN`);
 * - every wider integer and every DECIMAL: text with all of its digits (`"1.10"`);
 * - DATE `2024-01-31`, TIME `01:02:03`, TIMESTAMP `2024-01-31 01:02:03.5`,
 *   TIMESTAMP WITH TIME ZONE the same in UTC with `+00` behind it;
 * - INTERVAL, UUID, ENUM, BLOB, JSON: text as the database prints it;
 * - lists and arrays: arrays; structs: objects; maps: arrays of `{key, value}`.
 *
 * What a text means is told by the `kind` of its column.
 */
export type Value =
  null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

/** Values in the order of the columns. */
export type Row = readonly Value[];

export type { TypeKind };

export interface ColumnInfo {
  readonly name: string;
  /** As the database writes it: `DECIMAL(38,2)`, `STRUCT("a" BIGINT)`. */
  readonly type: string;
  readonly kind: TypeKind;
}

export interface ResultSet {
  readonly columns: readonly ColumnInfo[];
  readonly rows: readonly Row[];
}

/** A result that is read as it is made. Read it to its end, or leave the loop, before the next statement. */
export interface RowStream {
  readonly columns: readonly ColumnInfo[];
  /** Some thousand rows at a time, in order; can be read once. */
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
  /** As it was created: case is kept, though DuckDB compares without it. */
  readonly name: string;
  readonly type: RelationType;
}

/** What an engine can do, for callers to ask instead of its name. Each has a reader; a test looks for it. */
export interface Capabilities {
  /** Reads files of this machine itself: those of seeds and sources. Else their rows are sent. */
  readonly readsFiles: boolean;
  /** Writes files of this machine itself, by COPY. */
  readonly writesFiles: boolean;
  /** Each statement costs a way to a server, so that one statement asks for what several could. */
  readonly isFarAway: boolean;
  /** A build has the database to itself. Elsewhere it has one schema of a catalog that others read. */
  readonly isOwnDatabase: boolean;
  /** `Connection.append` is faster than INSERT. */
  readonly append: boolean;
  /**
   * What `CREATE TABLE ... USING` names: a table then takes comments, keys and partitions in the
   * statement that makes it. Null where there is one format, and no such clause.
   */
  readonly tableFormat: 'delta' | null;
}

/** How an engine writes names and values into SQL. */
export interface Dialect {
  /** The only way a name gets into SQL: `"a""b"`. */
  readonly quoteIdentifier: (name: string) => string;
  /** For the few statements that can't bind a value: `'it''s'`. */
  readonly quoteLiteral: (text: string) => string;
  /** `"techstore"."silver"."orders"`. */
  readonly renderRelation: (relation: RelationName) => string;
  /** `"techstore"."silver"`. */
  readonly renderSchema: (schema: SchemaName) => string;
  /** How a statement names the value that is bound at a position, from 1: `$1` or `?`. */
  readonly placeholder: (position: number) => string;
  /** The shortest query of all rows of a relation, for a person to type. */
  readonly allRowsOf: (renderedRelation: string) => string;
  /** SQL without comments (but for hints) and needless blanks: equal for two texts that differ in nothing else. */
  readonly withoutLayout: (sql: string) => string;
}

/**
 * One conversation with the database, for one thread: statements run one after
 * the other. Every method throws `DatabaseError` for what the database refuses,
 * and code `interrupted` when it was cancelled.
 */
export interface Connection {
  /**
   * Runs each of the statements in `sql`. All of them are parsed before the first
   * runs; parameters go to the last one. Text without a statement does nothing.
   * `rowsChanged` is that of the last statement: rows inserted, updated, deleted,
   * copied, or put into a table by CREATE TABLE AS; null where it has no meaning.
   */
  run(sql: string, params?: Params): Promise<{ rowsChanged: number | null }>;
  /** Runs `sql` and gives all rows of its last statement. */
  query(sql: string, params?: Params): Promise<ResultSet>;
  /** Like `query`, but the rows come in batches while the database makes them. */
  stream(sql: string, params?: Params): Promise<RowStream>;
  /** Columns that one query would give, found without running it. */
  describe(sql: string): Promise<readonly ColumnInfo[]>;
  /** How the database itself spells these types; undefined for one that only a question can tell. */
  spellTypes?(types: readonly string[]): readonly (string | undefined)[];
  /**
   * Adds rows to an existing table, in the order of its columns, and says how many.
   * Values are converted to the column's type as a cast would. All or nothing
   * only inside a transaction.
   */
  append(
    relation: RelationName,
    batches: AsyncIterable<readonly (readonly Param[])[]> | Iterable<readonly (readonly Param[])[]>,
  ): Promise<number>;
  /** Tables and views of a schema, by name; none when the schema does not exist. One query. */
  listRelations(schema: SchemaName): Promise<readonly RelationInfo[]>;
  /** Columns in their order; none when the relation does not exist. */
  columnsOf(relation: RelationName): Promise<readonly ColumnInfo[]>;
  /** Table, view, or null when there is none. */
  relationType(relation: RelationName): Promise<RelationType | null>;
  schemaExists(schema: SchemaName): Promise<boolean>;
  /** Nothing happens when it exists. */
  createSchema(schema: SchemaName): Promise<void>;
  /** Drops the schema with all that is in it; nothing happens when there is none. */
  dropSchema(schema: SchemaName): Promise<void>;
  /** Removes every row of a table. */
  truncate(relation: RelationName): Promise<void>;
  /** Drops the table or view, whichever it is; nothing happens when there is none. */
  dropRelation(relation: RelationName): Promise<void>;
  /** Renames a table or view within its schema. */
  rename(relation: RelationName, identifier: string): Promise<void>;
  /** Cancels what runs now, if anything does. The connection can be used afterwards. */
  interrupt(): void;
  /** Throws the error that a statement would throw after `interruptAll`, for work beside the database. */
  checkInterrupt(): void;
  /**
   * From here on up to `most` queries with parameters stay prepared, for a connection that is
   * asked the same ones again and again with other values.
   */
  keepStatements?(most: number): void;
  /** Marks the statements that follow, in the server's list of queries: the node that they are for. */
  tag?(tags: Readonly<Record<string, string>>): void;
  /** Gives the connection back. An open transaction is rolled back. May be called twice. */
  release(): Promise<void>;
}

/** What `connectReader` gives. */
export interface Reader extends Connection {
  /** Names of the parameters of one statement as it writes them; positions are `1`, `2`. */
  parameterNames(sql: string): Promise<readonly string[]>;
}

export type EngineName = 'duckdb' | 'databricks';

export interface Engine {
  readonly type: EngineName;
  readonly capabilities: Capabilities;
  readonly dialect: Dialect;
  /** Catalog that names without one belong to. */
  readonly database: string;
  /** A connection of one's own, for one thread. Release it. */
  connect(): Promise<Connection>;
  /**
   * A connection for SQL that somebody else wrote: one statement at a time, and only ones
   * that read. DuckDB then reads no file of the machine and changes no setting any more, for
   * the whole engine: open it for this alone.
   *
   * @param schema where names without one are looked up
   */
  connectReader(schema: string): Promise<Reader>;
  /**
   * Ctrl-C: cancels every running statement, and every connection that exists now
   * refuses further ones with code `interrupted`. New connections work.
   */
  interruptAll(): void;
  /** Cancels what runs, releases the connections, lets go of the database. May be called twice. */
  close(): Promise<void>;
}
