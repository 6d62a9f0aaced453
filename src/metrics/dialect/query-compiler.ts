/** SQL text of the engines. Published tables become `{table}`: which catalog and schema they lie in is told later. */
import { DefaultQueryCompiler, type IdentifierNode, type TableNode } from 'kysely';
import type { Dialect, EngineName } from '../../engine/engine.js';
import { engineNamed } from '../../engine/engines.js';
import { isPublishedTable } from '../tables.js';

export class EngineQueryCompiler extends DefaultQueryCompiler {
  readonly #dialect: Dialect;

  constructor(engine: EngineName) {
    super();
    this.#dialect = engineNamed(engine).dialect;
  }

  protected override visitIdentifier(node: IdentifierNode): void {
    this.append(this.#dialect.quoteIdentifier(node.name));
  }

  protected override visitTable(node: TableNode): void {
    const { name } = node.table.identifier;
    if (isPublishedTable(name)) this.append(`{${name}}`);
    else super.visitTable(node);
  }

  protected override getCurrentParameterPlaceholder(): string {
    return this.#dialect.placeholder(this.numParameters);
  }
}
