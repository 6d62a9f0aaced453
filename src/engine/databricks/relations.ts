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
  const described = await describeExtended(connection, relation);
  if (described === null) return null;
  const type = described.details.find(([name]) => name === 'Type')?.[1];
  return type === 'VIEW' ? 'view' : 'table';
}

export async function columnsOf(
  connection: Asker,
  relation: RelationName,
): Promise<readonly ColumnInfo[]> {
  const described = await describeExtended(connection, relation);
  return (described?.columns ?? []).map(([name, type]) => columnOfType(name, type));
}

/** Null for what does not exist. */
export async function describeExtended(
  connection: Asker,
  relation: RelationName,
): Promise<DescribedTable | null> {
  const answer = await orNothing(() =>
    connection.query(`DESCRIBE TABLE EXTENDED ${dialect.renderRelation(relation)}`),
  );
  if (answer === null) return null;
  const lines = answer.rows.map(([name, type, comment]): Line => [
    name as string,
    type as string,
    // No comment is an empty one for some versions.
    comment === '' ? null : ((comment ?? null) as string | null),
  ]);
  // Behind the columns come an empty line, and partitions and details below headings.
  const end = lines.findIndex(([name]) => name === '' || name.startsWith('#'));
  if (end === -1) return { columns: lines, details: [] };
  // Partitions are columns, and may be called as a detail is.
  const details = lines.findIndex(([name]) => name === '# Detailed Table Information');
  return { columns: lines.slice(0, end), details: lines.slice(Math.max(details, end)) };
}

/** Name, type or value, comment. */
type Line = readonly [string, string, string | null];

interface DescribedTable {
  readonly columns: readonly Line[];
  /** Lines below the heading: `Type`, `Owner`, `Comment`, … */
  readonly details: readonly Line[];
}

/** Null where there is no such table, schema or catalog. */
export async function orNothing<T>(ask: () => Promise<T>): Promise<T | null> {
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
