/** The store that keeps each build in a schema of a SQL warehouse. Loads its modules on demand. */
import type { DatabricksTarget, Profile } from '../../project/index.js';
import type { StoreKind } from '../store-kind.js';

export const inSchemas: StoreKind = {
  openStore: async (profile, options) => {
    const { SchemaStore } = await import('./schema-store.js');
    return SchemaStore.open(profile, warehouseTarget(profile), options);
  },
  openPublished: async (profile, options) => {
    const store = await inSchemas.openStore(profile, options);
    try {
      const { engine, schema, build } = await store.open();
      return {
        engine,
        schema,
        buildId: () => Promise.resolve(build?.id ?? null),
        close: () => store.close(),
      };
    } catch (error) {
      await store.close();
      throw error;
    }
  },
  check: async (profile, check, options) => {
    const { checkWarehouse } = await import('./checks.js');
    await checkWarehouse(warehouseTarget(profile), check, options.onNotice);
  },
};

function warehouseTarget({ target }: Profile): DatabricksTarget {
  if (target.type === 'databricks') return target;
  throw new TypeError(`A target of type ${target.type} is not a warehouse.`);
}
