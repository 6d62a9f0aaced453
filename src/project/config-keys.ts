/**
 * Every configuration that dbt, dbt-duckdb and dbt-databricks know, and what it does here. A key
 * that has no effect on anything is told; `docs/dbt.md` has the same list, and a test compares them.
 */
import { keysOfSeeds, keysOfTests, type ConfigArgument } from '../manifest/config-keys.js';
import type { ConfigKind } from './config-tree.js';
import { lookUp } from './look-up.js';

export interface ConfigKey {
  /** Kinds of resource that it has an effect on here. */
  readonly on: readonly ConfigKind[];
  /** Materializations of models that it has an effect on. Default all. */
  readonly materialized?: readonly string[];
  /** Why it has no effect elsewhere: a sentence. */
  readonly otherwise: string;
  /** Where it is for one engine alone: a project for both has it on purpose, and nothing is said on the other. */
  readonly adapter?: 'duckdb' | 'databricks';
  /** True for a value that changes what a model gives: it can't be built without. */
  readonly stops?: (value: unknown) => boolean;
  /** True for a value that asks for what happens anyway. */
  readonly harmless?: (value: unknown) => boolean;
}

const always = (): boolean => true;
const relations: readonly ConfigKind[] = ['model', 'seed', 'snapshot'];
const nodes: readonly ConfigKind[] = [...relations, 'test', 'analysis'];
const made = ['view', 'table', 'incremental', 'materialized_view', 'external', 'table_function'];

/** Keys that share what is said of them. */
function each<Name extends string>(
  names: readonly Name[] | string,
  key: ConfigKey,
): Record<Name, ConfigKey> {
  const all = typeof names === 'string' ? names.split(' ') : names;
  return Object.fromEntries(all.map((name) => [name, key])) as Record<Name, ConfigKey>;
}

const incremental: ConfigKey = {
  on: ['model'],
  materialized: ['incremental'],
  otherwise: 'It applies to incremental models only.',
  harmless: (value) => value === 'ignore',
};

/** What `NodeConfig` holds. */
const ofNodeConfig = {
  ...each(['enabled', 'tags', 'meta'], {
    on: [...nodes, 'source', 'exposure', 'unit_test'],
    otherwise: 'This kind of resource does not use it.',
  }),
  ...each(['database', 'schema', 'alias'], {
    on: [...relations, 'test'],
    otherwise: 'This kind of resource has no relation of its own.',
  }),
  group: { on: nodes, otherwise: 'This kind of resource cannot belong to a group.' },
  materialized: { on: ['model'], otherwise: 'It applies to models only.' },
  docs: {
    on: [...relations, 'analysis'],
    otherwise: 'It applies to models, seeds and analyses only.',
  },
  ...each(['pre_hook', 'post_hook', 'persist_docs'], {
    on: relations,
    materialized: made,
    otherwise: 'It applies to models and seeds that have a relation.',
  }),
  contract: {
    on: ['model'],
    materialized: made,
    otherwise: 'It applies to models that have a relation.',
  },
  full_refresh: { on: relations, otherwise: 'It applies to models and seeds only.' },
  ...each(['column_types', ...keysOfSeeds], {
    on: ['seed'],
    otherwise: 'It applies to seeds only.',
  }),
  delimiter: {
    on: ['seed', 'model'],
    materialized: ['external'],
    otherwise: 'It applies to seeds and external models only.',
  },
  ...each(keysOfTests, { on: ['test'], otherwise: 'It is for data tests.' }),
  unique_key: {
    on: ['model', 'snapshot'],
    materialized: ['incremental'],
    otherwise: 'It applies to incremental models and snapshots only.',
  },
  on_schema_change: incremental,
  on_configuration_change: {
    on: [],
    otherwise: 'It applies to materialized views, which are not supported.',
    harmless: (value) => value === 'apply',
  },
  quoting: {
    on: [],
    otherwise: 'techstore always quotes names.',
    harmless: (value) => isMap(value) && !Object.values(value).includes(false),
  },
  event_time: {
    on: ['model', 'seed', 'source'],
    otherwise: 'It applies to models, seeds and sources only.',
  },
  grants: { on: [], otherwise: 'techstore grants no privileges.' },
} satisfies Record<ConfigArgument, ConfigKey>;

/** By dbt's names, hooks with an underscore. */
export const configKeys: Readonly<Record<string, ConfigKey>> = {
  ...ofNodeConfig,
  access: { on: ['model'], otherwise: 'It applies to models only.' },
  ...each('freshness loaded_at_field loaded_at_query', {
    on: ['source'],
    otherwise: 'It is for sources.',
  }),
  ...each(
    'incremental_strategy incremental_predicates predicates merge_update_columns merge_exclude_columns',
    incremental,
  ),
  ...each(
    'strategy updated_at check_cols target_schema target_database snapshot_meta_column_names ' +
      'dbt_valid_to_current hard_deletes invalidate_hard_deletes',
    { on: ['snapshot'], otherwise: 'It applies to snapshots only.' },
  ),
  ...each('batch_size begin lookback concurrent_batches', {
    on: [],
    otherwise: 'It applies to microbatch models, which are not supported.',
    harmless: (value) => value === 1,
  }),
  ...each('packages python_version submission_method timeout', {
    on: [],
    otherwise: 'It applies to Python models, which are not supported.',
  }),
  static_analysis: { on: [], otherwise: 'It applies to dbt Fusion only.' },
  sql_header: {
    on: [],
    otherwise: 'SQL before the model is not supported.',
    stops: always,
  },

  // dbt-duckdb
  indexes: {
    on: [],
    adapter: 'duckdb',
    otherwise: 'Indexes are not created. To check for unique values, use the test unique.',
    stops: (value) => Array.isArray(value) && value.some(isUnique),
  },
  ...each(
    'location format options partition_columns parquet_read_options csv_read_options json_read_options ' +
      'register',
    {
      on: ['model'],
      materialized: ['external'],
      adapter: 'duckdb',
      otherwise: 'It applies to external models only.',
    },
  ),
  parameters: {
    on: ['model'],
    materialized: ['table_function'],
    adapter: 'duckdb',
    otherwise: 'It applies to table functions only.',
  },
  ...each('glue_register glue_database', {
    on: [],
    adapter: 'duckdb',
    otherwise: 'The catalog of AWS Glue is not supported.',
  }),
  ...each('partitioned_by sorted_by', {
    on: [],
    adapter: 'duckdb',
    otherwise: 'It applies to DuckLake, which is not supported.',
  }),
  ...each('plugin overrides', {
    on: [],
    adapter: 'duckdb',
    otherwise: 'Plugins of dbt-duckdb are written in Python and are not supported.',
    stops: always,
  }),
  ...each('external_location formatter', {
    on: ['source'],
    adapter: 'duckdb',
    otherwise: 'It applies to sources only.',
  }),
  ...each(
    'merge_update_condition merge_insert_condition merge_update_set_expressions merge_on_using_columns ' +
      'merge_returning_columns merge_clauses',
    {
      on: ['model'],
      materialized: ['incremental'],
      adapter: 'duckdb',
      otherwise: 'It applies to incremental models only.',
    },
  ),

  // dbt-databricks
  ...each('file_format partition_by liquid_clustered_by location_root tblproperties', {
    on: ['model'],
    materialized: ['table', 'incremental'],
    adapter: 'databricks',
    otherwise: 'It applies to models that are tables.',
  }),
  row_filter: {
    on: [],
    adapter: 'databricks',
    otherwise: 'Without row filters, the table would show rows that it must hide.',
    stops: always,
  },
  ...each(
    'auto_liquid_cluster buckets clustered_by compression databricks_compute databricks_tags ' +
      'include_full_name_in_path incremental_apply_config_changes matched_condition ' +
      'merge_with_schema_evolution not_matched_by_source_action not_matched_by_source_condition ' +
      'not_matched_condition persist_constraints query_tags skip_matched_step skip_not_matched_step ' +
      'skip_optimize source_alias table_format target_alias unique_tmp_table_suffix ' +
      'use_safer_relation_operations view_update_via_alter zorder',
    { on: [], adapter: 'databricks', otherwise: 'It is not supported.' },
  ),
};

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isUnique(index: unknown): boolean {
  return isMap(index) && index['unique'] === true;
}

export type ConfigEffect = 'used' | 'none' | 'stops' | 'unknown';

/** What a configuration does, on a resource of a kind with its materialization, for an adapter. */
export function configEffect(
  key: string,
  value: unknown,
  node: { readonly kind: ConfigKind; readonly materialized: string; readonly adapter: string },
): ConfigEffect {
  const known = lookUp(configKeys, key);
  if (known === undefined) return 'unknown';
  if (isSilence(value) || known.harmless?.(value) === true) return 'used';
  if (known.adapter !== undefined && known.adapter !== node.adapter) return 'used';
  const matters =
    known.on.includes(node.kind) &&
    (node.kind !== 'model' || known.materialized?.includes(node.materialized) !== false);
  if (matters) return 'used';
  return known.stops?.(value) === true ? 'stops' : 'none';
}

/** Nothing, or an empty list or map. */
function isSilence(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === false) return true;
  return isMap(value) && Object.keys(value).length === 0;
}
