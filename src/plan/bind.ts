/**
 * Binds the models of a run over empty tables in memory, each on what those before it would give:
 * a wrong column is found without data, in the model that writes it.
 */
import type { Compiled } from '../dbt/compile.js';
import { withPlace } from '../dbt/sql-place.js';
import { DatabaseError } from '../engine/database-error.js';
import type { TechstoreError } from '../errors.js';
import { EmptyTables, type TracingDatabase, type TypedColumn } from '../lineage/index.js';
import { isEphemeral } from '../manifest/is-ephemeral.js';
import { relationOf } from '../manifest/relation-of.js';
import type { Manifest, ModelNode } from '../manifest/nodes.js';
import { contractFault } from './contract.js';
import { isCertain } from './certainty.js';
import type { Compilation } from './compilation.js';
import { lineOfName } from './line-of-name.js';

/** What came of binding a model. */
export type BoundModel =
  | { readonly kind: 'bound'; readonly columns: readonly TypedColumn[] }
  /** It can't be built as it is written. */
  | {
      readonly kind: 'error';
      readonly error: TechstoreError;
      /** What it would give; missing where the database can't tell. */
      readonly columns?: readonly TypedColumn[];
    }
  /** Unique id of a model that it reads, and that has an error. */
  | { readonly kind: 'below'; readonly because: string }
  /** Nothing can be said of it without its data; why, as the end of a sentence. */
  | { readonly kind: 'unchecked'; readonly why: string };

export interface BindOptions {
  readonly manifest: Manifest;
  /** Models that would run, parents before children. Ephemeral ones that they read may be among them. */
  readonly models: readonly ModelNode[];
  compilationOf(model: ModelNode): Promise<Compilation>;
  /** Columns of a table that the models read and that is no model of the run; null where nobody knows. */
  columnsOf(id: string): Promise<readonly TypedColumn[] | null>;
  /** A DuckDB in memory whose catalog has the name of the target's. */
  readonly connect: () => Promise<TracingDatabase>;
  /** SQL that runs before the models or beside them, and may make what they call. */
  readonly hooks: readonly string[];
  /** Names of tables of other programs, in lower case. Default none. */
  readonly others?: readonly string[];
  /** The file with the compiled SQL of a model, as the user would type it. Default: there is none. */
  readonly fileOf?: (model: ModelNode) => string;
}

/** What the database in memory speaks. */
const ownDialect = 'duckdb';

/** By unique id. The database is released, not closed. @throws TechstoreError `interrupted` */
export async function bindModels(options: BindOptions): Promise<Map<string, BoundModel>> {
  const binder = new Binder(options);
  try {
    for (const model of options.models) await binder.bind(model);
  } finally {
    await binder.end();
  }
  return binder.found;
}

class Binder {
  readonly found = new Map<string, BoundModel>();
  readonly #options: BindOptions;
  readonly #tables: EmptyTables;
  /** Whether a table of others is there, by its unique id. */
  readonly #others = new Map<string, boolean>();

  constructor(options: BindOptions) {
    this.#options = options;
    this.#tables = new EmptyTables(options.connect);
  }

  end(): Promise<void> {
    return this.#tables.release();
  }

  async bind(model: ModelNode): Promise<void> {
    const bound = await this.#bind(model);
    this.found.set(model.uniqueId, bound);
    if (bound.kind !== 'bound' || isEphemeral(model)) return;
    await this.#tables.make(relationOf(model), bound.columns);
  }

  async #bind(model: ModelNode): Promise<BoundModel> {
    const compilation = await this.#options.compilationOf(model);
    // A fault of the template is its own, whatever it reads.
    if (compilation.kind === 'fault') return { kind: 'error', error: compilation.error };
    for (const id of model.dependsOn.nodes) {
      const held = await this.#heldBy(id, model);
      if (held !== null) return held;
    }
    const { materialized } = model.config;
    if (materialized === 'table_function') return unchecked('it has parameters');
    if (materialized === 'external') return unchecked('its columns are read back from files');
    if (compilation.kind === 'asks') {
      return { kind: 'unchecked', why: 'its SQL depends on what the database answers' };
    }
    return this.#bindSql(model, compilation.compiled);
  }

  /** Why nothing can be said of what reads a node; null where its table is there. */
  async #heldBy(id: string, reader: ModelNode): Promise<BoundModel | null> {
    const node = this.#options.manifest.nodes.get(id);
    if (node === undefined || id === reader.uniqueId) return null;
    const above = this.found.get(id);
    if (above !== undefined) {
      if (above.kind === 'bound') return null;
      if (above.kind === 'error') return { kind: 'below', because: id };
      return above.kind === 'below' ? above : unknownColumns(node.name);
    }
    if (isEphemeral(node)) {
      for (const parent of node.dependsOn.nodes) {
        const held = await this.#heldBy(parent, reader);
        if (held !== null) return held;
      }
      return null;
    }
    return (await this.#isThere(id)) ? null : unknownColumns(node.name);
  }

  async #isThere(id: string): Promise<boolean> {
    const known = this.#others.get(id);
    if (known !== undefined) return known;
    const node = this.#options.manifest.nodes.get(id);
    let isThere = false;
    if (
      node?.resourceType === 'model' ||
      node?.resourceType === 'seed' ||
      node?.resourceType === 'source'
    ) {
      const columns = await this.#options.columnsOf(id);
      if (columns !== null) isThere = await this.#make(relationOf(node), columns);
    }
    this.#others.set(id, isThere);
    return isThere;
  }

  /** False for a type that this database does not have, or a catalog that is not there. */
  async #make(
    relation: Parameters<EmptyTables['make']>[0],
    columns: readonly TypedColumn[],
  ): Promise<boolean> {
    try {
      await this.#tables.make(relation, columns);
      return true;
    } catch (error) {
      if (error instanceof DatabaseError) return false;
      throw error;
    }
  }

  async #bindSql(model: ModelNode, compiled: Compiled): Promise<BoundModel> {
    const { manifest, hooks, others } = this.#options;
    let columns: readonly TypedColumn[];
    try {
      columns = await this.#tables.columnsOfSql(compiled.sql);
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      const doubt = isCertain(error, manifest, hooks, others);
      if (doubt !== null) return { kind: 'unchecked', why: doubt };
      const file = this.#options.fileOf?.(model);
      const sql = file === undefined ? compiled : { ...compiled, file };
      const placed = withPlace(lineOfName(error, compiled.sql), model, sql, 0);
      return { kind: 'error', error: placed as TechstoreError };
    }
    const fault = await contractFault(model, columns, compiled, {
      typed: (types) => this.#tables.columnsOfSql(types),
      tree: async (sql) => (await this.#tables.parser(ownDialect)).parse(sql),
      root: manifest.projectRoot,
    });
    return fault === null ? { kind: 'bound', columns } : { kind: 'error', error: fault, columns };
  }
}

function unchecked(why: string): BoundModel {
  return { kind: 'unchecked', why };
}

function unknownColumns(name: string): BoundModel {
  return { kind: 'unchecked', why: `the columns of ${name} are not known yet` };
}
