export {
  BuildStore,
  type CandidateOptions,
  type Published,
  type RollbackOptions,
  type StoreOptions,
} from './build-store.js';
export { withFileLock, type LockHolder, type LockOptions } from './build-lock.js';
export type { Build, DamagedBuild } from './builds.js';
export { describeObjects, type CatalogObject } from './catalog-objects.js';
export type { Candidate, PreviousBuild } from './candidate.js';
export type { FileToRead } from './file-to-read.js';
export type { VerifiedFile } from './verify-all.js';
export type { PruneOptions } from './cleanup.js';
export { findBuild, isUnfinished, type KeptBuild } from './kept-build.js';
export type { KeptSchema, PublishedName, WarehouseBuild } from './warehouse/build-row.js';
export { keyOf } from './warehouse/published-names.js';
export {
  WarehouseStore,
  type BegunBuild,
  type FinishedBuild,
  type MadeBuild,
} from './warehouse/warehouse-store.js';
export type { MadeRelation, PublishedContents } from './published-contents.js';
export type { BuildDetails, BuildNotes, BuildRecord, BuildState, FileMark } from './record.js';
