/** A project that is open for a command. */
import type { Compiler } from '../dbt/compile.js';
import type { Warning } from '../dbt/parse/warning.js';
import type { Session } from '../dbt/session.js';
import type { Graph } from '../graph/index.js';
import type { Manifest } from '../manifest/nodes.js';
import type { Profile, Project } from '../project/index.js';

export interface LoadedProject {
  readonly project: Project;
  /** Those that are installed. */
  readonly packages: readonly Project[];
  readonly profile: Profile;
  readonly session: Session;
  readonly manifest: Manifest;
  readonly graph: Graph;
  readonly compiler: Compiler;
  /** The date of the figures; null where the project has no such thing. */
  readonly asOf: string | null;
  /** Absolute. */
  readonly targetDir: string;
  readonly warnings: readonly Warning[];
  /** Texts that must not be printed. */
  readonly secrets: readonly string[];
  /** Names of the variables of the environment that were looked at so far; it grows. */
  readonly environmentRead: ReadonlySet<string>;
}
