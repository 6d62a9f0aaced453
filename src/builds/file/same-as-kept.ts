/** Checks that the published file still has the objects of the project unchanged. */
import type { Connection, Dialect } from '../../engine/engine.js';
import type { DuckDBEngine } from '../../engine/duckdb/index.js';
import type { FileBuild } from './builds.js';
import type { CatalogObject } from '../catalog-object.js';
import { keyOfObject, objectsIn } from './catalog-objects.js';
import type { Layout } from './layout.js';

// Sequences are not among them: to ask one for a value is to read it.
const DEFINITIONS = `
  SELECT 'table' AS kind, schema_name, table_name AS name, sql, comment FROM duckdb_tables()
  WHERE database_name = $1 AND NOT internal AND NOT temporary
  UNION ALL
  SELECT 'view', schema_name, view_name, sql, comment FROM duckdb_views()
  WHERE database_name = $1 AND NOT internal AND NOT temporary
  UNION ALL
  SELECT CASE function_type WHEN 'macro' THEN 'macro' ELSE 'table macro' END, schema_name, function_name,
    concat(parameters::VARCHAR, macro_definition), comment
  FROM duckdb_functions()
  WHERE database_name = $1 AND NOT internal AND function_type IN ('macro', 'table_macro')
  UNION ALL
  SELECT 'type', schema_name, type_name, concat(logical_type, labels::VARCHAR), comment FROM duckdb_types()
  WHERE database_name = $1 AND NOT internal`;

export interface Contents {
  /** Everything in the published file. */
  readonly found: readonly CatalogObject[];
  /** True if an object of the build is missing or changed. */
  readonly changed: boolean;
}

/**
 * Compares the definitions, comments and rows of all objects of a build, in its kept file and in the
 * published file. Reads every row. Throws DuckDB's error if a file cannot be read.
 */
export async function compareWithKept(layout: Layout, build: FileBuild): Promise<Contents> {
  const { openDuckDB } = await import('../../engine/duckdb/index.js');
  const engine = await openDuckDB({ path: null });
  try {
    await engine.attach({ path: layout.published, catalog: 'published', readOnly: true });
    await engine.attach({ path: build.path, catalog: 'kept', readOnly: true });
    return await compare(engine, await engine.connect());
  } finally {
    await engine.close();
  }
}

async function compare({ dialect }: DuckDBEngine, connection: Connection): Promise<Contents> {
  const found = await objectsIn(connection, 'published');
  const made = await objectsIn(connection, 'kept');
  const definitions = await definitionsIn(connection, 'kept');
  const now = await definitionsIn(connection, 'published');
  for (const [key, definition] of definitions) {
    if (now.get(key) !== definition) return { found, changed: true };
  }
  for (const { kind, schema, name } of made) {
    if (kind !== 'table') continue;
    const [kept, shown] = ['kept', 'published'].map((database) =>
      sumOfRows(connection, dialect, { database, schema, identifier: name }),
    );
    if ((await kept) !== (await shown)) return { found, changed: true };
  }
  return { found, changed: false };
}

async function definitionsIn(
  connection: Connection,
  catalog: string,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await connection.query(`${DEFINITIONS} ORDER BY ALL`, [catalog]);
  const definitions = new Map<string, string>();
  for (const row of rows) {
    const [kind, schema, name] = row as [CatalogObject['kind'], string, string];
    const key = keyOfObject({ kind, schema, name });
    // A macro may have several.
    definitions.set(key, (definitions.get(key) ?? '') + JSON.stringify(row));
  }
  return definitions;
}

/** The same for two tables with the same rows, in any order. */
async function sumOfRows(
  connection: Connection,
  dialect: Dialect,
  table: Parameters<Dialect['renderRelation']>[0],
): Promise<string> {
  const { rows } = await connection.query(
    // Not `hash(t)` of an alias t: a column of that name would be taken for the row.
    `SELECT count(*), sum(hash(*COLUMNS(*))::HUGEINT) FROM ${dialect.renderRelation(table)}`,
  );
  return JSON.stringify(rows);
}
