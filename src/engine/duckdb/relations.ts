/** What the catalog knows of relations. DuckDB compares names without their case. */
import type {
  ColumnInfo,
  Connection,
  RelationInfo,
  RelationName,
  RelationType,
  SchemaName,
} from '../engine.js';
import { dialect } from './dialect.js';
import { columnOfType } from './values.js';

type Asker = Pick<Connection, 'query' | 'run'>;

// Both lists, since information_schema knows only the relations that the search path finds.
const RELATIONS = `
  SELECT database_name, schema_name, table_name AS name, 'table' AS type FROM duckdb_tables()
  UNION ALL
  SELECT database_name, schema_name, view_name, 'view' FROM duckdb_views()`;

const IN_SCHEMA = 'lower(database_name) = lower($1) AND lower(schema_name) = lower($2)';

export async function listRelations(
  connection: Asker,
  schema: SchemaName,
): Promise<readonly RelationInfo[]> {
  const { rows } = await connection.query(
    `SELECT name, type FROM (${RELATIONS}) WHERE ${IN_SCHEMA} ORDER BY name`,
    [schema.database, schema.schema],
  );
  return rows.map(([name, type]) => ({ name: name as string, type: type as RelationType }));
}

export async function schemaExists(connection: Asker, schema: SchemaName): Promise<boolean> {
  const { rows } = await connection.query(
    `SELECT 1 FROM duckdb_schemas() WHERE ${IN_SCHEMA} LIMIT 1`,
    [schema.database, schema.schema],
  );
  return rows.length > 0;
}

export async function relationType(
  connection: Asker,
  relation: RelationName,
): Promise<RelationType | null> {
  const { rows } = await connection.query(
    `SELECT type FROM (${RELATIONS}) WHERE ${IN_SCHEMA} AND lower(name) = lower($3)`,
    [relation.database, relation.schema, relation.identifier],
  );
  return (rows[0]?.[0] as RelationType | undefined) ?? null;
}

export async function columnsOf(
  connection: Asker,
  relation: RelationName,
): Promise<readonly ColumnInfo[]> {
  const { rows } = await connection.query(
    `SELECT column_name, data_type FROM duckdb_columns()
     WHERE ${IN_SCHEMA} AND lower(table_name) = lower($3) ORDER BY column_index`,
    [relation.database, relation.schema, relation.identifier],
  );
  return rows.map(([name, type]) => columnOfType(name as string, type as string));
}

export async function dropRelation(connection: Asker, relation: RelationName): Promise<void> {
  const type = await relationType(connection, relation);
  if (type === null) return;
  await connection.run(`DROP ${type.toUpperCase()} IF EXISTS ${dialect.renderRelation(relation)}`);
}

export async function rename(
  connection: Asker,
  relation: RelationName,
  identifier: string,
): Promise<void> {
  // A view only when it is one: for a relation that is missing, DuckDB's own words say so.
  const type = (await relationType(connection, relation)) ?? 'table';
  await connection.run(
    `ALTER ${type.toUpperCase()} ${dialect.renderRelation(relation)} RENAME TO ${dialect.quoteIdentifier(identifier)}`,
  );
}
