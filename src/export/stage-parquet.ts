/** Parquet of a table that is not in DuckDB: its rows go through a DuckDB database of their own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  ColumnInfo,
  Connection,
  Dialect,
  Param,
  RelationName,
  Row,
} from '../engine/engine.js';
import { writeFile } from './write-file.js';

/**
 * Writes all rows of a table; memory does not grow with their number, and a file in the
 * machine's folder for temporary files does, until it is done.
 *
 * @returns how many rows were written
 */
export async function stageParquet(
  from: { readonly connection: Connection; readonly dialect: Dialect },
  relation: RelationName,
  path: string,
): Promise<number> {
  const { openDuckDB } = await import('../engine/duckdb/index.js');
  const folder = mkdtempSync(join(tmpdir(), 'techstore-export-'));
  try {
    const stage = await openDuckDB({ path: join(folder, 'stage.duckdb'), logged: false });
    try {
      const connection = await stage.connect();
      const staged = { database: stage.database, schema: 'main', identifier: 'staged' };
      const answer = await from.connection.stream(
        `SELECT * FROM ${from.dialect.renderRelation(relation)}`,
      );
      const columns = answer.columns.map(
        (column) => `${stage.dialect.quoteIdentifier(column.name)} ${duckdbType(column)}`,
      );
      await connection.run(
        `CREATE TABLE ${stage.dialect.renderRelation(staged)} (${columns.join(', ')})`,
      );
      await connection.append(staged, asParams(answer.batches));
      return await writeFile(connection, stage.dialect, staged, path, {
        format: 'parquet',
      });
    } finally {
      await stage.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The type of DuckDB that holds the same values; what has none is kept as its text. */
export function duckdbType({ type, kind }: ColumnInfo): string {
  switch (kind) {
    case 'boolean':
    case 'integer':
    case 'decimal':
    case 'float':
    case 'date':
      return type;
    case 'timestamp':
      return 'TIMESTAMP';
    case 'nested':
    case 'json':
      return 'JSON';
    default:
      return 'VARCHAR';
  }
}

async function* asParams(
  batches: AsyncIterable<readonly Row[]>,
): AsyncGenerator<readonly (readonly Param[])[]> {
  for await (const rows of batches) {
    yield rows.map((row) =>
      row.map((value) =>
        value !== null && typeof value === 'object' ? JSON.stringify(value) : value,
      ),
    );
  }
}
