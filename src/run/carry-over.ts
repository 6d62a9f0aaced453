/** Copies relations of an earlier build, attached under a catalog of its own, into the candidate. */
import type { Connection, Dialect } from '../engine/engine.js';
import { asText } from '../ground/as-text.js';

export interface Carried {
  readonly schema: string;
  readonly identifier: string;
}

/**
 * Copies one table with its constraints and comments, or makes a view again.
 *
 * @returns false when the earlier build has no such relation
 */
export async function carryOver(
  relation: Carried,
  from: string,
  into: string,
  connection: Connection,
  dialect: Dialect,
): Promise<boolean> {
  const view = await connection.query(
    'select sql from duckdb_views() where database_name = ? and schema_name = ? and view_name = ?',
    [from, relation.schema, relation.identifier],
  );
  await connection.createSchema({ database: into, schema: relation.schema });
  const target = dialect.renderRelation({ database: into, ...relation });
  if (view.rows.length > 0) {
    await makeFromSql(asText(view.rows[0]?.[0] ?? null) ?? '', 'VIEW', target, connection);
    return true;
  }
  const table = await connection.query(
    'select sql, comment from duckdb_tables() where database_name = ? and schema_name = ? and table_name = ?',
    [from, relation.schema, relation.identifier],
  );
  const [row] = table.rows;
  if (row === undefined) return false;
  await makeFromSql(asText(row[0] ?? null) ?? '', 'TABLE', target, connection);
  const source = dialect.renderRelation({ database: from, ...relation });
  await connection.run(`insert into ${target} select * from ${source}`);
  await copyComments(relation, from, target, row[1] ?? null, connection, dialect);
  return true;
}

/** Runs the statement that made the relation, with the target in the place of its name. */
async function makeFromSql(
  sql: string,
  kind: 'TABLE' | 'VIEW',
  target: string,
  connection: Connection,
): Promise<void> {
  const name = String.raw`(?:"(?:[^"]|"")*"|[^\s."(]+)`;
  const head = new RegExp(String.raw`^CREATE ${kind} ${name}(?:\.${name}){0,2}`, 'i');
  await connection.run(
    sql.replace(head, () => `create or replace ${kind.toLowerCase()} ${target}`),
  );
}

async function copyComments(
  relation: Carried,
  from: string,
  target: string,
  comment: unknown,
  connection: Connection,
  dialect: Dialect,
): Promise<void> {
  const columns = await connection.query(
    'select column_name, comment from duckdb_columns() where database_name = ? and schema_name = ? and table_name = ? and comment is not null',
    [from, relation.schema, relation.identifier],
  );
  const statements = columns.rows.map(
    ([name, text]) =>
      `comment on column ${target}.${dialect.quoteIdentifier(asText(name ?? null) ?? '')} is ${dialect.quoteLiteral(asText(text ?? null) ?? '')}`,
  );
  if (typeof comment === 'string') {
    statements.unshift(`comment on table ${target} is ${dialect.quoteLiteral(comment)}`);
  }
  if (statements.length > 0) await connection.run(statements.join(';\n'));
}
