export {
  BuildStore,
  type CandidateOptions,
  type Published,
  type StoreOptions,
} from './build-store.js';
export type { LockHolder, LockOptions } from './build-lock.js';
export type { Build } from './builds.js';
export type { Candidate, PreviousBuild } from './candidate.js';
export type { PruneOptions } from './cleanup.js';
export type { PublishedName, WarehouseBuild } from './warehouse/build-row.js';
export {
  keyOf,
  WarehouseStore,
  type BegunBuild,
  type NameToPublish,
} from './warehouse/warehouse-store.js';
export type { BuildDetails, BuildRecord, BuildState, FileMark } from './record.js';
