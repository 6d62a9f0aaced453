/** Reads rows of seeds into DuckDB in memory, by the same rules as on DuckDB targets. */
import type { Connection, Row, RowStream } from '../../engine/engine.js';
import { openDuckDB, type DuckDBEngine } from '../../engine/duckdb/index.js';
import type { SeedNode } from '../../manifest/nodes.js';
import { seedTypesOfWarehouse, warehouseType } from '../../plan/seed-types.js';
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
    return { rows, types: seedTypesOfWarehouse(columns, seed.config.columnTypes) };
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
        type: types.get(column) ?? warehouseType(type),
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
