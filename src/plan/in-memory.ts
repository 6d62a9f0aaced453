/** Models are bound over empty tables of a DuckDB in memory, whose catalog has the name of the target's. */
import type { Compiled } from '../dbt/compile.js';
import { EmptyTables, type TracingDatabase, type TypedColumn } from '../lineage/index.js';
import type { ModelNode, SeedNode, SourceNode } from '../manifest/nodes.js';
import { relationOf } from '../manifest/relation-of.js';
import type { BindingDatabase } from './binding-database.js';
import { declaredQuery } from './contract.js';

export class InMemory implements BindingDatabase {
  /** It has one connection. */
  readonly threads = 1;
  readonly #tables: EmptyTables;
  readonly #dialect: TracingDatabase['dialect'];

  constructor(twin: TracingDatabase) {
    this.#tables = new EmptyTables(() => Promise.resolve(twin));
    this.#dialect = twin.dialect;
  }

  make(node: ModelNode | SeedNode | SourceNode, columns: readonly TypedColumn[]): Promise<void> {
    return this.#tables.make(relationOf(node), columns);
  }

  columnsOf(_: ModelNode, { sql }: Compiled): Promise<readonly TypedColumn[]> {
    return this.#tables.columnsOfSql(sql);
  }

  columnsOfContract(model: ModelNode): Promise<readonly TypedColumn[]> {
    return this.#tables.columnsOfSql(declaredQuery(model, this.#dialect.quoteIdentifier));
  }

  async tree(sql: string): Promise<Readonly<Record<string, unknown>> | null> {
    return (await this.#tables.parser('duckdb')).parse(sql);
  }

  release(): Promise<void> {
    return this.#tables.release();
  }
}
