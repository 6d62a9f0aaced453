/** Configuration of nodes, after dbt's names, defaults and precedence were applied. */

export type Severity = 'error' | 'warn';

/** A `pre_hook`, `post_hook`, `on-run-start` or `on-run-end`: SQL with Jinja in it. */
export interface Hook {
  readonly sql: string;
  /** dbt's default is true: the hook runs in the node's own transaction. */
  readonly transaction: boolean;
  readonly index?: number;
}

export interface ContractConfig {
  readonly enforced: boolean;
  readonly aliasTypes: boolean;
}

export interface NodeConfig {
  enabled: boolean;
  /** `view`, `table`, `ephemeral`, `seed`, `test`, `unit`, `incremental`, `snapshot`, or unknown. */
  materialized: string;
  database: string | null;
  schema: string | null;
  alias: string | null;
  tags: string[];
  meta: Record<string, unknown>;
  group: string | null;
  docs: { show: boolean; nodeColor: string | null };
  preHook: Hook[];
  postHook: Hook[];
  persistDocs: { relation: boolean; columns: boolean };
  contract: ContractConfig;
  quoting: { database?: boolean; schema?: boolean; identifier?: boolean };
  fullRefresh: boolean | null;
  uniqueKey: string | string[] | null;
  onSchemaChange: string;
  onConfigurationChange: string;
  grants: Record<string, unknown>;
  /** A column or an expression with the time of a row: what `--sample` filters by. */
  eventTime: string | null;
  /** Seeds. */
  columnTypes: Record<string, string>;
  delimiter: string;
  quoteColumns: boolean | null;
  /** Data tests. */
  severity: Severity;
  storeFailures: boolean | null;
  storeFailuresAs: string | null;
  where: string | null;
  limit: number | null;
  failCalc: string;
  warnIf: string;
  errorIf: string;
  /** Every other key a project set: adapters' own and its own. */
  extra: Record<string, unknown>;
}

/** dbt's defaults for a kind of node. */
export function defaultConfig(materialized: string): NodeConfig {
  return {
    enabled: true,
    materialized,
    database: null,
    schema: null,
    alias: null,
    tags: [],
    meta: {},
    group: null,
    docs: { show: true, nodeColor: null },
    preHook: [],
    postHook: [],
    persistDocs: { relation: false, columns: false },
    contract: { enforced: false, aliasTypes: true },
    quoting: {},
    fullRefresh: null,
    uniqueKey: null,
    onSchemaChange: 'ignore',
    onConfigurationChange: 'apply',
    grants: {},
    eventTime: null,
    columnTypes: {},
    delimiter: ',',
    quoteColumns: null,
    severity: 'error',
    storeFailures: null,
    storeFailuresAs: null,
    where: null,
    limit: null,
    failCalc: 'count(*)',
    warnIf: '!= 0',
    errorIf: '!= 0',
    extra: {},
  };
}
