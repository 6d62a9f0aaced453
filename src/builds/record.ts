/** The record of a build, in any kind of store. */
import type { RecordedFreshness } from '../manifest/freshness.js';
import type { NodeStates } from '../manifest/node-state.js';

/**
 * - `finished`: complete and tested, about to be published. Only a crash leaves this behind.
 * - `published`: it is, or was, the published build.
 * - `imported`: a file that was at the published path and that techstore did not build.
 * - `failed`: kept for inspection until the next build ends.
 * - `working`: `run`, `seed` or `test` worked on it and no node failed; the next such command resumes it.
 * - `unpublished`: complete and tested, but publishing it failed; `rollback` publishes it.
 */
export type BuildState =
  'finished' | 'published' | 'imported' | 'failed' | 'working' | 'unpublished';

/** The command that works on a build. */
export type BuildKind = 'build' | 'run' | 'test' | 'seed';

/** Why the tables of a build lack rows: such a build is never published. */
export type Limited = 'empty' | 'sample';

/** What a run reports about a build. Stored as JSON. */
export interface BuildDetails {
  /** The command that built it. Missing in records of earlier versions. */
  readonly kind?: BuildKind;
  /** Made with `--empty` or `--sample`. */
  readonly limited?: Limited;
  /** The as-of date of the figures: `2024-12-31`. */
  readonly asOf: string | null;
  /** Version or fingerprint of the project's code. */
  readonly codeVersion: string | null;
  readonly techstoreVersion: string;
  /** Row counts by relation name, in the caller's spelling. */
  readonly rows: Readonly<Record<string, number | null>>;
  /** Fingerprints and results of nodes, by unique id. */
  readonly nodes: NodeStates;
  /** Why it failed; null if it did not fail. */
  readonly message?: string | null;
  /** Its lineage, in a format of the caller; see `lineage` of `BuildStore`. */
  readonly lineage?: object;
  /** Sources with thresholds that it looked at. Not in records of earlier versions. */
  readonly freshness?: readonly RecordedFreshness[];
  /** What its tables were made by: the caller's own; see `code` of `BuildStore`. */
  readonly code?: object;
}

/** The stored record of a build. Times are ISO 8601 in UTC. */
export interface BuildRecord
  extends
    Required<Omit<BuildDetails, 'lineage' | 'code' | 'kind' | 'freshness' | 'limited'>>,
    Pick<BuildDetails, 'kind' | 'freshness' | 'limited'> {
  readonly id: string;
  readonly command: string;
  readonly state: BuildState;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** The last time it was published. */
  readonly publishedAt: string | null;
  /** The time a rollback replaced it. The next rollback then does not choose it by default. */
  readonly rolledBackAt: string | null;
}
