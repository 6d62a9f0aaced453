/** What a database says of columns without any data: it is opened when it is first asked. */
import { typeInTable } from '../../ground/type-in-table.js';
import type { Connection, Dialect, RelationName } from '../../engine/engine.js';
import { closed, deduplicated } from './columns.js';
import { parserOn, type Parser } from './parser.js';
import type { InputTable, TypedColumn } from './query.js';

/** A DuckDB in memory. */
export interface TracingDatabase {
  readonly connection: Connection;
  readonly dialect: Dialect;
}

/** A query and what it reads, by unique id. */
export interface Query {
  readonly sql: string;
  readonly inputs: ReadonlyMap<string, InputTable>;
}

export class EmptyTables {
  readonly #connect: () => Promise<TracingDatabase>;
  readonly #schemas = new Set<string>();
  #database: TracingDatabase | null = null;

  constructor(connect: () => Promise<TracingDatabase>) {
    this.#connect = connect;
  }

  /** The parser of a dialect, which needs the database but none of its tables. */
  async parser(dialect: string): Promise<Parser> {
    return parserOn((await this.#open()).connection, dialect);
  }

  /**
   * The columns of a table that is made by a query over empty tables of its inputs' names. Throws what the database says.
   */
  async columnsOf({ sql, inputs }: Query): Promise<readonly TypedColumn[]> {
    const { dialect } = await this.#open();
    for (const { name, columns } of inputs.values())
      await this.#make(`temp table ${dialect.quoteIdentifier(name)}`, columns);
    return this.columnsOfSql(sql);
  }

  /**
   * The columns of a table that is made by a query over tables that are there; the query does not run.
   *
   * @throws TechstoreError `database` what the database says
   */
  async columnsOfSql(sql: string): Promise<readonly TypedColumn[]> {
    const { connection } = await this.#open();
    return namedAsInTable(await connection.describe(sql));
  }

  /** Makes an empty table, in the place of one of that name. Its schema is made where it is missing. */
  async make(relation: RelationName, columns: readonly TypedColumn[]): Promise<void> {
    const { connection, dialect } = await this.#open();
    const schema = dialect.renderSchema(relation);
    if (!this.#schemas.has(schema)) {
      await connection.createSchema(relation);
      this.#schemas.add(schema);
    }
    await this.#make(`table ${dialect.renderRelation(relation)}`, columns);
  }

  async #make(what: string, columns: readonly TypedColumn[]): Promise<void> {
    const { connection, dialect } = await this.#open();
    const list = columns.map((c) => `${dialect.quoteIdentifier(c.name)} ${typeInTable(c.type)}`);
    // A table needs a column: one of which nothing is known gets one that no query asks for.
    if (list.length === 0) list.push('__techstore_nothing_known int');
    await connection.run(`create or replace ${what} (${list.join(', ')})`);
  }

  /** The columns of a CSV file, with types that its first rows suggest. */
  async columnsOfFile(path: string, delimiter: string): Promise<readonly TypedColumn[]> {
    const { connection, dialect } = await this.#open();
    const [file, mark] = [dialect.quoteLiteral(path), dialect.quoteLiteral(delimiter)];
    return connection.describe(`select * from read_csv(${file}, delim = ${mark})`);
  }

  async release(): Promise<void> {
    await this.#database?.connection.release();
  }

  async #open(): Promise<TracingDatabase> {
    this.#database ??= await this.#connect();
    return this.#database;
  }
}

/** A query may call two columns alike, a table can't. */
function namedAsInTable(columns: readonly TypedColumn[]): readonly TypedColumn[] {
  const named = deduplicated(
    closed(columns.map(({ name, type }) => ({ name, type, value: null }))),
  );
  return named.columns.map(({ name }, i) => ({ name: name ?? '', type: columns[i]?.type ?? '' }));
}
