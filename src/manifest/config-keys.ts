/** dbt's names of the configurations that `NodeConfig` holds, by the kinds of node that have them. */

export const keysOfNodes = [
  'enabled',
  'alias',
  'schema',
  'database',
  'tags',
  'meta',
  'group',
  'materialized',
] as const;

export const keysOfTests = [
  'severity',
  'store_failures',
  'store_failures_as',
  'where',
  'limit',
  'fail_calc',
  'warn_if',
  'error_if',
] as const;

/** Of models and seeds, and in dbt's artifacts of whatever else is no test. */
export const keysOfRelations = [
  'persist_docs',
  'post-hook',
  'pre-hook',
  'quoting',
  'column_types',
  'full_refresh',
  'unique_key',
  'on_schema_change',
  'on_configuration_change',
  'grants',
  'event_time',
  'docs',
  'contract',
] as const;

export const keysOfSeeds = ['delimiter', 'quote_columns'] as const;

/** As dbt's manifest and `config.get` have it. */
export type DbtConfigKey =
  | (typeof keysOfNodes)[number]
  | (typeof keysOfTests)[number]
  | (typeof keysOfRelations)[number]
  | (typeof keysOfSeeds)[number];

/** As `config()` takes it: hooks with an underscore. */
export type ConfigArgument =
  Exclude<DbtConfigKey, 'pre-hook' | 'post-hook'> | 'pre_hook' | 'post_hook';
