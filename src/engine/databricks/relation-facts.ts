/** What a warehouse knows of the relations of a schema. */
import { DatabaseError } from '../database-error.js';
import type { Connection, RelationFacts, SchemaName } from '../engine.js';
import { describedRelations, isView, type Described } from '../facts-of-rows.js';
import { dialect } from './dialect.js';
import { describeExtended, orNothing } from './relations.js';

type Asker = Pick<Connection, 'query' | 'run'>;

export async function relationFacts(
  connection: Asker,
  schema: SchemaName,
  names: readonly string[],
): Promise<readonly RelationFacts[]> {
  if (names.length === 0) return [];
  const found =
    (await inUnityCatalog(connection, schema, names)) ??
    (await oneByOne(connection, schema, names));
  const tables = found.filter((relation) => !isView(relation)).map(({ name }) => name);
  const counts = await countAll(connection, schema, tables);
  const facts: RelationFacts[] = [];
  for (const relation of found) {
    const rows = counts.get(relation.name) ?? null;
    const bytes = isView(relation) ? null : await bytesOf(connection, schema, relation.name);
    facts.push({ ...relation, rows, bytes });
  }
  return facts;
}

/** Null in a catalog that describes itself by no schema: one without Unity Catalog. */
async function inUnityCatalog(
  connection: Asker,
  { database, schema }: SchemaName,
  names: readonly string[],
): Promise<readonly Described[] | null> {
  const from = (view: string): string =>
    dialect.renderRelation({ database, schema: 'information_schema', identifier: view });
  // Unity Catalog keeps names in lower case. A list in the text, since a statement takes few values.
  const wanted = names.map((name) => dialect.quoteLiteral(name.toLowerCase())).join(', ');
  const answer = await orNothing(() =>
    connection.query(
      `SELECT t.table_name, t.table_type, t.comment, t.table_owner,
         c.column_name, c.full_data_type, c.comment
       FROM ${from('tables')} t LEFT JOIN ${from('columns')} c
         ON c.table_schema = t.table_schema AND c.table_name = t.table_name
       WHERE t.table_schema = ${dialect.quoteLiteral(schema.toLowerCase())} AND t.table_name IN (${wanted})
       ORDER BY t.table_name, c.ordinal_position`,
    ),
  );
  return answer === null ? null : describedRelations(answer.rows);
}

async function oneByOne(
  connection: Asker,
  schema: SchemaName,
  names: readonly string[],
): Promise<readonly Described[]> {
  const found: Described[] = [];
  for (const identifier of [...names].sort()) {
    const described = await describeExtended(connection, { ...schema, identifier });
    if (described === null) continue;
    const detail = (name: string): string | null =>
      described.details.find(([key]) => key === name)?.[1] ?? null;
    found.push({
      name: identifier,
      type: detail('Type') ?? 'TABLE',
      comment: detail('Comment'),
      owner: detail('Owner'),
      columns: described.columns.map(([name, type, comment]) => ({ name, type, comment })),
    });
  }
  return found;
}

/** Of Delta tables from their log: no data is read. */
async function countAll(
  connection: Asker,
  schema: SchemaName,
  tables: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (tables.length === 0) return new Map();
  const counts = tables.map(
    (identifier, i) =>
      `SELECT ${i}, count(*) FROM ${dialect.renderRelation({ ...schema, identifier })}`,
  );
  const { rows } = await connection.query(counts.join('\nUNION ALL '));
  return new Map(rows.map(([nr, count]) => [tables[Number(nr)] ?? '', Number(count)]));
}

/** Null for a table whose format does not say. */
async function bytesOf(
  connection: Asker,
  schema: SchemaName,
  identifier: string,
): Promise<number | null> {
  try {
    const { columns, rows } = await connection.query(
      `DESCRIBE DETAIL ${dialect.renderRelation({ ...schema, identifier })}`,
    );
    const bytes = rows[0]?.[columns.findIndex(({ name }) => name === 'sizeInBytes')] ?? null;
    return bytes === null ? null : Number(bytes);
  } catch (error) {
    if (error instanceof DatabaseError) return null;
    throw error;
  }
}
