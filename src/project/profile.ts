/** The connection that a run uses, as profiles.yml describes it. */
import type { Secret } from './secret.js';
import type { ProjectWarning } from './issues.js';

/** A database of another file, attached for builds. */
export interface AttachedDatabase {
  /** Absolute, or `:memory:`. */
  readonly path: string;
  /** Name of its catalog. */
  readonly alias: string;
  readonly type: 'duckdb' | 'sqlite';
  readonly readOnly: boolean;
}

export interface DuckdbTarget {
  readonly type: 'duckdb';
  /** Absolute. */
  readonly path: string;
  /** As the profile has it, for messages. */
  readonly pathAsWritten: string;
  /** True if the profile has no path, or `:memory:`: then the file is one of the target folder. */
  readonly isMemory?: true;
  /** Name of the catalog: the file's name without its extension. */
  readonly database: string;
  /** Default `main`. */
  readonly schema: string;
  /** Of DuckDB, loaded for builds. */
  readonly extensions: readonly string[];
  /** Further databases that SQL of the project can name. Default none. */
  readonly attach?: readonly AttachedDatabase[];
  /** Statements that make DuckDB's secrets. Never shown. Default none. */
  readonly secrets?: readonly Secret[];
  /** What of them must not be shown. */
  readonly hidden?: readonly Secret[];
  /** Where relative paths in SQL start: the project's folder. */
  readonly root?: string;
  /** Where external models are written that say no location. As in the profile; default `.`. */
  readonly externalRoot?: string;
  /** Of DuckDB, for builds. Their names are DuckDB's to check. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
}

type DatabricksAuth =
  | { readonly kind: 'token'; readonly token: Secret }
  /** A service principal. */
  | { readonly kind: 'oauth'; readonly clientId: string; readonly clientSecret: Secret };

export interface DatabricksTarget {
  readonly type: 'databricks';
  /** Without scheme and slash. */
  readonly host: string;
  readonly httpPath: string;
  readonly auth: DatabricksAuth;
  /** File with the certificates of a private authority: absolute. Null for public ones alone. */
  readonly caFile: string | null;
  /** The catalog. */
  readonly database: string;
  readonly schema: string;
}

export interface Profile {
  readonly name: string;
  readonly targetName: string;
  /** Of all targets of the profile. */
  readonly targetNames: readonly string[];
  /** The file that it was read from: absolute. */
  readonly file: string;
  readonly target: DuckdbTarget | DatabricksTarget;
  /** Default 4. */
  readonly threads: number;
  readonly warnings: readonly ProjectWarning[];
}
