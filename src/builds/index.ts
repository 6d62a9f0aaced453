export {
  BuildStore,
  type CandidateOptions,
  type Published,
  type RollbackOptions,
  type StoreOptions,
} from './file/build-store.js';
export { withFileLock, type LockHolder, type LockOptions } from './file/build-lock.js';
export type { Build, DamagedBuild } from './file/builds.js';
export { describeObjects, type CatalogObject } from './file/catalog-objects.js';
export type { Candidate, PreviousBuild } from './file/candidate.js';
export type { FileToRead } from './file/file-to-read.js';
export type { VerifiedFile } from './file/verify-all.js';
export type { PruneOptions } from './file/cleanup.js';
export { findBuild, isUnfinished, type KeptBuild } from './kept-build.js';
export type { KeptSchema, PublishedName, WarehouseBuild } from './schema/build-row.js';
export { keyOf } from './schema/published-names.js';
export {
  WarehouseStore,
  type BegunBuild,
  type FinishedBuild,
  type MadeBuild,
} from './schema/warehouse-store.js';
export type { MadeRelation, PublishedContents } from './file/published-contents.js';
export type { BuildDetails, BuildNotes, BuildRecord, BuildState, FileMark } from './file/record.js';
