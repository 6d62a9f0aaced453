/** What a database says of columns without any data: it is opened when it is first asked. */
import type { Connection, Dialect } from '../../engine/engine.js';
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
    const { connection, dialect } = await this.#open();
    for (const { name, columns } of inputs.values()) {
      const list = columns.map((c) => `${dialect.quoteIdentifier(c.name)} ${c.type}`);
      // A table needs a column: one of which nothing is known gets one that no query asks for.
      if (list.length === 0) list.push('__techstore_nothing_known int');
      await connection.run(
        `create or replace temp table ${dialect.quoteIdentifier(name)} (${list.join(', ')})`,
      );
    }
    return namedAsInTable(await connection.describe(sql));
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
