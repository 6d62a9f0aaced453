/** What the artifacts say that is in no manifest. */

/** SQL that a run made of a node. */
export interface CompiledNode {
  readonly code: string;
  /** Where it was written, relative to the project; null where it was not. */
  readonly path: string | null;
}

/** SQL of dbt_project.yml that runs before or after everything else. */
export interface OperationSql {
  /** Name of the project whose file it is. */
  readonly packageName: string;
  /** Among those of the same key and file, from 0. */
  readonly index: number;
  readonly sql: string;
}

export interface ArtifactInfo {
  readonly invocationId: string;
  readonly generatedAt: Date;
  /** Start of the command, if that is told. */
  readonly startedAt?: Date;
  readonly adapterType: string;
  /** The version of dbt whose artifacts these are. */
  readonly dbtVersion: string;
  /** Unique ids that a node needs. */
  readonly parents: (id: string) => readonly string[];
  /** A name as the database's SQL quotes it. */
  readonly quote: (name: string) => string;
  /** What was compiled in this command, by unique id. */
  readonly compiled?: ReadonlyMap<string, CompiledNode>;
  readonly onRunStart?: readonly OperationSql[];
  readonly onRunEnd?: readonly OperationSql[];
}

/** The part of `metadata` that all artifacts share. */
export function metadataJson(schema: string, info: ArtifactInfo): Record<string, unknown> {
  return {
    dbt_schema_version: `https://schemas.getdbt.com/dbt/${schema}.json`,
    dbt_version: info.dbtVersion,
    generated_at: info.generatedAt.toISOString(),
    invocation_id: info.invocationId,
    invocation_started_at: (info.startedAt ?? info.generatedAt).toISOString(),
    env: {},
  };
}
