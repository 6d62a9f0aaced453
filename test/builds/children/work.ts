import type { DuckDBEngine } from '../../../src/engine/duckdb/index.js';
import type { BuildDetails } from '../../../src/builds/index.js';

export const details: BuildDetails = {
  asOf: null,
  codeVersion: null,
  techstoreVersion: '0.1.0',
  rows: {},
  nodes: {},
};

/** A build that is whole when all of its rows in both tables say the same figure. */
export async function fill(engine: DuckDBEngine, figure: number, rows: number): Promise<void> {
  const connection = await engine.connect();
  await connection.run('CREATE SCHEMA gold');
  for (const table of ['sales', 'orders']) {
    await connection.run(
      `CREATE TABLE gold.${table} AS
       SELECT ${figure} AS figure, md5(range::VARCHAR) AS noise FROM range(${rows})`,
    );
  }
  await connection.release();
}
