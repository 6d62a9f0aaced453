/** Rows of seeds, read by the same strict grammar as on a laptop: into DuckDB in memory. */
import type { Connection, Row, RowStream } from '../../engine/engine.js';
import { openDuckDB, type DuckDBEngine } from '../../engine/duckdb/index.js';
import type { SeedNode, SourceNode } from '../../manifest/nodes.js';
import { loadSourceSeeds } from '../load-files.js';
import { runSeedInDuckDB } from '../run-seed.js';
import { backendOf, type NodeRun } from '../node-run.js';
import type { Compiler } from '../../dbt/compile.js';

/** A column with its type in words that both engines know. */
export interface Column {
  readonly name: string;
  readonly type: string;
}

export interface SeedRows {
  readonly columns: readonly Column[];
  readonly batches: RowStream['batches'];
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

  /** @throws TechstoreError `source` with the faults of all files */
  async loadSources(
    pairs: readonly { readonly seed: SeedNode; readonly source: SourceNode }[],
  ): Promise<Map<string, number>> {
    return loadSourceSeeds(pairs, this.connection, this.engine.dialect);
  }

  /** A seed without a source: types of its configuration, else found in its values. */
  async load(seed: SeedNode, compiler: Compiler): Promise<number | null> {
    const run: NodeRun = {
      connection: this.connection,
      dialect: this.engine.dialect,
      compiler,
      backend: backendOf(this.connection),
      schemas: new Map(),
      columns: new Map(),
    };
    const plain: SeedNode = {
      ...seed,
      config: {
        ...seed.config,
        preHook: [],
        postHook: [],
        persistDocs: { relation: false, columns: false },
      },
    };
    return (await runSeedInDuckDB(plain, run)).rows;
  }

  /** Over a connection of its own: threads read at the same time, and a stream is its connection's last word. */
  async rows(relation: { schema: string; identifier: string }): Promise<SeedRows> {
    const connection = await this.engine.connect();
    const name = this.engine.dialect.renderRelation({
      database: this.engine.database,
      ...relation,
    });
    const { columns, batches } = await connection.stream(`select * from ${name}`);
    return {
      columns: columns.map(({ name: column, type }) => ({ name: column, type: typeOf(type) })),
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

/** DuckDB's name of a type as Databricks'. */
function typeOf(type: string): string {
  if (type === 'VARCHAR') return 'string';
  if (type === 'INTEGER') return 'int';
  return type.toLowerCase();
}
