/** What the catalog knows of relations, by SHOW and DESCRIBE: they work without Unity Catalog too. */
import { DatabaseError } from '../database-error.js';
import type {
  ColumnInfo,
  Connection,
  RelationInfo,
  RelationName,
  RelationType,
  SchemaName,
} from '../engine.js';
import { dialect } from './dialect.js';
import { columnOfType } from './types.js';

type Asker = Pick<Connection, 'query' | 'run'>;

/** Two statements: views are named in the list of tables too. */
export async function listRelations(
  connection: Asker,
  schema: SchemaName,
): Promise<readonly RelationInfo[]> {
  const name = dialect.renderSchema(schema);
  const tables = await orNothing(() => connection.query(`SHOW TABLES IN ${name}`));
  if (tables === null) return [];
  const views = await connection.query(`SHOW VIEWS IN ${name}`);
  const isView = new Set(views.rows.map((row) => (row[1] as string).toLowerCase()));
  return tables.rows
    .filter((row) => row[2] !== true)
    .map((row): RelationInfo => {
      const relation = row[1] as string;
      return { name: relation, type: isView.has(relation.toLowerCase()) ? 'view' : 'table' };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

export async function schemaExists(connection: Asker, schema: SchemaName): Promise<boolean> {
  const name = dialect.renderSchema(schema);
  return (await orNothing(() => connection.query(`DESCRIBE SCHEMA ${name}`))) !== null;
}

export async function relationType(
  connection: Asker,
  relation: RelationName,
): Promise<RelationType | null> {
  const described = await describeTable(connection, relation);
  if (described === null) return null;
  const type = described.find(([name]) => name === 'Type')?.[1];
  return type === 'VIEW' ? 'view' : 'table';
}

export async function columnsOf(
  connection: Asker,
  relation: RelationName,
): Promise<readonly ColumnInfo[]> {
  const described = (await describeTable(connection, relation)) ?? [];
  // Behind the columns come an empty line, and partitions and details below headings.
  const end = described.findIndex(([name]) => name === '' || name.startsWith('#'));
  return described
    .slice(0, end === -1 ? undefined : end)
    .map(([name, type]) => columnOfType(name, type));
}

async function describeTable(
  connection: Asker,
  relation: RelationName,
): Promise<(readonly [string, string])[] | null> {
  const answer = await orNothing(() =>
    connection.query(`DESCRIBE TABLE EXTENDED ${dialect.renderRelation(relation)}`),
  );
  return answer?.rows.map(([name, type]) => [name as string, type as string] as const) ?? null;
}

async function orNothing<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof DatabaseError && error.kind === 'catalog') return null;
    throw error;
  }
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
  catalog: string,
): Promise<void> {
  // Catalogs other than Unity's take no name of three parts here.
  const { database, schema } = relation;
  const q = (name: string): string => dialect.quoteIdentifier(name);
  const renamed =
    database === catalog
      ? `${q(schema)}.${q(identifier)}`
      : dialect.renderRelation({ ...relation, identifier });
  const type = (await relationType(connection, relation)) ?? 'table';
  await connection.run(
    `ALTER ${type.toUpperCase()} ${dialect.renderRelation(relation)} RENAME TO ${renamed}`,
  );
}
