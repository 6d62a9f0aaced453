/** What DuckDB knows of the relations of a schema. */
import type { Connection, RelationFacts, SchemaName } from '../engine.js';
import { describedRelations, isView, type Measured } from '../facts-of-rows.js';
import { dialect } from './dialect.js';

type Asker = Pick<Connection, 'query'>;

// Names are compared without their case; a view has no columns here when its query fails.
const DESCRIBE = `
  WITH relations AS (
    SELECT database_oid, schema_oid, table_oid AS oid, table_name AS name, 'BASE TABLE' AS type, comment
    FROM duckdb_tables() WHERE lower(database_name) = lower($1) AND lower(schema_name) = lower($2)
    UNION ALL
    SELECT database_oid, schema_oid, view_oid, view_name, 'VIEW', comment
    FROM duckdb_views() WHERE lower(database_name) = lower($1) AND lower(schema_name) = lower($2)
  )
  SELECT r.name, r.type, r.comment, NULL, c.column_name, c.data_type, c.comment
  FROM relations r LEFT JOIN duckdb_columns() c
    ON c.database_oid = r.database_oid AND c.schema_oid = r.schema_oid AND c.table_oid = r.oid
  ORDER BY r.name, c.column_index`;

export async function relationFacts(
  connection: Asker,
  schema: SchemaName,
  names: readonly string[],
): Promise<readonly RelationFacts[]> {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const { rows } = await connection.query(DESCRIBE, [schema.database, schema.schema]);
  const found = describedRelations(rows).filter(({ name }) => wanted.has(name.toLowerCase()));
  const tables = found.filter((relation) => !isView(relation)).map(({ name }) => name);
  const measured = await measure(connection, schema, tables);
  return found.map((relation) => {
    const { rows: count = null, bytes = null } = measured.get(relation.name) ?? {};
    return { ...relation, rows: count, bytes };
  });
}

/**
 * Counted, since `estimated_size` of DuckDB's list still has the rows that were deleted; a count
 * reads no data. Bytes are whole blocks of the file: small tables share some.
 */
async function measure(
  connection: Asker,
  schema: SchemaName,
  tables: readonly string[],
): Promise<ReadonlyMap<string, Measured>> {
  const measured = new Map<string, Measured>();
  for (let from = 0; from < tables.length; from += AT_ONCE) {
    const some = await measureSome(connection, schema, tables.slice(from, from + AT_ONCE));
    for (const [name, facts] of some) measured.set(name, facts);
  }
  return measured;
}

/** One question for a thousand tables takes ten times as long as forty for the same: they are planned as one. */
const AT_ONCE = 25;

async function measureSome(
  connection: Asker,
  schema: SchemaName,
  tables: readonly string[],
): Promise<ReadonlyMap<string, Measured>> {
  const sizes = tables.map((identifier, i) => {
    const name = dialect.renderRelation({ ...schema, identifier });
    return `
      SELECT ${i} AS nr, (SELECT count(*) FROM ${name}) AS row_count, ${blocksOf(name)} AS blocks`;
  });
  const { rows } = await connection.query(
    `SELECT nr, row_count, blocks * (
       SELECT block_size FROM pragma_database_size() WHERE lower(database_name) = lower($1)
     ) FROM (${sizes.join('\n UNION ALL ')})`,
    [schema.database],
  );
  return new Map(
    rows.map(([nr, count, bytes]) => [
      tables[Number(nr)] ?? '',
      { rows: Number(count), bytes: bytes === null ? null : Number(bytes) },
    ]),
  );
}

function blocksOf(renderedTable: string): string {
  // The function reads no name that has a quote in it, however it is written.
  if (renderedTable.includes('""')) return 'NULL';
  return `(
        SELECT count(DISTINCT block) FROM (
          SELECT unnest(list_prepend(block_id, additional_block_ids)) AS block
          FROM pragma_storage_info(${dialect.quoteLiteral(renderedTable)}) WHERE persistent
        ) WHERE block >= 0)`;
}
