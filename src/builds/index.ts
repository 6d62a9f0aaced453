/** Build stores: their interface, and the functions that open one. Other folders import only this file. */
export type {
  Attempt,
  AttemptPlan,
  ClonedTable,
  Deferral,
  DeferredTable,
  Published,
} from './attempt.js';
export { findBuild, isReusable, isUnfinished, type Build, type DamagedBuild } from './build.js';
export type {
  AttemptOptions,
  BuildStore,
  Followed,
  FollowOptions,
  LockOptions,
  Operation,
  PruneOptions,
  PublishedContents,
  RollbackOptions,
} from './build-store.js';
export { tablesOf, type BuildTable } from './build-tables.js';
export type { ExternalFile, ExternalFiles } from './external-files.js';
export { noExistingTables, type ExistingTables, type UsedTables } from './existing-tables.js';
export type { CatalogObject } from './catalog-object.js';
export { describeForeign } from './describe-foreign.js';
export type {
  BuildFacts,
  OpenBuild,
  OpenPair,
  OpenTables,
  OpenPublished,
  ReadableBuild,
} from './open-build.js';
export { checkTarget, openBuild, openStore, openTables } from './open-store.js';
export type { Check, StoreOptions } from './store-kind.js';
export type { BuildDetails, BuildKind, BuildRecord, BuildState, Limited } from './record.js';
export type { VerifiedFile } from './verified-file.js';
