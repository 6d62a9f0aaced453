/**
 * Binds the models of a run over tables without rows, each on what those before it would give:
 * a wrong column is found without data, in the model that writes it.
 */
import type { Compiled } from '../dbt/compile.js';
import { withPlace } from '../dbt/sql-place.js';
import { DatabaseError } from '../engine/database-error.js';
import type { TechstoreError } from '../errors.js';
import { edgesAmong, runSchedule } from '../graph/index.js';
import type { TypedColumn } from '../lineage/index.js';
import { isEphemeral } from '../manifest/is-ephemeral.js';
import type { Manifest, ModelNode } from '../manifest/nodes.js';
import { NotBindable, type BindingDatabase } from './binding-database.js';
import { isCertain } from './certainty.js';
import type { Compilation } from './compilation.js';
import { contractFault } from './contract.js';
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
  compilationOf(model: ModelNode): Compilation;
  /** What the models read and is no model of the run. */
  tableOf(id: string): Promise<TableBefore>;
  readonly database: BindingDatabase;
  /** SQL that runs before the models or beside them, and may make what they call. */
  readonly hooks: readonly string[];
  /** Names of tables of other programs, in lower case. Default none. */
  readonly others?: readonly string[];
  /** The file with the compiled SQL of a model, as the user would type it. Default: there is none. */
  readonly fileOf?: (model: ModelNode) => string;
}

/** Columns of a table; `in place` where the database has the table itself; null where nobody knows them. */
export type TableBefore = readonly TypedColumn[] | 'in place' | null;

/** By unique id. The database is released, not closed. @throws TechstoreError `interrupted` */
export async function bindModels(options: BindOptions): Promise<Map<string, BoundModel>> {
  const { manifest, models, database } = options;
  const binder = new Binder(options);
  const parents = new Map(
    [...manifest.nodes].map(([id, node]) => [id, 'dependsOn' in node ? node.dependsOn.nodes : []]),
  );
  const edges = edgesAmong(parents, new Set(models.map((model) => model.uniqueId)));
  try {
    await runSchedule(
      models.map((model) => ({
        id: model.uniqueId,
        after: edges.get(model.uniqueId) ?? [],
        run: () => binder.bind(model),
      })),
      {
        threads: database.threads,
        // What reads a model with an error says so itself.
        blocks: () => false,
        skip: () => undefined,
        stopped: () => false,
      },
    );
  } finally {
    await database.release();
  }
  return binder.found;
}

class Binder {
  readonly found = new Map<string, BoundModel>();
  readonly #options: BindOptions;
  /** Whether a table of others is there, by its unique id. */
  readonly #others = new Map<string, Promise<boolean>>();
  /** Models whose columns no table can have. */
  readonly #unmade = new Set<string>();

  constructor(options: BindOptions) {
    this.#options = options;
  }

  async bind(model: ModelNode): Promise<void> {
    const bound = await this.#bind(model);
    if (bound.kind === 'bound' && !isEphemeral(model) && !(await this.#make(model, bound.columns)))
      this.#unmade.add(model.uniqueId);
    this.found.set(model.uniqueId, bound);
  }

  async #bind(model: ModelNode): Promise<BoundModel> {
    const compilation = this.#options.compilationOf(model);
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
      if (above.kind === 'bound') return this.#unmade.has(id) ? unknownColumns(node.name) : null;
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

  #isThere(id: string): Promise<boolean> {
    const known = this.#others.get(id) ?? this.#look(id);
    this.#others.set(id, known);
    return known;
  }

  async #look(id: string): Promise<boolean> {
    const node = this.#options.manifest.nodes.get(id);
    if (
      node?.resourceType !== 'model' &&
      node?.resourceType !== 'seed' &&
      node?.resourceType !== 'source'
    )
      return false;
    const table = await this.#options.tableOf(id);
    if (table === null || table === 'in place') return table !== null;
    return this.#make(node, table);
  }

  /** False for a type that this database does not have, or a catalog that is not there. */
  async #make(
    node: Parameters<BindingDatabase['make']>[0],
    columns: readonly TypedColumn[],
  ): Promise<boolean> {
    try {
      await this.#options.database.make(node, columns);
      return true;
    } catch (error) {
      if (error instanceof DatabaseError) return false;
      throw error;
    }
  }

  async #bindSql(model: ModelNode, compiled: Compiled): Promise<BoundModel> {
    const { manifest, database, hooks, others } = this.#options;
    let columns: readonly TypedColumn[];
    try {
      columns = await database.columnsOf(model, compiled);
    } catch (error) {
      if (error instanceof NotBindable) return { kind: 'unchecked', why: error.message };
      if (!(error instanceof DatabaseError)) throw error;
      const doubt = isCertain(error, model, manifest, hooks, others);
      if (doubt !== null) return { kind: 'unchecked', why: doubt };
      const file = this.#options.fileOf?.(model);
      const sql = file === undefined ? compiled : { ...compiled, file };
      const placed = withPlace(lineOfName(error, compiled.sql), model, sql, 0);
      return { kind: 'error', error: placed as TechstoreError };
    }
    const fault = await contractFault(model, columns, compiled, database, manifest.projectRoot);
    return fault === null ? { kind: 'bound', columns } : { kind: 'error', error: fault, columns };
  }
}

function unchecked(why: string): BoundModel {
  return { kind: 'unchecked', why };
}

function unknownColumns(name: string): BoundModel {
  return { kind: 'unchecked', why: `the columns of ${name} are not known yet` };
}
