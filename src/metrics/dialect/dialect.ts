/** The smallest dialects of Kysely that compile: what runs the SQL is the engine's connection. */
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  type DefaultQueryCompiler,
  type Dialect,
} from 'kysely';
import type { PublishedTables } from '../tables.js';
import type { EngineName } from '../../engine/engine.js';
import { EngineQueryCompiler } from './query-compiler.js';

export function dialectFor(engine: EngineName): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: (): DefaultQueryCompiler => new EngineQueryCompiler(engine),
  };
}

/** Builds queries for an engine; it can't run them. */
export function builderFor(engine: EngineName): Kysely<PublishedTables> {
  return new Kysely({ dialect: dialectFor(engine) });
}
