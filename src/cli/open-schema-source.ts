/** What `serve` reads on a warehouse. */
import type { DatabricksTarget } from '../project/index.js';
import { WarehouseStore } from '../builds/index.js';
import type { PoolLimits } from '../server/store/connection-pool.js';
import { SchemaSource } from '../server/store/schema-source.js';
import { openWarehouse } from './open-warehouse.js';

export async function openSchemaSource(
  target: DatabricksTarget,
  limits: PoolLimits,
  onNotice: (message: string) => void,
): Promise<SchemaSource> {
  const { database, schema } = target;
  const engine = await openWarehouse(target, { onNotice });
  const builds = await WarehouseStore.open(engine, { database, schema });
  const source = new SchemaSource({ ...limits, engine, builds });
  try {
    // A token or a catalog that is wrong is told now, and not to each who asks.
    await source.mark();
  } catch (error) {
    await engine.close();
    throw error;
  }
  return source;
}
