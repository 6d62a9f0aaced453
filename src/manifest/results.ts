/** What happened to each node of a run. Names of states are dbt's. */
import type { Place } from '../errors.js';
import type { RelationPlace } from './relation-place.js';

export type NodeStatus = 'success' | 'error' | 'skipped' | 'pass' | 'warn' | 'fail' | 'no-op';

export interface Timing {
  readonly name: 'compile' | 'execute';
  readonly startedAt: Date;
  readonly completedAt: Date;
}

export interface NodeResult {
  readonly uniqueId: string;
  readonly status: NodeStatus;
  /** One line: what was done, or what went wrong. Never a stack. */
  readonly message: string | null;
  /** Rows of the table that the node made; null where it is not known or has no meaning. */
  readonly rows: number | null;
  /** Tests: rows (or what fail_calc gives) that failed. */
  readonly failures: number | null;
  readonly timing: readonly Timing[];
  /** Seconds, compile and execute together. */
  readonly executionTime: number;
  readonly thread: string;
  readonly compiledCode: string | null;
  readonly compiledPath: string | null;
  readonly relationName: string | null;
  /** What a model or seed became; null for a node without a relation. */
  readonly relationType: 'table' | 'view' | null;
  /** Table with the failing rows of a test, when they were stored. */
  readonly failuresRelation: string | null;
  /** Where that table is. */
  readonly failuresPlace: RelationPlace | null;
  /** Up to five failing rows, for the summary. */
  readonly sample: FailingRows | null;
  /** Unique id of the node because of which this one was skipped. */
  readonly skippedBecauseOf: string | null;
  /** True where the table was carried over from the last build and nothing ran. */
  readonly carriedOver: boolean;
  readonly place: Place | null;
}

export interface FailingRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Sources that a build found too old. */
export interface StaleSources {
  /** Unique ids. */
  readonly sources: readonly string[];
  /** True where the build that found them is there, and can be gone on from. */
  readonly kept: boolean;
}

export interface RunResult {
  readonly invocationId: string;
  /** The command in dbt's words: `build`, `run`, `test`, `seed`, … */
  readonly command: string;
  /** Arguments as the user gave them, for run_results.json and retry. No secrets. */
  readonly args: Record<string, unknown>;
  /** What --vars set, by name. */
  readonly vars: Readonly<Record<string, unknown>>;
  readonly startedAt: Date;
  readonly completedAt: Date;
  readonly results: readonly NodeResult[];
  readonly asOf: string | null;
  /** Missing where no source was too old. */
  readonly stale?: StaleSources;
}
