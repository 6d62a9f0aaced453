/** What only YAML describes: sources, exposures and unit tests, as manifest.json has them. */
import { pathInPackage } from '../manifest/path-in-package.js';
import type {
  ExposureNode,
  FreshnessPeriod,
  SourceNode,
  UnitTestNode,
  UnitTestRows,
} from '../manifest/nodes.js';
import type { ArtifactInfo } from './info.js';
import { columnsJson, refsJson, relationName, sourceCallsJson } from './node-json.js';
import { plain, plainObject, type Json } from './plain.js';

function identity(node: SourceNode | ExposureNode | UnitTestNode): Json {
  return {
    name: node.name,
    resource_type: node.resourceType,
    package_name: node.packageName,
    path: node.path,
    original_file_path: pathInPackage(node),
    unique_id: node.uniqueId,
    fqn: node.fqn,
    description: node.description,
  };
}

/** One entry of `sources`. */
export function sourceJson(node: SourceNode, info: ArtifactInfo): Json {
  const freshness = freshnessJson(node.freshness);
  return {
    ...identity(node),
    database: node.database,
    schema: node.schema,
    source_name: node.sourceName,
    source_description: node.sourceDescription,
    loader: node.loader,
    identifier: node.identifier,
    quoting: {
      database: node.quoting.database ?? null,
      schema: node.quoting.schema ?? null,
      identifier: node.quoting.identifier ?? null,
      column: node.quoting.column ?? null,
    },
    loaded_at_field: node.loadedAtField,
    loaded_at_query: node.loadedAtQuery,
    freshness,
    external: null,
    columns: columnsJson(node.columns),
    meta: plainObject(node.meta),
    source_meta: {},
    tags: node.tags,
    config: {
      enabled: node.config.enabled,
      event_time: node.config.eventTime ?? null,
      freshness,
      loaded_at_field: node.loadedAtField,
      loaded_at_query: node.loadedAtQuery,
      meta: plainObject(node.meta),
      tags: node.tags,
      static_analysis: null,
    },
    patch_path: null,
    unrendered_config: plainObject(node.unrenderedConfig ?? {}),
    relation_name: node.externalLocation ?? relationName(node, info),
    created_at: info.generatedAt.getTime() / 1000,
    unrendered_database: null,
    unrendered_schema: null,
    doc_blocks: [],
  };
}

/** dbt writes a freshness of nothing where none is asked for. */
function freshnessJson(freshness: SourceNode['freshness']): Json {
  const period = (time: FreshnessPeriod | null): Json => ({
    count: time?.count ?? null,
    period: time?.period ?? null,
  });
  return {
    warn_after: period(freshness?.warnAfter ?? null),
    error_after: period(freshness?.errorAfter ?? null),
    filter: freshness?.filter ?? null,
  };
}

/** One entry of `exposures`. */
export function exposureJson(node: ExposureNode, info: ArtifactInfo): Json {
  return {
    ...identity(node),
    type: node.type,
    owner: { email: node.owner.email, name: node.owner.name },
    label: node.label,
    maturity: node.maturity,
    meta: plainObject(node.meta),
    tags: node.tags,
    config: { enabled: node.config.enabled, tags: node.tags, meta: plainObject(node.meta) },
    unrendered_config: {},
    url: node.url,
    depends_on: { macros: [], nodes: node.dependsOn.nodes },
    refs: refsJson(node.refs),
    sources: sourceCallsJson(node.sources),
    metrics: [],
    created_at: info.generatedAt.getTime() / 1000,
  };
}

/** One entry of `unit_tests`. */
export function unitTestJson(node: UnitTestNode, info: ArtifactInfo): Json {
  return {
    ...identity(node),
    model: node.model,
    given: node.given.map(({ input, ...rows }) => ({ input, ...rowsJson(rows) })),
    expect: rowsJson(node.expect),
    overrides: overridesJson(node.overrides),
    // Of the nodes that it reads, a unit test needs its model alone.
    depends_on: { macros: node.dependsOn.macros, nodes: info.parents(node.uniqueId) },
    config: {
      tags: node.tags,
      meta: plainObject(node.meta),
      enabled: node.config.enabled,
      static_analysis: null,
    },
    checksum: node.checksum,
    schema: node.schema,
    created_at: info.generatedAt.getTime() / 1000,
    versions: null,
    version: null,
  };
}

function overridesJson({ macros, vars, envVars }: UnitTestNode['overrides']): Json | null {
  const none = [macros, vars, envVars].every((part) => Object.keys(part).length === 0);
  return none
    ? null
    : {
        macros: plainObject(macros),
        vars: plainObject(vars),
        env_vars: plainObject(envVars),
      };
}

function rowsJson({ format, rows, records, fixture }: UnitTestRows): Json {
  return { rows: plain(records ?? rows), format, fixture };
}
