/** What a database holds, by kind and name: the evidence of who made what. */
import type { Connection } from '../../engine/engine.js';
import type { CatalogObject, ObjectKind } from '../catalog-object.js';

// Indexes are not among them: they come and go with their table.
const OBJECTS = `
  SELECT 'schema' AS kind, schema_name AS schema, schema_name AS name FROM duckdb_schemas()
  WHERE database_name = $1 AND NOT internal AND schema_name <> 'main'
  UNION ALL
  SELECT 'table', schema_name, table_name FROM duckdb_tables()
  WHERE database_name = $1 AND NOT internal AND NOT temporary
  UNION ALL
  SELECT 'view', schema_name, view_name FROM duckdb_views()
  WHERE database_name = $1 AND NOT internal AND NOT temporary
  UNION ALL
  SELECT 'sequence', schema_name, sequence_name FROM duckdb_sequences()
  WHERE database_name = $1 AND NOT temporary
  UNION ALL
  SELECT 'type', schema_name, type_name FROM duckdb_types()
  WHERE database_name = $1 AND NOT internal
  UNION ALL
  SELECT DISTINCT CASE function_type WHEN 'macro' THEN 'macro' ELSE 'table macro' END,
    schema_name, function_name FROM duckdb_functions()
  WHERE database_name = $1 AND NOT internal AND function_type IN ('macro', 'table_macro')`;

/** Everything in a catalog that somebody made, in the order of schema, kind and name. */
export async function objectsIn(
  connection: Connection,
  catalog: string,
): Promise<readonly CatalogObject[]> {
  const { rows } = await connection.query(`${OBJECTS} ORDER BY schema, kind, name`, [catalog]);
  return rows.map(([kind, schema, name]) => ({
    kind: kind as ObjectKind,
    schema: schema as string,
    name: name as string,
  }));
}

/** Equal for two objects that can't be in one database: ASCII letters have no case, and a view is in the way of a table. */
export function keyOfObject({ kind, schema, name }: CatalogObject): string {
  const space = kind === 'view' ? 'table' : kind;
  return JSON.stringify([space, withoutCase(schema), withoutCase(name)]);
}

/** As DuckDB has it: `Ä` and `ä` are two names. */
function withoutCase(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Those of `objects` that `others` has too, by kind and name. */
export function among(
  objects: readonly CatalogObject[],
  others: readonly CatalogObject[],
): readonly CatalogObject[] {
  const keys = new Set(others.map(keyOfObject));
  return objects.filter((object) => keys.has(keyOfObject(object)));
}

/** Those of `objects` that `others` has not. */
export function without(
  objects: readonly CatalogObject[],
  others: readonly CatalogObject[],
): readonly CatalogObject[] {
  const keys = new Set(others.map(keyOfObject));
  return objects.filter((object) => !keys.has(keyOfObject(object)));
}
