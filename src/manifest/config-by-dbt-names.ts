/** A node's configuration by dbt's names, for `config.get()`, `model.config` and the artifacts. */
import type { DbtConfigKey } from './config-keys.js';
import type { NodeConfig } from './config.js';

export function configByDbtNames(config: NodeConfig): Record<string, unknown> {
  const known = {
    enabled: config.enabled,
    materialized: config.materialized,
    database: config.database,
    schema: config.schema,
    alias: config.alias,
    tags: config.tags,
    meta: config.meta,
    group: config.group,
    docs: { show: config.docs.show, node_color: config.docs.nodeColor },
    'pre-hook': config.preHook.map((hook) => ({ sql: hook.sql, transaction: hook.transaction })),
    'post-hook': config.postHook.map((hook) => ({ sql: hook.sql, transaction: hook.transaction })),
    persist_docs: config.persistDocs,
    contract: { enforced: config.contract.enforced, alias_types: config.contract.aliasTypes },
    quoting: config.quoting,
    full_refresh: config.fullRefresh,
    unique_key: config.uniqueKey,
    on_schema_change: config.onSchemaChange,
    on_configuration_change: config.onConfigurationChange,
    grants: config.grants,
    event_time: config.eventTime,
    column_types: config.columnTypes,
    delimiter: config.delimiter,
    quote_columns: config.quoteColumns,
    severity: config.severity,
    store_failures: config.storeFailures,
    store_failures_as: config.storeFailuresAs,
    where: config.where,
    limit: config.limit,
    fail_calc: config.failCalc,
    warn_if: config.warnIf,
    error_if: config.errorIf,
  } satisfies Record<DbtConfigKey, unknown>;
  return { ...known, ...config.extra };
}
