/** What running one node needs, and the database as its templates see it. */
import type { Backend } from '../dbt/backend.js';
import type { Compiler } from '../dbt/compile.js';
import type {
  Capabilities,
  ColumnInfo,
  Connection,
  Dialect,
  RelationName,
} from '../engine/engine.js';
import { engineNamed } from '../engine/engines.js';
import type { RelationParts } from '../dbt/relation.js';
import type { TestBatches } from './test-batches.js';

export interface NodeRun {
  readonly connection: Connection;
  readonly dialect: Dialect;
  readonly compiler: Compiler;
  readonly backend: Backend;
  /** Where each statement costs a way to the server, tests of the same tables share one. */
  readonly tests?: TestBatches;
  /** Schemas that this run makes or has made, by their SQL name. */
  readonly schemas: Map<string, Promise<void>>;
  /** Columns of what unit tests give rows for, by unique id, asked once in a run. */
  readonly columns: Map<string, Promise<readonly ColumnInfo[]>>;
  /** Tells a warning of a node that is made all the same: a whole sentence. */
  readonly warn?: (text: string) => void;
}

/** What the engine can do that a node runs on. */
export function capabilitiesOf(run: NodeRun): Capabilities {
  return engineNamed(run.compiler.session.target.type).capabilities;
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
    relations: async (schema) => {
      const found = await connection.listRelations(schema);
      return found.map(({ name, type }) => ({ ...schema, identifier: name, type }));
    },
    columns: (parts) => connection.columnsOf(complete(parts)),
    describe: (sql) => connection.describe(sql),
    schemaExists: (schema) => connection.schemaExists(schema),
    createSchema: (schema) => connection.createSchema(schema),
    dropSchema: (schema) => connection.dropSchema(schema),
    dropRelation: (parts) => connection.dropRelation(complete(parts)),
    renameRelation: (parts, identifier) => connection.rename(complete(parts), identifier),
    truncateRelation: (parts) => connection.truncate(complete(parts)),
  };
}

/**
 * Makes the schema unless this run has made it. Threads that need the same one wait
 * for the first: two connections that create it at once conflict in the database.
 */
export function ensureSchema(
  run: Pick<NodeRun, 'connection' | 'dialect' | 'schemas'>,
  schema: { readonly database: string; readonly schema: string },
): Promise<void> {
  const name = run.dialect.renderSchema(schema);
  const made = run.schemas.get(name);
  if (made !== undefined) return made;
  const making = run.connection.createSchema(schema).catch((error: unknown) => {
    // The next one to need it may have more luck, and must not take this for done.
    run.schemas.delete(name);
    throw error;
  });
  run.schemas.set(name, making);
  return making;
}
