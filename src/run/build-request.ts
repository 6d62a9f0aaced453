/** The input and the result of a build. */
import type { Compiler } from '../dbt/compile.js';
import type { FreshnessResult } from '../manifest/freshness.js';
import type { Manifest } from '../manifest/nodes.js';
import type { NodeResult } from '../manifest/results.js';
import type { BuildStore, Limited, LockOptions } from '../builds/index.js';
import type { EmptyTwin } from '../plan/bind-plan.js';
import type { Defer } from './deferred.js';
import type { ExecuteOptions } from './execute-node.js';
import type { RunListener } from './listener.js';
import type { SourceFiles } from './load-files.js';
import type { NodeStates } from '../manifest/node-state.js';
import type { Command } from './plan.js';
import type { ProjectHook } from './project-hooks.js';
import type { Missing } from './what-is-missing.js';

export interface BuildRequest {
  readonly command: Command;
  /** The user's command line, for the message of the lock and `builds list`. */
  readonly commandLine: string;
  readonly manifest: Manifest;
  readonly compiler: Compiler;
  readonly selected: ReadonlySet<string>;
  readonly store: BuildStore;
  readonly files: SourceFiles | null;
  readonly threads: number;
  readonly fullRefresh: boolean;
  readonly failFast: boolean;
  /** What is not here is read where another environment has it. Default: it is an error. */
  readonly defer?: Defer | undefined;
  /** What of their rows inputs are read without: nothing of it is published. Default nothing. */
  readonly limited?: Limited | undefined;
  readonly execute: ExecuteOptions;
  /** When its tables become those that readers see. Default `tested`. */
  readonly publish?: PublishWhen;
  /** Resume the last failed candidate? */
  readonly resume: boolean;
  readonly wait: WaitOptions;
  readonly asOf: string | null;
  readonly version: string;
  /** The lineage of the project's nodes, which is stored with a published build. */
  readonly lineage: object;
  /**
   * A DuckDB in memory in which models can be bound without data. Its catalog has the name of the target's.
   * Missing where the target's SQL is another.
   */
  readonly emptyTwin?: () => Promise<EmptyTwin>;
  readonly hooks: { readonly start: readonly ProjectHook[]; readonly end: readonly ProjectHook[] };
  readonly listener: RunListener;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/**
 * - `tested`: when the whole project is in the build and all of its tests passed; `run` and `seed` never see to that.
 * - `after_run`: when no node failed, tested or not.
 * - `never`
 */
export type PublishWhen = 'tested' | 'after_run' | 'never';

export type WaitOptions = Omit<LockOptions, 'command'>;

export interface BuildOutcome {
  /** Results of all selected nodes, including reused ones, in order. */
  readonly results: readonly NodeResult[];
  readonly ok: boolean;
  /** The build that this run published; null if none. */
  readonly publishedId: string | null;
  /** True if this run would have produced the published build again. */
  readonly upToDate: boolean;
  /** The candidate that was kept because a node failed, or because the command does not publish; null if none. */
  readonly keptId: string | null;
  /** Why a build that succeeded was kept without publishing it: its tables lack rows. */
  readonly limited?: Limited | undefined;
  /** What a working build lacks before `test` publishes it; null or missing where that is nothing, or not known. */
  readonly missing?: Missing | null;
  readonly warnings: readonly string[];
  readonly states: NodeStates;
  /** States of the build that this one started from. */
  readonly previousStates: NodeStates;
  /** Row counts of loaded source files, by unique id. */
  readonly loaded: ReadonlyMap<string, number>;
  /** Counts of rejected rows, if the project has a model for them: source table, reason, rows. */
  readonly rejected: readonly (readonly [table: string, reason: string, rows: number])[];
  readonly previousId: string | null;
  /** Of the sources that were looked at. */
  readonly freshness: readonly FreshnessResult[];
}
