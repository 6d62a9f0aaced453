/** What templates may ask of the database while a node runs. */
import type { RelationParts } from './relation.js';
import type { QueryAnswer } from './agate/table.js';

export interface ColumnOfRelation {
  readonly name: string;
  readonly type: string;
}

export interface SchemaParts {
  readonly database: string;
  readonly schema: string;
}

export interface Backend {
  query(sql: string): Promise<QueryAnswer>;
  /** Null when there is no such relation. */
  relation(parts: RelationParts): Promise<RelationParts | null>;
  /** Tables and views of a schema; none when there is no such schema. */
  relations(schema: SchemaParts): Promise<readonly RelationParts[]>;
  /** None when there is no such relation. */
  columns(parts: RelationParts): Promise<readonly ColumnOfRelation[]>;
  /** Columns that a query gives, found without running it. */
  describe(sql: string): Promise<readonly ColumnOfRelation[]>;
  schemaExists(schema: SchemaParts): Promise<boolean>;
  createSchema(schema: SchemaParts): Promise<void>;
  /** With all that is in it; nothing happens when there is none. */
  dropSchema(schema: SchemaParts): Promise<void>;
  dropRelation(parts: RelationParts): Promise<void>;
  renameRelation(parts: RelationParts, identifier: string): Promise<void>;
  truncateRelation(parts: RelationParts): Promise<void>;
}

/** A database whose every answer is the same refusal. */
export function refusingBackend(refuse: () => Promise<never>): Backend {
  return {
    query: refuse,
    relation: refuse,
    relations: refuse,
    columns: refuse,
    describe: refuse,
    schemaExists: refuse,
    createSchema: refuse,
    dropSchema: refuse,
    dropRelation: refuse,
    renameRelation: refuse,
    truncateRelation: refuse,
  };
}

/** A database that is opened when it is asked for the first time. */
export function lazyBackend(open: () => Promise<Backend>): Backend {
  return {
    query: async (sql) => (await open()).query(sql),
    relation: async (parts) => (await open()).relation(parts),
    relations: async (schema) => (await open()).relations(schema),
    columns: async (parts) => (await open()).columns(parts),
    describe: async (sql) => (await open()).describe(sql),
    schemaExists: async (schema) => (await open()).schemaExists(schema),
    createSchema: async (schema) => (await open()).createSchema(schema),
    dropSchema: async (schema) => (await open()).dropSchema(schema),
    dropRelation: async (parts) => (await open()).dropRelation(parts),
    renameRelation: async (parts, to) => (await open()).renameRelation(parts, to),
    truncateRelation: async (parts) => (await open()).truncateRelation(parts),
  };
}
