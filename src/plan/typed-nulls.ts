/**
 * Models are bound on the warehouse itself. Tables that are not built yet, or lie elsewhere than the SQL says, are
 * common table expressions of typed nulls before the model's query: one question a model, which makes nothing and
 * runs no query.
 */
import type { Compiled } from '../dbt/compile.js';
import { DatabaseError } from '../engine/database-error.js';
import type { Connection, Engine } from '../engine/engine.js';
import type { TypedColumn } from '../lineage/index.js';
import { isEphemeral } from '../manifest/is-ephemeral.js';
import type { Manifest, ModelNode, SeedNode, SourceNode } from '../manifest/nodes.js';
import { relationOf } from '../manifest/relation-of.js';
import { NotBindable, type BindingDatabase } from './binding-database.js';
import { declaredColumns } from './contract.js';

interface Stub {
  readonly alias: string;
  /** As the compiled SQL of a reader names the relation. */
  readonly written: string;
  readonly columns: readonly TypedColumn[];
}

/** A stub, and what it is called in one query. */
interface NamedStub extends Stub {
  readonly name: string;
}

export class TypedNulls implements BindingDatabase {
  readonly threads: number;
  readonly #engine: Pick<Engine, 'connect' | 'dialect'>;
  readonly #manifest: Manifest;
  readonly #stubs = new Map<string, Stub>();
  readonly #idle: Connection[] = [];
  readonly #connections: Connection[] = [];

  constructor(
    engine: Pick<Engine, 'connect' | 'dialect'>,
    manifest: Manifest,
    { threads }: { readonly threads: number },
  ) {
    this.#engine = engine;
    this.#manifest = manifest;
    this.threads = threads;
  }

  async make(
    node: ModelNode | SeedNode | SourceNode,
    columns: readonly TypedColumn[],
  ): Promise<void> {
    const unnamed = columns.find(({ type }) => !isWritable(type));
    if (unnamed !== undefined)
      throw new DatabaseError(`The type of ${unnamed.name} cannot be written.`, { kind: 'other' });
    const relation = relationOf(node);
    const written = this.#engine.dialect.renderRelation(relation);
    this.#stubs.set(node.uniqueId, { alias: relation.identifier, written, columns });
  }

  async columnsOf(model: ModelNode, { sql }: Compiled): Promise<readonly TypedColumn[]> {
    const stubs = this.#stubsOf(model, sql);
    const columns = await this.#ask(model, async (connection) => {
      if (stubs.length === 0) return connection.describe(sql);
      const head = `with ${stubs.map((stub) => this.#expression(stub)).join(', ')} select * from (`;
      try {
        return await connection.describe(`${head}\n${this.#named(sql, stubs)}\n)`);
      } catch (error) {
        throw error instanceof DatabaseError ? ofModel(error, stubs) : error;
      }
    });
    refuseTwice(columns);
    return columns;
  }

  columnsOfContract(model: ModelNode): Promise<readonly TypedColumn[]> {
    return this.#ask(model, (connection) =>
      declaredColumns(model, connection, this.#engine.dialect),
    );
  }

  tree(): Promise<null> {
    return Promise.resolve(null);
  }

  async release(): Promise<void> {
    await Promise.all(this.#connections.map((connection) => connection.release()));
  }

  async #ask<T>(model: ModelNode, question: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = this.#idle.pop() ?? (await this.#connect());
    try {
      connection.tag?.({ techstore_node: model.uniqueId });
      return await question(connection);
    } finally {
      this.#idle.push(connection);
    }
  }

  async #connect(): Promise<Connection> {
    const connection = await this.#engine.connect();
    this.#connections.push(connection);
    return connection;
  }

  /** @throws NotBindable where the SQL names one of them in its own way */
  #stubsOf(model: ModelNode, sql: string): NamedStub[] {
    const found: NamedStub[] = [];
    const names = new Set<string>();
    for (const id of this.#readBy(model, new Set())) {
      const stub = this.#stubs.get(id);
      if (stub === undefined) continue;
      const { alias, written } = stub;
      if (!sql.includes(written)) {
        if (!wordOf(alias).test(sql)) continue;
        throw new NotBindable(`it does not write the whole name that ref() gives for ${alias}`);
      }
      // A name that the query gives to something of its own would mean that.
      const isTaken = names.has(alias.toLowerCase()) || definition(alias).test(sql);
      const name = isTaken ? `${alias.slice(0, 20)}__${names.size}` : alias;
      names.add(name.toLowerCase());
      found.push({ ...stub, name });
    }
    return found;
  }

  /** What a model reads, also by ephemeral models, which are part of its SQL. */
  #readBy(model: ModelNode, found: Set<string>): ReadonlySet<string> {
    for (const id of model.dependsOn.nodes) {
      const node = this.#manifest.nodes.get(id);
      if (isEphemeral(node)) this.#readBy(node, found);
      else found.add(id);
    }
    return found;
  }

  #expression({ name, columns }: NamedStub): string {
    const quote = this.#engine.dialect.quoteIdentifier;
    const nulls = columns.map((column) => `cast(null as ${column.type}) as ${quote(column.name)}`);
    return `${quote(name)} as (select ${nulls.join(', ')})`;
  }

  /** The query with the stubs' names, padded, so that all else keeps its place. */
  #named(sql: string, stubs: readonly NamedStub[]): string {
    let named = sql.replace(/;\s*$/, ' ');
    for (const { written, name } of stubs) {
      const shown = this.#engine.dialect.quoteIdentifier(name).padStart(written.length);
      named = named.replaceAll(written, () => shown);
    }
    return named;
  }
}

/** DESCRIBE leaves out fields of a wide struct, and does not quote their names. */
function isWritable(type: string): boolean {
  return (
    type !== '' && !type.includes('...') && !/[^\w<>():, ]/.test(type) && !/\w \w+:/.test(type)
  );
}

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const wordOf = (name: string): RegExp => new RegExp(`(?<![\\w$])${escaped(name)}(?![\\w$])`, 'i');

/** `name as (` and `name (a, b) as (`, in a list of common table expressions. */
const definition = (name: string): RegExp =>
  new RegExp(`(?<![\\w$])${escaped(name)}\`?\\s*(?:\\([^()]*\\)\\s*)?as\\s*\\(`, 'i');

/**
 * The error with its place in the model's SQL, one line above.
 *
 * @throws NotBindable where a table could answer what an expression can't
 */
function ofModel(error: DatabaseError, stubs: readonly NamedStub[]): DatabaseError {
  const { message, sqlLine, sqlColumn, kind, suggestions, hint } = error;
  const name = /with name ((?:`[^`]*`\.?)+) cannot be resolved/.exec(message)?.[1] ?? '';
  const parts = name.split('`').filter((part) => part !== '' && part !== '.');
  const isHidden = parts.some((part) => /^_metadata$|^_c(hange|ommit)_/.test(part));
  const isRenamed = stubs.some(
    ({ alias, name: given }) =>
      parts.slice(0, -1).some((part) => part.toLowerCase() === alias.toLowerCase()) &&
      (given !== alias || parts.length > 2),
  );
  if (isHidden || isRenamed)
    throw new NotBindable(`only the table itself can tell whether it has ${parts.join('.')}`);
  return new DatabaseError(message, {
    ...{ kind, suggestions, column: sqlColumn, cause: error },
    ...(sqlLine === undefined || sqlLine < 2 ? {} : { line: sqlLine - 1 }),
    ...(hint === undefined ? {} : { hint }),
  });
}

/** A query may call two columns alike, a table can't. */
function refuseTwice(columns: readonly TypedColumn[]): void {
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (seen.has(name.toLowerCase()))
      throw new DatabaseError(`The query gives two columns with the name '${name}'.`, {
        kind: 'binder',
        hint: 'Give one of them another name with AS, or leave it out.',
      });
    seen.add(name.toLowerCase());
  }
}
