/** SQL text of the engines. Published tables become `{table}`: which catalog and schema they lie in is told later. */
import { DefaultQueryCompiler, type IdentifierNode, type TableNode } from 'kysely';
import { quoteIdentifier } from '../../engine/quote.js';
import { isPublishedTable } from '../tables.js';
import type { EngineName } from './engine-sql.js';

export class EngineQueryCompiler extends DefaultQueryCompiler {
  readonly #engine: EngineName;

  constructor(engine: EngineName) {
    super();
    this.#engine = engine;
  }

  protected override visitIdentifier(node: IdentifierNode): void {
    this.append(quoteIdentifier(node.name, this.#engine === 'databricks' ? '`' : '"'));
  }

  protected override visitTable(node: TableNode): void {
    const { name } = node.table.identifier;
    if (isPublishedTable(name)) this.append(`{${name}}`);
    else super.visitTable(node);
  }

  /** DuckDB counts its parameters; `@databricks/sql` takes them in the order of the question marks. */
  protected override getCurrentParameterPlaceholder(): string {
    return this.#engine === 'databricks' ? '?' : `$${this.numParameters}`;
  }
}
