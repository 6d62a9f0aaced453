/** What a build is asked to do, and what comes of it. */
import type { Compiler } from '../dbt/compile.js';
import type { FreshnessResult } from '../manifest/freshness.js';
import type { Manifest } from '../manifest/nodes.js';
import type { NodeResult, NodeStatus } from '../manifest/results.js';
import type { BuildStore, LockOptions } from '../builds/index.js';
import type { ExecuteOptions } from './execute-node.js';
import type { RunListener } from './listener.js';
import type { SourceFiles } from './load-files.js';
import type { NodeStates } from '../manifest/node-state.js';
import type { Command } from './plan.js';
import type { ProjectHook } from './project-hooks.js';

export interface BuildRequest {
  readonly command: Command;
  /** The command line as the user gave it, for the lock's message and `builds list`. */
  readonly commandLine: string;
  readonly manifest: Manifest;
  readonly compiler: Compiler;
  readonly selected: ReadonlySet<string>;
  readonly store: BuildStore;
  readonly files: SourceFiles | null;
  readonly threads: number;
  readonly fullRefresh: boolean;
  readonly failFast: boolean;
  readonly execute: ExecuteOptions;
  /** Goes on in the candidate that failed last. */
  readonly resume: boolean;
  readonly wait: WaitOptions;
  readonly asOf: string | null;
  readonly version: string;
  /** How the nodes of the project hang together, to be kept with a build that is published. */
  readonly lineage: object;
  readonly hooks: { readonly start: readonly ProjectHook[]; readonly end: readonly ProjectHook[] };
  readonly listener: RunListener;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

export type WaitOptions = Omit<LockOptions, 'command'>;

export interface BuildOutcome {
  /** Of every selected node, those carried over too, in order. */
  readonly results: readonly NodeResult[];
  readonly ok: boolean;
  /** The build that is published now; null when this run published none. */
  readonly publishedId: string | null;
  /** True when the published build is what this run would have made. */
  readonly upToDate: boolean;
  /** The candidate that was kept because something failed, or because nothing was tested. */
  readonly keptId: string | null;
  readonly warnings: readonly string[];
  readonly states: NodeStates;
  /** States of the build that this one began from. */
  readonly previousStates: NodeStates;
  /** Rows of source files by unique id. */
  readonly loaded: ReadonlyMap<string, number>;
  /** Rows set aside, where the project has the table for it: source table, reason, rows. */
  readonly rejected: readonly (readonly [table: string, reason: string, rows: number])[];
  readonly previousId: string | null;
  /** Of the sources that were looked at. */
  readonly freshness: readonly FreshnessResult[];
}

/** What holds back the nodes below, and the publish. */
export const badStatuses: readonly NodeStatus[] = ['error', 'fail', 'skipped'];
