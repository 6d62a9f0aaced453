import type {
  ColumnInfo,
  Param,
  Params,
  Reader,
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
import { bind, parameterNames, type Bound } from './bind.js';
import { dialect } from './dialect.js';
import { toDatabaseError, type ErrorContext } from './errors.js';
import { FailedCall } from './failure.js';
import { interrupted } from '../interrupted.js';
import { refuseAllButOneQuery } from './only-reads.js';
import { FETCH_ROWS, Operation } from './operation.js';
import { relationFacts } from './relation-facts.js';
import * as metadata from './relations.js';
import { changesSession, repeatable } from './repeatable.js';
import { withRetries } from './retry.js';
import { int64, type Session, type Sessions } from './sessions.js';
import { splitStatements, type Statement } from './split-statements.js';
import { queryTags } from './tags.js';
import { columnOfType, spelledType } from './types.js';
import { types, type Warehouse } from './warehouse.js';

/** How a connection differs from others of its engine. */
export interface ConnectionKind {
  /** Where names without a schema are looked up; its session then serves nobody else. */
  readonly schema?: string;
  /** One statement at a time, and only ones that read. */
  readonly onlyReads?: boolean;
}

export class DatabricksConnection implements Reader {
  private readonly warehouse: Warehouse;
  private readonly sessions: Sessions;
  private readonly errors: ErrorContext;
  private readonly onRelease: () => void;
  private readonly kind: ConnectionKind;
  private session: Session | undefined;
  /** Whether the session may serve others afterwards. */
  private clean: boolean;
  private running = 0;
  private abort = new AbortController();
  private operation: Operation | undefined;
  private cancelling: Promise<void> | undefined;
  private refused = false;
  private released = false;
  private tags: Readonly<Record<string, string>> = {};

  constructor(
    warehouse: Warehouse,
    sessions: Sessions,
    errors: ErrorContext,
    onRelease: () => void,
    kind: ConnectionKind = {},
  ) {
    this.kind = kind;
    this.clean = kind.schema === undefined;
    this.warehouse = warehouse;
    this.sessions = sessions;
    this.errors = errors;
    this.onRelease = onRelease;
  }

  tag(tags: Readonly<Record<string, string>>): void {
    this.tags = tags;
  }

  async run(sql: string, params?: Params): Promise<{ rowsChanged: number | null }> {
    const changed = await this.each(sql, params, changedRows);
    return { rowsChanged: changed ?? null };
  }

  async query(sql: string, params?: Params): Promise<ResultSet> {
    const answer = await this.each(sql, params, async (operation) => {
      const columns = await operation.columns();
      const rows: Row[] = [];
      for await (const batch of operation.batches(columns)) rows.push(...batch);
      return { columns, rows };
    });
    return answer ?? { columns: [], rows: [] };
  }

  async stream(sql: string, params?: Params): Promise<RowStream> {
    const begun = await this.each(sql, params, async (operation) => {
      const columns = await operation.columns();
      const batches = operation.batches(columns);
      // With the first rows here, a connection that broke until now has cost nothing.
      return { columns, batches, first: await batches.next() };
    });
    if (begun === undefined) return { columns: [], batches: batchesOf([]) };
    const { columns, batches, first } = begun;
    return { columns, batches: this.rest(first, batches) };
  }

  async parameterNames(sql: string): Promise<readonly string[]> {
    const statements = splitStatements(sql);
    if (this.kind.onlyReads === true) refuseAllButOneQuery(statements);
    return parameterNames(statements[0]?.sql ?? '');
  }

  async describe(query: string): Promise<readonly ColumnInfo[]> {
    const [only, ...more] = splitStatements(query);
    if (only === undefined || more.length > 0) {
      throw new DatabaseError('Only one statement can be described.', { kind: 'invalid-input' });
    }
    // A line of its own keeps the columns of error places.
    const sql = `DESCRIBE QUERY\n${' '.repeat(only.column - 1)}${only.sql}`;
    const { rows } = await this.guard({ line: only.line - 1 }, () =>
      this.execute(sql, { sql, parameters: [] }, async (operation) => {
        const columns = await operation.columns();
        const all: Row[] = [];
        for await (const batch of operation.batches(columns)) all.push(...batch);
        return { rows: all };
      }),
    );
    return rows.map(([name, type]) => columnOfType(name as string, type as string));
  }

  spellTypes(types: readonly string[]): readonly (string | undefined)[] {
    return types.map(spelledType);
  }

  append(
    relation: RelationName,
    batches: AsyncIterable<readonly (readonly Param[])[]> | Iterable<readonly (readonly Param[])[]>,
  ): Promise<number> {
    return append(this, relation, batches);
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
    await this.run(`TRUNCATE TABLE ${dialect.renderRelation(relation)}`);
  }

  dropRelation(relation: RelationName): Promise<void> {
    return metadata.dropRelation(this, relation);
  }

  rename(relation: RelationName, identifier: string): Promise<void> {
    return metadata.rename(this, relation, identifier, this.warehouse.options.database);
  }

  interrupt(): void {
    if (this.running === 0 || this.abort.signal.aborted) return;
    this.cancelling = this.cancelOnServer();
    this.abort.abort();
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
    this.interrupt();
    while (this.running > 0) await new Promise((done) => setTimeout(done, 5));
    await this.cancelling;
    const { session } = this;
    this.session = undefined;
    if (session !== undefined) {
      if (this.clean) this.sessions.giveBack(session);
      else await this.sessions.close(session);
    }
    this.onRelease();
  }

  /** A statement that is not known by its handle yet can only be reached through its session. */
  private async cancelOnServer(): Promise<void> {
    if (this.operation !== undefined) {
      await this.operation.cancel();
      return;
    }
    const { session } = this;
    this.session = undefined;
    this.clean = this.kind.schema === undefined;
    if (session !== undefined) await this.sessions.close(session);
  }

  private async each<T>(
    sql: string,
    params: Params | undefined,
    finish: (operation: Operation) => Promise<T>,
  ): Promise<T | undefined> {
    const statements = splitStatements(sql);
    if (this.kind.onlyReads === true) refuseAllButOneQuery(statements);
    let last: T | undefined;
    for (const [i, statement] of statements.entries()) {
      const isLast = i === statements.length - 1;
      last = await this.guard(statement, async () => {
        const bound = bind(statement.sql, isLast ? params : undefined);
        if (isLast) return this.execute(statement.sql, bound, finish);
        await this.execute(statement.sql, bound, changedRows);
        return undefined;
      });
    }
    return last;
  }

  /** Sends a statement until it ran, or can't be sent again. */
  private async execute<T>(
    sql: string,
    bound: Bound,
    finish: (operation: Operation) => Promise<T>,
  ): Promise<T> {
    if (changesSession(sql)) this.clean = false;
    return withRetries(() => this.once(bound, finish), {
      limits: this.warehouse.limits,
      signal: this.abort.signal,
      onNotice: this.warehouse.options.onNotice,
      mayRepeat: (error) => this.mayRepeat(sql, error),
    });
  }

  private async mayRepeat(sql: string, { failure }: FailedCall): Promise<boolean> {
    switch (failure.kind) {
      case 'session':
        this.dropSession();
        return true;
      case 'conflict':
        return true;
      case 'lost': {
        const kind = repeatable(sql);
        // A write that may still run is ended with its session, before anything else is sent.
        if (kind !== 'read' && this.session !== undefined) {
          await this.sessions.close(this.session);
          this.session = undefined;
        }
        return kind !== 'no';
      }
      default:
        return false;
    }
  }

  private dropSession(): void {
    if (this.session !== undefined) this.sessions.forget(this.session);
    this.session = undefined;
  }

  private async once<T>(bound: Bound, finish: (operation: Operation) => Promise<T>): Promise<T> {
    const { signal } = this.abort;
    this.session ??= await this.sessions.take(signal, this.kind.schema);
    const tags = queryTags({ ...this.warehouse.options.tags, ...this.tags });
    const answer = await this.warehouse.call(
      'executeStatement',
      new types.TExecuteStatementReq({
        sessionHandle: this.session.handle,
        statement: bound.sql,
        runAsync: true,
        getDirectResults: { maxRows: int64(FETCH_ROWS) },
        canReadArrowResult: true,
        // Everything comes through the warehouse itself, and never from a store beside it.
        canDownloadResult: false,
        canDecompressLZ4Result: false,
        useArrowNativeTypes: {
          timestampAsArrow: true,
          decimalAsArrow: true,
          complexTypesAsArrow: true,
          intervalTypesAsArrow: false,
        },
        parameters: [...bound.parameters],
        ...(tags === '' ? {} : { confOverlay: { query_tags: tags } }),
      }),
      signal,
    );
    const operation = new Operation(this.warehouse, answer, signal);
    this.operation = operation;
    try {
      await operation.finished();
      return await finish(operation);
    } catch (error) {
      await operation.close();
      throw onceTaken(error);
    } finally {
      this.operation = undefined;
    }
  }

  private async *rest(
    first: IteratorResult<Row[], unknown>,
    batches: AsyncGenerator<Row[]>,
  ): AsyncGenerator<readonly Row[]> {
    try {
      for (let next = first; next.done !== true;) {
        yield next.value;
        next = await this.guard({}, () => batches.next());
      }
    } finally {
      await batches.return(undefined);
    }
  }

  private async guard<T>(
    place: Partial<Pick<Statement, 'line' | 'column'>>,
    work: () => Promise<T>,
  ): Promise<T> {
    this.checkInterrupt();
    await this.cancelling;
    if (this.running === 0 && this.abort.signal.aborted) this.abort = new AbortController();
    this.running += 1;
    try {
      return await work();
    } catch (error) {
      if (this.abort.signal.aborted) throw interrupted();
      throw toDatabaseError(error, { ...this.errors, ...place });
    } finally {
      this.running -= 1;
    }
  }
}

/** A session that is lost behind the first answer takes a statement with it that may have run. */
function onceTaken(error: unknown): unknown {
  if (!(error instanceof FailedCall) || error.failure.kind !== 'session') return error;
  const { message, detail, sqlState } = error;
  return new FailedCall(
    message,
    { kind: 'lost' },
    { sqlState, ...(detail === undefined ? {} : { detail }) },
  );
}

/** Rows that a statement changed: the server counts them in a row of its own, or in its state. */
async function changedRows(operation: Operation): Promise<number | null> {
  const columns = await operation.columns();
  let counts: Row | undefined;
  for await (const [row] of operation.batches(columns)) counts ??= row;
  await operation.close();
  const at = columns.findIndex(({ name }) => name === 'num_affected_rows');
  const count = at === -1 ? null : (counts?.[at] ?? null);
  return count === null ? operation.rowsModified : Number(count);
}

async function* batchesOf(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  if (rows.length > 0) yield rows;
}
