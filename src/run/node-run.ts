/** The context of running one node, and the database as templates see it. */
import type { ExternalFiles } from '../builds/index.js';
import type { Backend } from '../dbt/backend.js';
import type { Compiler } from '../dbt/compile.js';
import type {
  Capabilities,
  ColumnInfo,
  Connection,
  Dialect,
  RelationName,
} from '../engine/engine.js';
import type { RelationParts } from '../dbt/relation.js';
import type { TestBatches } from './test-batches.js';

export interface NodeRun {
  readonly connection: Connection;
  readonly dialect: Dialect;
  readonly capabilities: Capabilities;
  readonly compiler: Compiler;
  readonly backend: Backend;
  /** Combines tests of the same tables into one statement, if each statement is a round trip. */
  readonly tests?: TestBatches;
  /** Schemas that this run creates or has created, by their SQL name. */
  readonly schemas: Map<string, Promise<void>>;
  /** Columns of unit test inputs by unique id, queried once per run. */
  readonly columns: Map<string, Promise<readonly ColumnInfo[]>>;
  /** Models whose contract was found to hold before the run, by unique id. */
  readonly contractsHold?: ReadonlySet<string>;
  /** Where external models write; missing where the database has none. */
  readonly external?: ExternalFiles;
  /** Receives a warning about a node that is built nevertheless, as a sentence. */
  readonly warn?: (text: string) => void;
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
 * Creates the schema, unless this run already has. Threads that need the same schema wait for the
 * first one, because two connections that create it at once conflict in the database.
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
