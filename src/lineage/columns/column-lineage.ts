/** The columns of every table, and what each of them is made of. */
import { join } from 'node:path';
import { DatabaseError } from '../../engine/database-error.js';
import type { LineageGraph } from '../../graph/index.js';
import type { Manifest, ModelNode, SeedNode, SourceNode, TestNode } from '../../manifest/nodes.js';
import type { ColumnGaps, ColumnRef, ColumnSource, LineageColumn } from '../lineage.js';
import { ColumnCache, hashOf, type KnownColumns } from './cache.js';
import { EmptyTables, type Query, type TracingDatabase } from './empty-tables.js';
import { isTranslated, tracingVersion, type Parser } from './parser.js';
import type { InputTable, TypedColumn } from './query.js';
import { traceQuery } from './trace-query.js';

export interface ColumnLineageOptions {
  readonly manifest: Manifest;
  /** With an edge from each seed to the source whose table it makes. */
  readonly graph: LineageGraph;
  /** Nodes whose columns are traced; what they read is looked at as far as it is needed. */
  readonly ids: Iterable<string>;
  /**
   * The SQL of a model, in which each input goes by the name given here (by unique id)
   * and nothing else: no schema before it. Ephemeral models are inputs like others.
   */
  render(node: ModelNode | TestNode, inputs: ReadonlyMap<string, InputTable>): Promise<string>;
  /**
   * A DuckDB in which temporary tables may be made, to read queries and to ask for their
   * columns. It is asked for when the first answer is not in the cache.
   */
  readonly connect: () => Promise<TracingDatabase>;
  /** File with the answers of earlier runs; null for none. */
  readonly cacheFile: string | null;
  /** Told before a model that is not in the cache is traced. */
  readonly tracing?: (model: ModelNode) => void;
  /**
   * Columns by unique id that tables are taken to have beside those that are found. Then nothing is
   * written to the cache, whose answers are about the project as it is. Default: none
   */
  readonly more?: ReadonlyMap<string, readonly TypedColumn[]>;
}

export interface ColumnLineage {
  readonly columns: readonly LineageColumn[];
  readonly gaps: ColumnGaps;
}

/** Never fails because of a model: what can't be known is a gap with its reason. */
export async function columnLineage(options: ColumnLineageOptions): Promise<ColumnLineage> {
  const tracing = new Tracing(options);
  try {
    return await tracing.all();
  } finally {
    await tracing.end();
  }
}

export class Tracing {
  readonly #options: ColumnLineageOptions;
  readonly #cache: ColumnCache;
  readonly #columns = new Map<string, Promise<KnownColumns | null>>();
  readonly #dialect: string;
  readonly #tables: EmptyTables;
  #parser: Parser | null = null;

  constructor(options: ColumnLineageOptions) {
    this.#options = options;
    this.#dialect = options.manifest.adapterType;
    this.#tables = new EmptyTables(options.connect);
    this.#cache = new ColumnCache(options.cacheFile, tracingVersion);
  }

  async end(): Promise<void> {
    await this.#tables.release();
    if (this.#options.more === undefined) await this.#cache.save();
  }

  /** Parents before children. */
  async all(): Promise<ColumnLineage> {
    const { ids, graph } = this.#options;
    const wanted = new Set(ids);
    const columns: LineageColumn[] = [];
    const gaps: Record<string, string> = {};
    for (const id of graph.order) {
      if (!wanted.has(id)) continue;
      const known = await this.traced(id);
      if (known === null) continue;
      if (known.gap !== null) gaps[id] = known.gap;
      known.columns.forEach(({ name, type }, i) => {
        columns.push({ node: id, column: name, type, sources: known.sources?.[i] ?? null });
      });
    }
    return { columns, gaps };
  }

  /**
   * Whether the SQL of a node needs a column of what it reads, if only to choose its rows. Asked of the
   * database: without the column the SQL is wrong. Where there is none, and where it is wrong with the
   * column too, the name decides.
   */
  async needs(node: ModelNode | TestNode, { node: parent, column }: ColumnRef): Promise<boolean> {
    const isIt = (name: string): boolean => name.toLowerCase() === column.toLowerCase();
    const parents = await this.#parentsOf(node);
    for (const nameOf of [uniqueName, plainName]) {
      const query = await this.#render(node, parents, nameOf).catch(() => null);
      if (query === null) return true;
      if (!mentions(query.sql, column)) return false;
      if (isTranslated(this.#dialect)) return true;
      if (!(await this.#binds(query))) continue;
      const inputs = new Map(
        [...query.inputs].map(([id, { name, columns }]) => [
          id,
          { name, columns: id === parent ? columns.filter((one) => !isIt(one.name)) : columns },
        ]),
      );
      return !(await this.#binds({ ...query, inputs }));
    }
    return true;
  }

  async #binds(query: Query): Promise<boolean> {
    try {
      await this.#tables.columnsOf(query);
      return true;
    } catch (error) {
      if (error instanceof DatabaseError) return false;
      throw error;
    }
  }

  /** The columns of a node, and for a model their sources. Null for what is no table. */
  async traced(id: string): Promise<KnownColumns | null> {
    const node = this.#options.manifest.nodes.get(id);
    if (node?.resourceType !== 'model') return this.#known(id);
    const known = this.#model(node, true).then((found) => this.#withMore(id, found));
    this.#columns.set(id, known);
    return known;
  }

  #withMore(id: string, known: KnownColumns): KnownColumns {
    const names = new Set(known.columns.map(({ name }) => name.toLowerCase()));
    const more = this.#options.more?.get(id)?.filter(({ name }) => !names.has(name.toLowerCase()));
    if (more === undefined || more.length === 0) return known;
    return { ...known, columns: [...known.columns, ...more] };
  }

  #known(id: string): Promise<KnownColumns | null> {
    let known = this.#columns.get(id);
    if (known === undefined) {
      known = this.#find(id);
      this.#columns.set(id, known);
    }
    return known;
  }

  async #find(id: string): Promise<KnownColumns | null> {
    const node = this.#options.manifest.nodes.get(id);
    switch (node?.resourceType) {
      case 'model':
        return this.#withMore(id, await this.#model(node, false));
      case 'seed':
        return this.#seed(node);
      case 'source':
        return this.#source(node);
      default:
        return null;
    }
  }

  async #source(node: SourceNode): Promise<KnownColumns> {
    const [seed] = this.#options.graph.parents(node.uniqueId);
    const loaded = seed === undefined ? null : await this.#known(seed);
    const described = describedColumns(node);
    const names = new Map(loaded?.columns.map((c) => [c.name.toLowerCase(), c.name]));
    // A description may name only some of the columns.
    const told = new Set(described.map(({ name }) => name.toLowerCase()));
    const others = loaded?.columns.filter(({ name }) => !told.has(name.toLowerCase())) ?? [];
    const columns = [...described, ...others];
    return {
      key: '',
      columns,
      sources: columns.map(({ name }): ColumnSource[] => {
        const column = names.get(name.toLowerCase());
        return seed === undefined || column === undefined
          ? []
          : [{ node: seed, column, how: 'direct' }];
      }),
      gap: columns.length > 0 ? null : 'YAML does not describe its columns',
    };
  }

  async #seed(node: SeedNode): Promise<KnownColumns> {
    const described = describedColumns(node);
    const key = hashOf('seed', node.checksum, described, node.config.columnTypes);
    const kept = await this.#cache.get(node.uniqueId, key);
    if (kept !== null) return kept;
    const found = await this.#tables
      .columnsOfFile(join(node.rootPath, node.originalFilePath), node.config.delimiter)
      .catch(() => null);
    const types = new Map(
      [
        ...described.map(({ name, type }) => [name, type] as const),
        ...Object.entries(node.config.columnTypes),
      ].map(([name, type]) => [name.toLowerCase(), type]),
    );
    const columns = (found ?? described).map(({ name, type }) => ({
      name,
      type: types.get(name.toLowerCase()) ?? type,
    }));
    const known: KnownColumns = {
      key,
      columns,
      sources: columns.map(() => []),
      gap: columns.length > 0 ? null : 'its columns are unknown',
    };
    await this.#cache.set(node.uniqueId, known);
    return known;
  }

  async #model(node: ModelNode, trace: boolean): Promise<KnownColumns> {
    const parents = await this.#parentsOf(node);
    const unknown = (gap: string): KnownColumns => ({
      key: '',
      columns: describedColumns(node),
      gap,
    });
    let query: Query;
    try {
      query = await this.#render(node, parents, uniqueName);
    } catch (error) {
      return unknown(`its SQL cannot be compiled here: ${firstLine(error)}`);
    }
    const key = hashOf(this.#dialect, query.sql, [...query.inputs]);
    let known = await this.#cache.get(node.uniqueId, key);
    if (known === null) {
      try {
        known = { key, gap: null, ...(await this.#describe(node, query, parents)) };
      } catch (error) {
        return unknown(`the database rejects its SQL: ${firstLine(error)}`);
      }
      await this.#cache.set(node.uniqueId, known);
    }
    if (!trace || known.sources !== undefined) return known;
    if (known.plainNames === true) query = await this.#render(node, parents, plainName);
    known = await this.#trace(node, query, known);
    await this.#cache.set(node.uniqueId, known);
    return known;
  }

  async #parentsOf({
    dependsOn,
  }: ModelNode | TestNode): Promise<ReadonlyMap<string, readonly TypedColumn[]>> {
    const parents = new Map<string, readonly TypedColumn[]>();
    for (const id of dependsOn.nodes) {
      const known = await this.#known(id);
      if (known !== null) parents.set(id, known.columns);
    }
    return parents;
  }

  async #render(
    node: ModelNode | TestNode,
    parents: ReadonlyMap<string, readonly TypedColumn[]>,
    nameOf: (id: string) => string,
  ): Promise<Query> {
    const inputs = new Map<string, InputTable>();
    const taken = new Set<string>();
    for (const [id, columns] of parents) {
      let name = nameOf(id);
      for (let n = 2; taken.has(name); n += 1) name = `${nameOf(id)}_${n}`;
      taken.add(name);
      inputs.set(id, { name, columns });
    }
    return { sql: await this.#options.render(node, inputs), inputs };
  }

  async #trace(
    node: ModelNode,
    { sql, inputs }: Query,
    known: KnownColumns,
  ): Promise<KnownColumns> {
    this.#options.tracing?.(node);
    this.#parser ??= await this.#tables.parser(this.#dialect);
    const ids = new Map([...inputs].map(([id, { name }]) => [name, id]));
    const { columns, gap } = await traceQuery(
      this.#parser,
      sql,
      [...inputs.values()],
      known.columns.map(({ name }) => name),
    );
    return {
      ...known,
      gap: known.columns.length === 0 ? 'its columns are unknown' : gap,
      sources: columns.map(
        ({ sources }) =>
          sources?.map(({ table, column, how }) => ({
            node: ids.get(table) ?? table,
            column,
            how,
          })) ?? null,
      ),
    };
  }

  /**
   * The columns that the database finds in the query over empty tables; where there is
   * no database those of the YAML.
   */
  async #describe(
    node: ModelNode,
    query: Query,
    parents: ReadonlyMap<string, readonly TypedColumn[]>,
  ): Promise<Pick<KnownColumns, 'columns' | 'plainNames'>> {
    if (isTranslated(this.#dialect)) {
      return { columns: describedColumns(node), plainNames: false };
    }
    try {
      return { columns: await this.#tables.columnsOf(query), plainNames: false };
    } catch (error) {
      // A query may call a table by its own name, without an alias: `silver_orders.id`.
      const plain = await this.#render(node, parents, plainName);
      const columns = await this.#tables.columnsOf(plain).catch(() => null);
      if (columns === null) throw error;
      return { columns, plainNames: true };
    }
  }
}

function describedColumns(node: ModelNode | SeedNode | SourceNode): TypedColumn[] {
  return Object.values(node.columns).map(({ name, dataType }) => ({
    name,
    type: dataType ?? 'varchar',
  }));
}

/** `model__techstore__silver_orders`: unlike every CTE, and unlike two tables of one name in two schemas. */
function uniqueName(id: string): string {
  return id.replace(/[^A-Za-z0-9_]/g, '__').toLowerCase();
}

function plainName(id: string): string {
  return id.split('.').at(-1) ?? id;
}

/** A natural join names no column. */
function mentions(sql: string, column: string): boolean {
  return sql.toLowerCase().includes(column.toLowerCase()) || /\bnatural\b/i.test(sql);
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] ?? '';
}
