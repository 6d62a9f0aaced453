/** A build on a warehouse, opened for reading: all of it is in one schema of its own. */
import type { Engine, SchemaName } from '../engine/engine.js';
import type { DatabricksTarget } from '../project/index.js';
import { findBuild, WarehouseStore, type KeptSchema } from '../builds/index.js';
import { nothingPublished, type OpenBuild } from './open-build.js';
import { openWarehouse } from './open-warehouse.js';

/** @throws TechstoreError `publish` when there is no such build */
export async function openSchema(target: DatabricksTarget, name: string): Promise<OpenBuild> {
  const { database, schema } = target;
  const engine = await openWarehouse(target, { onNotice: tellOnStderr });
  try {
    const store = await WarehouseStore.open(engine, { database, schema });
    const builds = await store.list();
    await store.release();
    if (builds === null && name === 'published') {
      if (await isEmpty(engine, { database, schema })) throw nothingPublished();
      // Tables that something else made, dbt for one: they are read where the profile says.
      return { engine, build: null, schema, relationOf: (table) => ({ database, ...table }) };
    }
    const isNone = name === 'published' && !(builds ?? []).some(({ published }) => published);
    if (isNone) throw nothingPublished();
    const build = findBuild(builds ?? [], name);
    return {
      engine,
      build,
      schema: build.schema,
      relationOf: (table) => ({ database, ...placeIn(build, table) }),
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

async function isEmpty(engine: Engine, schema: SchemaName): Promise<boolean> {
  const connection = await engine.connect();
  const relations = await connection.listRelations(schema);
  await connection.release();
  return relations.length === 0;
}

interface Place {
  readonly schema: string;
  readonly identifier: string;
}

/** What the build does not have is in its schema neither, and nowhere else. */
export function placeIn({ schema, names }: KeptSchema, published: Place): Place {
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  const name = names.find(
    (one) => same(one.schema, published.schema) && same(one.identifier, published.identifier),
  );
  return { schema, identifier: name?.table.identifier ?? published.identifier };
}

/** A warehouse may have to start first, which takes minutes. */
export function tellOnStderr(message: string): void {
  process.stderr.write(`${message}\n`);
}
