/** What is written down of a build, wherever it is kept. */
import type { NodeStates } from '../manifest/node-state.js';

/**
 * - `finished`: whole and tested, about to be published. Only a crash leaves this behind.
 * - `published`: it is, or was, the published build.
 * - `imported`: a file that lay at the published path and was not made by this program.
 * - `failed`: kept for inspection until the next build ends.
 * - `working`: `run`, `seed` or `test` worked on it and nothing failed; they go on in it until the next build ends.
 * - `unpublished`: whole and tested, but the last step was refused; `rollback` publishes it.
 */
export type BuildState =
  'finished' | 'published' | 'imported' | 'failed' | 'working' | 'unpublished';

/** The command that works on a build. */
export type BuildKind = 'build' | 'run' | 'test' | 'seed';

/** Why the tables of a build lack rows: such a build is never published. */
export type Limited = 'empty' | 'sample';

/** What a run tells of a build. Everything is kept as JSON. */
export interface BuildDetails {
  /** What made it. Not in records of earlier versions. */
  readonly kind?: BuildKind;
  /** Made with `--empty` or `--sample`. */
  readonly limited?: Limited;
  /** `2024-12-31`, the date the figures are as of. */
  readonly asOf: string | null;
  /** Version or fingerprint of the project's code. */
  readonly codeVersion: string | null;
  readonly techstoreVersion: string;
  /** Rows of each relation, by its name in the caller's spelling. */
  readonly rows: Readonly<Record<string, number | null>>;
  /** Fingerprints and results of nodes, by unique id. */
  readonly nodes: NodeStates;
  /** Why it failed; null for a build that did not. */
  readonly message?: string | null;
  /** How its tables hang together: the caller's own; see `lineage` of `BuildStore`. */
  readonly lineage?: object;
}

/** What is written down of a build wherever it is kept. Times are UTC, as ISO 8601. */
export interface BuildRecord
  extends
    Required<Omit<BuildDetails, 'lineage' | 'kind' | 'limited'>>,
    Pick<BuildDetails, 'kind' | 'limited'> {
  readonly id: string;
  readonly command: string;
  readonly state: BuildState;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** When it last became the published build. */
  readonly publishedAt: string | null;
  /** Set when a rollback replaced it: it is then no default target of the next rollback. */
  readonly rolledBackAt: string | null;
}
