/** What running one node needs, and the database as its templates see it. */
import type { Backend } from '../dbt/adapter.js';
import type { Compiler } from '../dbt/compile.js';
import type { Connection, Dialect, RelationName } from '../engine/engine.js';
import type { RelationParts } from '../dbt/relation.js';

export interface NodeRun {
  readonly connection: Connection;
  readonly dialect: Dialect;
  readonly compiler: Compiler;
  readonly backend: Backend;
  /** Schemas that exist already, by their SQL name: each is made once a run. */
  readonly schemas: Set<string>;
}

export function backendOf(connection: Connection): Backend {
  const complete = (parts: RelationParts): RelationName => ({
    database: parts.database ?? '',
    schema: parts.schema ?? '',
    identifier: parts.identifier ?? '',
  });
  return {
    query: async (sql) => {
      const answer = await connection.query(sql);
      return { columns: answer.columns, rows: answer.rows };
    },
    relation: async (parts) => {
      const type = await connection.relationType(complete(parts));
      return type === null ? null : { ...parts, type };
    },
    columns: (parts) => connection.columnsOf(complete(parts)),
  };
}

/** Makes the schema unless this run has made it. */
export async function ensureSchema(
  run: NodeRun,
  schema: { readonly database: string; readonly schema: string },
): Promise<void> {
  const name = run.dialect.renderSchema(schema);
  if (run.schemas.has(name)) return;
  await run.connection.createSchema(schema);
  run.schemas.add(name);
}
