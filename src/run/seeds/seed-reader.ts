/** Reads rows of seeds into DuckDB in memory, by the same rules as on DuckDB targets. */
import type { Connection, Row, RowStream } from '../../engine/engine.js';
import { openDuckDB, type DuckDBEngine } from '../../engine/duckdb/index.js';
import type { SeedNode } from '../../manifest/nodes.js';
import type { SeedColumn } from '../../sources/index.js';
import type { NodeRun } from '../node-run.js';
import { loadSeedFile } from './load-seed-file.js';
import { loadSourceSeeds, type SourceSeed } from './load-source-seeds.js';

/** A column with a type that both engines know. */
export interface SeedTableColumn {
  readonly name: string;
  readonly type: string;
}

export interface SeedRows {
  readonly columns: readonly SeedTableColumn[];
  readonly batches: RowStream['batches'];
}

/** A seed that was read. */
export interface ReadSeed {
  readonly rows: number;
  /** Types of columns that differ from DuckDB's types. */
  readonly types: ReadonlyMap<string, string>;
}

export class SeedReader {
  private readonly engine: DuckDBEngine;
  private readonly connection: Connection;

  private constructor(engine: DuckDBEngine, connection: Connection) {
    this.engine = engine;
    this.connection = connection;
  }

  static async open(catalog: string): Promise<SeedReader> {
    const engine = await openDuckDB({ path: null, catalog });
    return new SeedReader(engine, await engine.connect());
  }

  /** @throws TechstoreError `source` with the errors of all files */
  async loadSources(
    pairs: readonly SourceSeed[],
  ): Promise<Map<string, number>> {
    return loadSourceSeeds(pairs, this.connection, this.engine.dialect);
  }

  /** Reads a seed without a source, with types from its configuration or, as in dbt, from its values. */
  async load(seed: SeedNode, run: Pick<NodeRun, 'warn'>): Promise<ReadSeed> {
    const { connection, engine } = this;
    await connection.createSchema({ database: seed.database, schema: seed.schema });
    const own = { connection, dialect: engine.dialect, ...(run.warn && { warn: run.warn }) };
    const { rows, columns } = await loadSeedFile(seed, own, 'text');
    return { rows, types: warehouseTypes(columns, seed.config.columnTypes) };
  }

  /** Over a connection of its own: threads read at the same time, and a stream is its connection's last word. */
  async rows(
    relation: { schema: string; identifier: string },
    types: ReadonlyMap<string, string>,
  ): Promise<SeedRows> {
    const connection = await this.engine.connect();
    const name = this.engine.dialect.renderRelation({
      database: this.engine.database,
      ...relation,
    });
    const { columns, batches } = await connection.stream(`select * from ${name}`);
    return {
      columns: columns.map(({ name: column, type }) => ({
        name: column,
        type: types.get(column) ?? typeOf(type),
      })),
      batches: releasing(batches, connection),
    };
  }

  async close(): Promise<void> {
    await this.engine.close();
  }
}

async function* releasing(
  batches: RowStream['batches'],
  connection: Connection,
): AsyncGenerator<readonly Row[]> {
  try {
    yield* batches;
  } finally {
    await connection.release();
  }
}

/** Types that DuckDB has and a warehouse has not, by DuckDB's names. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['VARCHAR', 'string'],
  ['INTEGER', 'int'],
  ['HUGEINT', 'decimal(38,0)'],
  ['TIMESTAMP WITH TIME ZONE', 'timestamp'],
  ['JSON', 'string'],
  ['UUID', 'string'],
  ['TIME', 'string'],
]);

/** DuckDB's name of a type as Databricks'. */
function typeOf(type: string): string {
  return TYPES.get(type) ?? type.toLowerCase();
}

/**
 * The types that are not those of DuckDB's table: whole numbers are bigint, as dbt-databricks
 * has them; lengths stay; and types that only the warehouse knows are its own to cast to.
 */
function warehouseTypes(
  columns: readonly SeedColumn[],
  declared: Readonly<Record<string, string>>,
): Map<string, string> {
  const types = new Map<string, string>();
  for (const { name, declared: known, guessed } of columns) {
    const written = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (written === undefined) {
      if (guessed === 'integer') types.set(name, 'bigint');
    } else if (known === undefined || /^(?:var)?char\s*\(/i.test(written.trim())) {
      types.set(name, written);
    }
  }
  return types;
}
