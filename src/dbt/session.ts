/** What one invocation of the program knows: the project, the target, its clock and its variables. */
import type { Logger } from './logger.js';
import type { MacroRegistry } from './macro-registry.js';
import type { Quote } from './quote.js';
import type { SampleWindow } from './sample-window.js';

export interface TargetInfo {
  readonly profileName: string;
  readonly name: string;
  /** `duckdb` or `databricks`. */
  readonly type: string;
  readonly database: string;
  readonly schema: string;
  readonly threads: number;
  /** Settings of the database: what a query gives may depend on them. Default none. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** What a template may see of the profile: never a secret. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface Session {
  /** Version of this program. */
  readonly version: string;
  readonly projectName: string;
  readonly projectRoot: string;
  readonly target: TargetInfo;
  readonly macros: MacroRegistry;
  readonly quote: Quote;
  /** Variables by name: those of the command line over those of the project. */
  readonly vars: ReadonlyMap<string, unknown>;
  /** As `vars`, for the files of each installed package. Default none. */
  readonly packageVars?: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
  /** Names that templates asked `var()` for so far; it grows. */
  readonly askedVars?: Set<string>;
  /** True to take what dbt warns of for an error: `--warn-error`. Default false. */
  readonly warnError?: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly runStartedAt: Date;
  readonly invocationId: string;
  readonly fullRefresh: boolean;
  /** True to read no row of any `ref` and `source`: `--empty`. Default false. */
  readonly empty?: boolean;
  /** Models read the rows of this span alone of inputs that have `event_time`: `--sample`. */
  readonly sample?: SampleWindow | undefined;
  readonly storeFailures: boolean;
  /** The command in dbt's words, as `flags.WHICH`. */
  readonly which: string;
  /** Flags of the command by dbt's names in capitals, over dbt's defaults. Default none. */
  readonly flags?: Readonly<Record<string, unknown>>;
  /** The variables of the command line alone. Default none. */
  readonly commandVars?: Readonly<Record<string, unknown>> | undefined;
  /** Unique ids of what the command selected; it is filled when the selection is known. */
  readonly selected?: Set<string>;
  readonly log: Logger;
}

/** The variables that the files of a package see. */
export function varsOf(
  session: Pick<Session, 'vars' | 'packageVars'>,
  packageName: string,
): ReadonlyMap<string, unknown> {
  return session.packageVars?.get(packageName) ?? session.vars;
}

/** The version of dbt whose language this program speaks, as `dbt_version`. */
export const dbtVersion = '1.10.0';
