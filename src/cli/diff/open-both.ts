/** The builds of a target, and two of them opened beside each other. */
import type { DatabricksTarget, Profile } from '../../project/index.js';
import { WarehouseStore } from '../../builds/index.js';
import { placeIn, tellOnStderr } from '../open-schema.js';
import { openFileStore } from '../open-store.js';
import { openWarehouse } from '../open-warehouse.js';
import { twoBuilds, type OpenedBuilds, type TwoBuilds } from './two-builds.js';

export interface Comparison {
  readonly builds: TwoBuilds;
  /** Opened when it is asked for: what is wrong with the request is told before. */
  open(): Promise<OpenedBuilds>;
  close(): Promise<void>;
}

/** @param names as `twoBuilds` takes them */
export async function comparisonOf(
  profile: Profile,
  names: readonly string[],
): Promise<Comparison> {
  const { target } = profile;
  if (target.type === 'databricks') return inSchemas(target, names);
  const builds = twoBuilds(openFileStore(profile).listBuilds(), names);
  const { openFiles } = await import('./open-files.js');
  let opened: OpenedBuilds | undefined;
  return {
    builds,
    open: async () => (opened = await openFiles(builds, target.database)),
    close: async () => opened?.engine.close(),
  };
}

async function inSchemas(target: DatabricksTarget, names: readonly string[]): Promise<Comparison> {
  const { database, schema } = target;
  const engine = await openWarehouse(target, { onNotice: tellOnStderr });
  try {
    const store = await WarehouseStore.open(engine, { database, schema });
    const builds = twoBuilds((await store.list()) ?? [], names);
    await store.release();
    return {
      builds,
      open: () =>
        Promise.resolve({
          engine,
          relationOf: (side, table) => ({ database, ...placeIn(builds[side], table) }),
        }),
      close: () => engine.close(),
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}
