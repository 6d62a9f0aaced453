/** `config.materialized:table`, `config.meta.owner:finance` and their like. */
import type { NodeConfig } from '../manifest/config.js';
import type { GraphNode } from '../manifest/nodes.js';
import type { Method } from './method-context.js';

const ofTests = [
  'severity',
  'store_failures',
  'store_failures_as',
  'where',
  'limit',
  'fail_calc',
  'warn_if',
  'error_if',
];
const ofSeeds = ['delimiter', 'quote_columns'];
/** Kept by dbt in every configuration but a test's. */
const notOfTests = [
  'persist_docs',
  'pre_hook',
  'post_hook',
  'quoting',
  'column_types',
  'full_refresh',
  'unique_key',
  'on_schema_change',
  'on_configuration_change',
  'grants',
  'docs',
  'contract',
];

function byDbtNames(config: NodeConfig): Record<string, unknown> {
  return {
    enabled: config.enabled,
    materialized: config.materialized,
    database: config.database,
    schema: config.schema,
    alias: config.alias,
    tags: config.tags,
    meta: config.meta,
    group: config.group,
    docs: { show: config.docs.show, node_color: config.docs.nodeColor },
    pre_hook: config.preHook,
    post_hook: config.postHook,
    persist_docs: config.persistDocs,
    contract: { enforced: config.contract.enforced, alias_types: config.contract.aliasTypes },
    quoting: config.quoting,
    full_refresh: config.fullRefresh,
    unique_key: config.uniqueKey,
    on_schema_change: config.onSchemaChange,
    on_configuration_change: config.onConfigurationChange,
    grants: config.grants,
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
    ...config.extra,
  };
}

/** What dbt keeps as a node's configuration; undefined for what it does not search. */
function configOf(node: GraphNode): Record<string, unknown> | undefined {
  if (node.resourceType === 'exposure' || node.resourceType === 'unit_test') return undefined;
  if (node.resourceType === 'source') {
    return {
      enabled: node.config.enabled,
      meta: node.meta,
      tags: node.tags,
      loaded_at_field: node.loadedAtField,
    };
  }
  const config = byDbtNames(node.config);
  const foreign = node.resourceType === 'test' ? notOfTests : ofTests;
  for (const key of foreign) if (!(key in node.config.extra)) delete config[key];
  if (node.resourceType !== 'seed') for (const key of ofSeeds) delete config[key];
  return config;
}

function descend(value: unknown, keys: readonly string[]): unknown {
  let current = value;
  for (const key of keys) {
    if (typeof current !== 'object' || current === null || Array.isArray(current)) return undefined;
    if (current instanceof Map) current = current.get(key);
    else if (Object.hasOwn(current, key)) current = (current as Record<string, unknown>)[key];
    else return undefined;
  }
  return current;
}

export const config: Method = (value, keys) => (node) => {
  const found = descend(configOf(node), keys);
  if (found === undefined || found === null) return false;
  // Booleans are compared in any case (True, TRUE), and so is the severity.
  const same = (one: unknown): boolean => {
    if (typeof one === 'boolean') return value.toLowerCase() === String(one);
    if (typeof one !== 'string') return false;
    return keys.length === 1 && keys[0] === 'severity'
      ? one.toLowerCase() === value.toLowerCase()
      : one === value;
  };
  return Array.isArray(found) ? found.some(same) : same(found);
};
