/** What the builds of a file are told, and what they answer. */
import type { DuckDBOptions } from '../../engine/duckdb/index.js';
import type { LockOptions } from '../build-store.js';
import type { FileBuild } from './builds.js';

export interface FileBuildsOptions {
  /** The published file: the profile's `path`. */
  readonly path: string;
  /** Builds that are kept after a publish, the published one among them. Default 5. */
  readonly keep?: number;
  /** How every candidate's database is opened. */
  readonly database?: Pick<DuckDBOptions, 'settings' | 'extensions'>;
}

export interface CandidateOptions extends LockOptions {
  /** Goes on from a failed build: its id, the beginning of it, or `failed`. */
  readonly resume?: string;
  /** How the candidate's database is opened. */
  readonly database?: Pick<
    DuckDBOptions,
    'catalog' | 'threads' | 'memoryLimit' | 'tempDirectory' | 'settings'
  >;
}

export interface PublishedFile {
  readonly build: FileBuild;
  /** Old builds that made room. */
  readonly pruned: readonly FileBuild[];
  /** What went wrong after the build was published; the next build makes up for it. */
  readonly warnings: readonly string[];
}
