/** Options and results of `FileBuilds`. */
import type { DuckDBOptions } from '../../engine/duckdb/index.js';
import type { DatabaseOptions } from './database-options.js';
import type { LockOptions } from '../build-store.js';
import type { Beginning } from './begin-from.js';
import type { FileBuild } from './builds.js';

export interface FileBuildsOptions {
  /** Path of the published file: the profile's `path`. */
  readonly path: string;
  /** Number of builds to keep after a publish, including the published one. Default 5. */
  readonly keep?: number;
  /** Options for opening the database of every candidate. */
  readonly database?: DatabaseOptions;
}

export interface CandidateOptions extends LockOptions {
  /** The failed build to resume: its id, the beginning of its id, or `failed`. */
  readonly resume?: string;
  /** What it may begin as a copy of. Default: it begins empty. */
  readonly from?: Beginning | undefined;
  /** Options for opening the candidate's database. */
  readonly database?: Pick<
    DuckDBOptions,
    'catalog' | 'threads' | 'memoryLimit' | 'tempDirectory' | 'settings'
  >;
}

export interface PublishedFile {
  readonly build: FileBuild;
  /** Old builds that were removed. */
  readonly pruned: readonly FileBuild[];
  /** Failures after the build was published; the next build completes these steps. */
  readonly warnings: readonly string[];
}
