/** The builds on a warehouse. */
import type { DatabricksTarget, Profile } from '../project/index.js';
import { findBuild, WarehouseStore } from '../builds/index.js';
import { onInterrupt } from './interrupt.js';
import { tellOnStderr } from './open-schema.js';
import type { KeptBuilds } from './open-store.js';
import { openWarehouse } from './open-warehouse.js';

export async function openSchemaStore(
  { threads }: Profile,
  { database, schema, ...target }: DatabricksTarget,
): Promise<KeptBuilds> {
  const engine = await openWarehouse({ ...target, database, schema }, { onNotice: tellOnStderr });
  const { signal, end } = onInterrupt();
  signal.addEventListener('abort', () => engine.interruptAll());
  const store = await WarehouseStore.open(engine, { database, schema });
  return {
    find: async (name) => findBuild((await store.list()) ?? [], name),
    damaged: () => Promise.resolve([]),
    list: async () => (await store.list()) ?? [],
    // Tables of others are in the catalog itself, and no build's.
    publishedContents: async () => null,
    rollback: (options) => store.rollback({ ...options, threads, signal }),
    prune: (options) => store.prune({ ...options, signal }),
    close: async () => {
      end();
      await engine.close();
    },
  };
}
