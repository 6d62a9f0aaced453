/** Copies relations of an earlier build, attached under a catalog of its own, into the candidate. */
import type { Connection, Dialect } from '../../engine/engine.js';
import type { RelationPlace } from '../../manifest/node-state.js';

/** One table or view, as the catalog has it. */
interface Made {
  readonly kind: 'table' | 'view';
  /** The statement that made it. */
  readonly sql: string;
  readonly comment: string | null;
  /** Of its columns, in no order. */
  readonly comments: readonly (readonly [column: string, comment: string])[];
}

/**
 * Copies tables with their constraints and comments, and makes views again. A relation that the earlier build does not
 * have is left out.
 */
export async function carryOver(
  relations: readonly RelationPlace[],
  from: string,
  into: string,
  connection: Connection,
  dialect: Dialect,
): Promise<void> {
  // The functions of the catalog list everything of all databases at each call, so they are asked once for all relations.
  const made = await madeIn(from, connection);
  for (const schema of new Set(relations.map((relation) => relation.schema)))
    await connection.createSchema({ database: into, schema });
  for (const relation of relations) {
    const one = made.get(keyOf(relation.schema, relation.identifier));
    if (one === undefined) continue;
    const target = dialect.renderRelation({ database: into, ...relation });
    await connection.run(withTarget(one, target));
    if (one.kind === 'table') {
      const source = dialect.renderRelation({ database: from, ...relation });
      await connection.run(`insert into ${target} select * from ${source}`);
    }
    const comments = commentStatements(one, target, dialect);
    if (comments.length > 0) await connection.run(comments.join(';\n'));
  }
}

async function madeIn(from: string, connection: Connection): Promise<ReadonlyMap<string, Made>> {
  const columns = await connection.query(
    'select schema_name, table_name, column_name, comment from duckdb_columns() where database_name = ? and comment is not null',
    [from],
  );
  const comments = new Map<string, [string, string][]>();
  for (const [schema, table, column, comment] of columns.rows as [string, string, string, string][])
    comments.set(keyOf(schema, table), [
      ...(comments.get(keyOf(schema, table)) ?? []),
      [column, comment],
    ]);
  const { rows } = await connection.query(
    `select 'table', schema_name, table_name, sql, comment from duckdb_tables() where database_name = $1
     union all
     select 'view', schema_name, view_name, sql, comment from duckdb_views() where database_name = $1`,
    [from],
  );
  return new Map(
    (rows as [Made['kind'], string, string, string, string | null][]).map(
      ([kind, schema, name, sql, comment]) => {
        const key = keyOf(schema, name);
        return [key, { kind, sql, comment, comments: comments.get(key) ?? [] }];
      },
    ),
  );
}

/** DuckDB compares names without their case. */
const keyOf = (schema: string, name: string): string =>
  JSON.stringify([schema, name]).toLowerCase();

/** The statement that made the relation, with the target in the place of its name. */
function withTarget({ kind, sql }: Made, target: string): string {
  const name = String.raw`(?:"(?:[^"]|"")*"|[^\s."(]+)`;
  const head = new RegExp(String.raw`^CREATE ${kind} ${name}(?:\.${name}){0,2}`, 'i');
  return sql.replace(head, () => `create or replace ${kind} ${target}`);
}

function commentStatements(
  { kind, comment, comments }: Made,
  target: string,
  dialect: Dialect,
): string[] {
  return [
    ...(comment === null
      ? []
      : [`comment on ${kind} ${target} is ${dialect.quoteLiteral(comment)}`]),
    ...comments.map(
      ([column, text]) =>
        `comment on column ${target}.${dialect.quoteIdentifier(column)} is ${dialect.quoteLiteral(text)}`,
    ),
  ];
}
