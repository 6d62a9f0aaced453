import type {
  DuckDBConnection,
  DuckDBMaterializedResult,
  DuckDBPreparedStatement,
  DuckDBResult,
} from '@duckdb/node-api';
import type {
  ColumnInfo,
  Connection,
  Param,
  Params,
  RelationFacts,
  RelationInfo,
  RelationName,
  RelationType,
  ResultSet,
  Row,
  RowStream,
  SchemaName,
} from '../engine.js';
import { DatabaseError } from '../database-error.js';
import { append } from './append.js';
import { bind } from './bind.js';
import { dialect } from './dialect.js';
import { ResultReturnType, StatementType } from './driver.js';
import { interrupted } from '../interrupted.js';
import { toDatabaseError, type ErrorContext } from './errors.js';
import { KeptStatements } from './kept-statements.js';
import { refuseSeveral } from '../only-reads.js';
import { refuseAllButTypes, refuseWrites } from './only-reads.js';
import { refuseCalls } from './refused-calls.js';
import { relationFacts } from './relation-facts.js';
import * as metadata from './relations.js';
import { splitStatements, type Statement } from './split-statements.js';
import { streamFailure } from './stream-failure.js';
import { columnInfo, columnOfType, exactValue, isPlainType } from './values.js';

/** PIVOT is one statement to its author and two to DuckDB, which answers with the first of them. */
const pivots = /pivot/i;

/** An interrupt that comes before DuckDB has begun is lost: it is repeated until the call ends. */
const INTERRUPT_AGAIN_MS = 20;

type Finish<T> = (statement: DuckDBPreparedStatement) => Promise<T>;

/** What is made of a whole result, for statements that need not be prepared. */
type Use<T> = (result: DuckDBMaterializedResult) => Promise<T>;

export class DuckDBConnectionOfEngine implements Connection {
  private readonly driver: DuckDBConnection;
  private readonly onRelease: () => void;
  private onlyReads = false;
  private kept: KeptStatements | undefined;
  private running = 0;
  private cancelled = false;
  private refused = false;
  private released = false;
  private again: NodeJS.Timeout | undefined;

  constructor(driver: DuckDBConnection, onRelease: () => void) {
    this.driver = driver;
    this.onRelease = onRelease;
  }

  async run(sql: string, params?: Params): Promise<{ rowsChanged: number | null }> {
    const changed = await this.whole(sql, params, rowsChanged);
    return { rowsChanged: changed ?? null };
  }

  async query(sql: string, params?: Params): Promise<ResultSet> {
    const answer = await this.whole(sql, params, async (result) => {
      const rows = (await result.convertRows(exactValue)) as Row[];
      return { columns: columnsOfResult(result), rows };
    });
    return answer ?? { columns: [], rows: [] };
  }

  async stream(sql: string, params?: Params): Promise<RowStream> {
    const result = await this.each(sql, params, (statement) => statement.stream());
    if (result === undefined) return { columns: [], batches: batchesOf([]) };
    return { columns: columnsOfResult(result), batches: this.batches(result, sql, params) };
  }

  /** Names of the parameters of one statement as it writes them; positions are `1`, `2`. */
  async parameterNames(sql: string): Promise<readonly string[]> {
    const names = await this.each(sql, undefined, async (statement) =>
      Array.from({ length: statement.parameterCount }, (_, i) => statement.parameterName(i + 1)),
    );
    return names ?? [];
  }

  keepStatements(most: number): void {
    this.kept ??= new KeptStatements(most);
  }

  /** From here on: one statement at a time, and only ones that read. */
  async readOnlyFromHere(): Promise<void> {
    await this.run('BEGIN TRANSACTION READ ONLY');
    this.onlyReads = true;
  }

  async describe(query: string): Promise<readonly ColumnInfo[]> {
    const [only, ...more] = splitStatements(query);
    if (only === undefined || more.length > 0) {
      throw new DatabaseError('Only one statement can be described.', { kind: 'invalid-input' });
    }
    const plain = await this.guard(only, () => this.describePrepared(only.sql));
    if (plain !== null) return plain;
    // A line of its own keeps the columns of error places.
    const sql = `DESCRIBE\n${' '.repeat(only.column - 1)}${only.sql}`;
    const described = await this.guard({ sql, line: only.line - 1 }, async () => {
      const result = await this.driver.run(sql);
      return result.getRowsJson();
    });
    return described.map((row) => columnOfType(row[0] as string, row[1] as string));
  }

  /** As DESCRIBE answers, which takes twice as long; null where only DESCRIBE tells a type in full. */
  private async describePrepared(sql: string): Promise<ColumnInfo[] | null> {
    if (pivots.test(sql)) return null;
    const prepared = await this.driver.prepare(sql);
    try {
      return prepared.parameterCount > 0 ? null : columnsOfPrepared(prepared);
    } finally {
      prepared.destroySync();
    }
  }

  append(
    relation: RelationName,
    batches: AsyncIterable<readonly (readonly Param[])[]> | Iterable<readonly (readonly Param[])[]>,
  ): Promise<number> {
    return this.guard({}, () => append(this.driver, relation, batches, () => this.cancelled));
  }

  listRelations(schema: SchemaName): Promise<readonly RelationInfo[]> {
    return metadata.listRelations(this, schema);
  }

  factsOf(schema: SchemaName, names: readonly string[]): Promise<readonly RelationFacts[]> {
    return relationFacts(this, schema, names);
  }

  columnsOf(relation: RelationName): Promise<readonly ColumnInfo[]> {
    return metadata.columnsOf(this, relation);
  }

  relationType(relation: RelationName): Promise<RelationType | null> {
    return metadata.relationType(this, relation);
  }

  async createSchema(schema: SchemaName): Promise<void> {
    await this.run(`CREATE SCHEMA IF NOT EXISTS ${dialect.renderSchema(schema)}`);
  }

  schemaExists(schema: SchemaName): Promise<boolean> {
    return metadata.schemaExists(this, schema);
  }

  async dropSchema(schema: SchemaName): Promise<void> {
    await this.run(`DROP SCHEMA IF EXISTS ${dialect.renderSchema(schema)} CASCADE`);
  }

  async truncate(relation: RelationName): Promise<void> {
    await this.run(`TRUNCATE ${dialect.renderRelation(relation)}`);
  }

  dropRelation(relation: RelationName): Promise<void> {
    return metadata.dropRelation(this, relation);
  }

  rename(relation: RelationName, identifier: string): Promise<void> {
    return metadata.rename(this, relation, identifier);
  }

  interrupt(): void {
    if (this.running === 0) return;
    this.cancelled = true;
    this.driver.interrupt();
    this.again ??= setInterval(() => {
      this.driver.interrupt();
    }, INTERRUPT_AGAIN_MS);
  }

  checkInterrupt(): void {
    if (this.refused || this.released) throw interrupted();
  }

  /** Cancels what runs and refuses everything after it. */
  interruptForGood(): void {
    this.refused = true;
    this.interrupt();
  }

  async release(): Promise<void> {
    if (this.released) return;
    this.released = true;
    if (this.running > 0) this.interrupt();
    while (this.running > 0) await new Promise((done) => setTimeout(done, 5));
    this.kept?.destroyAll();
    this.driver.closeSync();
    this.onRelease();
  }

  /** Runs all statements, and makes something of the result of the last. Undefined when there is none. */
  private whole<T>(sql: string, params: Params | undefined, use: Use<T>): Promise<T | undefined> {
    return this.each(sql, params, async (statement) => use(await statement.run()), use);
  }

  /**
   * Runs all statements, the last of them through `finish`, or through `use` where that
   * takes no preparing. Undefined when there is none.
   */
  private async each<T>(
    sql: string,
    params: Params | undefined,
    finish: Finish<T>,
    use?: Use<T>,
  ): Promise<T | undefined> {
    const statements = splitStatements(sql);
    if (this.onlyReads) refuseSeveral(statements);
    if (statements.length > 1) {
      // Nothing runs of a text that cannot be parsed to its end.
      await this.guard({ sql }, () => this.driver.extractStatements(sql));
    }
    let last: T | undefined;
    for (const [i, statement] of statements.entries()) {
      const isLast = i === statements.length - 1;
      last = await (isLast
        ? this.one(statement, params, finish, use)
        : this.one(statement, undefined, undefined));
    }
    return last;
  }

  private async one<T>(
    statement: Statement,
    params: Params | undefined,
    finish: Finish<T> | undefined,
    use?: Use<T>,
  ): Promise<T | undefined> {
    return this.guard(statement, async () => {
      const prepares = finish !== undefined && use === undefined;
      if (!prepares && !this.onlyReads && params === undefined && !pivots.test(statement.sql)) {
        // One call instead of four, of which two occupy this thread.
        const result = await this.driver.run(statement.sql);
        return use?.(result);
      }
      // A result that is still read, as a stream, needs its statement for itself.
      const kept =
        use !== undefined && params !== undefined && !pivots.test(statement.sql)
          ? this.kept
          : undefined;
      if (this.onlyReads) await refuseCalls(this.driver, statement.sql);
      const prepared = kept?.take(statement.sql) ?? (await this.prepare(statement.sql));
      let isWhole = false;
      try {
        if (this.onlyReads) refuseWrites(prepared);
        if (params !== undefined) bind(prepared, params);
        if (this.cancelled) throw interrupted();
        const done = await (finish === undefined ? prepared.run() : finish(prepared));
        isWhole = true;
        return finish === undefined ? undefined : (done as T);
      } finally {
        if (isWhole) kept?.giveBack(statement.sql, prepared);
        if (!isWhole || kept === undefined) prepared.destroySync();
      }
    });
  }

  /** PIVOT is one statement to its author and two to DuckDB; all but the last run here. */
  private async prepare(sql: string): Promise<DuckDBPreparedStatement> {
    try {
      return await this.driver.prepare(sql);
    } catch (error) {
      if (!(error instanceof Error && error.message.includes('prepare multiple statements'))) {
        throw error;
      }
    }
    const parts = await this.driver.extractStatements(sql);
    for (let i = 0; i < parts.count - 1; i++) {
      const part = await parts.prepare(i);
      if (this.onlyReads) refuseAllButTypes(part);
      await part.run();
      part.destroySync();
    }
    return parts.prepare(parts.count - 1);
  }

  private async *batches(
    result: DuckDBResult,
    sql: string,
    params: Params | undefined,
  ): AsyncGenerator<readonly Row[]> {
    const { isStreaming } = result;
    for (;;) {
      const rows = await this.guard({}, async () => {
        const chunk = await result.fetchChunk();
        // A stream that was cancelled or failed ends as one does that is whole; of one that
        // failed the driver says no more than that it is none any longer.
        if (this.cancelled) throw interrupted();
        if (chunk === null || chunk.rowCount === 0) {
          if (isStreaming && !result.isStreaming) {
            // The failure has ended the transaction.
            if (this.onlyReads) {
              await this.driver.run('ROLLBACK');
              await this.driver.run('BEGIN TRANSACTION READ ONLY');
            }
            throw await streamFailure(this.driver, sql, params);
          }
          return null;
        }
        return chunk.convertRows(exactValue);
      });
      if (rows === null) return;
      yield rows;
    }
  }

  private async guard<T>(context: ErrorContext, work: () => Promise<T>): Promise<T> {
    this.checkInterrupt();
    if (this.running === 0) this.cancelled = false;
    this.running += 1;
    try {
      return await work();
    } catch (error) {
      throw toDatabaseError(error, context);
    } finally {
      this.running -= 1;
      // Before anything else can begin: the next statement is not the one to cancel.
      if (this.running === 0) {
        clearInterval(this.again);
        this.again = undefined;
      }
    }
  }
}

function columnsOfResult(result: DuckDBResult): ColumnInfo[] {
  return result
    .columnNames()
    .map((name, i) => columnInfo(name, result.columnType(i), result.columnLogicalType(i)));
}

/** Null where a name of a type lies inside another type, or is one that somebody gave. */
function columnsOfPrepared(prepared: DuckDBPreparedStatement): ColumnInfo[] | null {
  const columns: ColumnInfo[] = [];
  for (let i = 0; i < prepared.columnCount; i += 1) {
    const type = prepared.columnType(i);
    if (!isPlainType(type)) return null;
    columns.push(columnOfType(prepared.columnName(i), type.toString()));
  }
  return columns;
}

async function rowsChanged(result: DuckDBResult): Promise<number | null> {
  if (result.returnType === ResultReturnType.CHANGED_ROWS) return result.rowsChanged;
  if (result.statementType !== StatementType.CREATE) return null;
  // CREATE TABLE AS says its count in a result of one cell; a plain CREATE has none.
  const [first] = await result.getRowsJson();
  return first?.[0] === undefined ? null : Number(first[0]);
}

async function* batchesOf(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  if (rows.length > 0) yield rows;
}
