/** Manifests as real dbt wrote them (trimmed by fixtures/project/record_selections.py), in our shape. */
import { readFileSync } from 'node:fs';
import { defaultConfig, type NodeConfig } from '../../src/manifest/config.js';
import type { GraphNode, MacroEntry, Manifest } from '../../src/manifest/nodes.js';

/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-assignment,
   @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-return --
   dbt's JSON is taken as it is: the tests fail if it is not what they expect. */
type Json = any;

export function fixture(name: string): Json {
  const url = new URL(`../../fixtures/project/${name}`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8'));
}

function configOf(json: Json): NodeConfig {
  const known: Record<string, keyof NodeConfig> = {
    materialized: 'materialized',
    enabled: 'enabled',
    alias: 'alias',
    schema: 'schema',
    database: 'database',
    tags: 'tags',
    meta: 'meta',
    group: 'group',
    unique_key: 'uniqueKey',
    grants: 'grants',
    quoting: 'quoting',
    column_types: 'columnTypes',
    delimiter: 'delimiter',
    quote_columns: 'quoteColumns',
    severity: 'severity',
    store_failures: 'storeFailures',
    store_failures_as: 'storeFailuresAs',
    where: 'where',
    limit: 'limit',
    fail_calc: 'failCalc',
    warn_if: 'warnIf',
    error_if: 'errorIf',
    on_schema_change: 'onSchemaChange',
    on_configuration_change: 'onConfigurationChange',
    full_refresh: 'fullRefresh',
  };
  const config: Json = defaultConfig(json.materialized ?? 'unit');
  for (const [key, value] of Object.entries(json)) {
    const name = known[key];
    if (name !== undefined) config[name] = value;
    else if (!['docs', 'contract', 'persist_docs', 'pre-hook', 'post-hook'].includes(key)) {
      config.extra[key] = value;
    }
  }
  config.persistDocs = { relation: false, columns: false, ...json.persist_docs };
  config.contract = {
    enforced: json.contract?.enforced ?? false,
    aliasTypes: json.contract?.alias_types ?? true,
  };
  return config;
}

function columnsOf(json: Json): Json {
  return Object.fromEntries(
    Object.entries(json ?? {}).map(([name, column]: [string, Json]) => [
      name,
      { ...column, dataType: column.data_type },
    ]),
  );
}

function nodeOf(json: Json): GraphNode {
  const node: Json = {
    uniqueId: json.unique_id,
    resourceType: json.resource_type,
    name: json.name,
    packageName: json.package_name,
    path: json.path,
    originalFilePath: json.original_file_path,
    fqn: json.fqn,
    description: json.description ?? '',
    tags: json.tags ?? [],
    meta: json.meta ?? {},
    place: { file: json.original_file_path },
    config: configOf(json.config),
    dependsOn: { nodes: json.depends_on?.nodes ?? [], macros: json.depends_on?.macros ?? [] },
    database: json.database,
    schema: json.schema,
    columns: columnsOf(json.columns),
    checksum: json.checksum?.checksum ?? json.checksum,
  };
  switch (json.resource_type) {
    case 'source':
      node.sourceName = json.source_name;
      node.identifier = json.identifier;
      node.quoting = json.quoting;
      node.loadedAtField = json.loaded_at_field;
      node.config = { enabled: json.config.enabled };
      node.freshness = null;
      break;
    case 'exposure':
      Object.assign(node, {
        label: json.label,
        type: json.type,
        maturity: json.maturity,
        url: json.url,
        owner: { name: json.owner.name ?? null, email: json.owner.email ?? null },
        config: { enabled: json.config.enabled },
      });
      break;
    case 'unit_test':
      // dbt keeps their tags in the configuration only.
      Object.assign(node, { model: json.model, tags: json.tags ?? json.config.tags ?? [] });
      break;
    default:
      Object.assign(node, {
        rawCode: json.raw_code,
        unrenderedConfig: json.unrendered_config ?? {},
        alias: json.alias,
        patchPath: json.patch_path ?? null,
        access: json.access ?? 'protected',
        testMetadata: json.test_metadata ?? null,
        columnName: json.column_name ?? null,
      });
  }
  return node;
}

/** A manifest with the nodes of dbt's JSON and the given selectors. */
export function manifestFromDbt(json: Json, selectors: ReadonlyMap<string, unknown>): Manifest {
  const nodes = new Map<string, GraphNode>();
  for (const section of ['nodes', 'sources', 'exposures', 'unit_tests']) {
    for (const [id, node] of Object.entries(json[section])) nodes.set(id, nodeOf(node));
  }
  const macros = new Map<string, MacroEntry>();
  for (const [id, macro] of Object.entries<Json>(json.macros)) {
    const entry: Json = {
      uniqueId: id,
      macroSql: macro.macro_sql,
      dependsOn: { macros: macro.depends_on.macros },
    };
    macros.set(id, entry);
  }
  return {
    projectName: 'shop',
    projectRoot: '/shop',
    adapterType: 'duckdb',
    nodes,
    macros,
    docs: new Map(),
    disabled: [],
    selectors,
    groups: [],
  };
}
