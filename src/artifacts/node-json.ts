/** Models, seeds, tests and analyses as `nodes` of manifest.json has them. */
import { pathInPackage } from '../manifest/path-in-package.js';
import type {
  AnalysisNode,
  Column,
  ColumnConstraint,
  ModelNode,
  RefCall,
  SeedNode,
  SourceCall,
  TestNode,
} from '../manifest/nodes.js';
import { configJson } from './config-json.js';
import type { ArtifactInfo } from './info.js';
import { plain, plainObject, type Json } from './plain.js';
import { primaryKey } from './primary-key.js';

export type SqlNode = ModelNode | TestNode | AnalysisNode;

/** One entry of `nodes`. */
export function nodeJson(
  node: SqlNode | SeedNode,
  info: ArtifactInfo,
  tests: readonly TestNode[],
): Json {
  switch (node.resourceType) {
    case 'seed':
      return {
        ...commonJson(node, info),
        root_path: node.rootPath,
        depends_on: { macros: node.dependsOn.macros },
      };
    case 'analysis':
      return { ...commonJson(node, info), ...codeJson(node, info) };
    case 'test':
      return { ...commonJson(node, info), ...codeJson(node, info), ...testJson(node) };
    case 'model': {
      const common = commonJson(node, info);
      return {
        ...common,
        ...codeJson(node, info),
        config: { ...(common['config'] as Json), access: node.access, freshness: null },
        access: node.access,
        constraints: node.constraints.map(constraintJson),
        version: node.version,
        latest_version: null,
        deprecation_date: node.deprecationDate ?? null,
        primary_key: primaryKey(node, tests),
        time_spine: timeSpineJson(node),
      };
    }
  }
}

function timeSpineJson({ timeSpine }: ModelNode): Json | null {
  return timeSpine === null || timeSpine === undefined
    ? null
    : plainObject({ custom_granularities: [], ...timeSpine });
}

function commonJson(node: SqlNode | SeedNode, info: ArtifactInfo): Json {
  const { config } = node;
  return {
    database: node.database,
    schema: node.schema,
    name: node.name,
    resource_type: node.resourceType,
    package_name: node.packageName,
    path: node.path,
    original_file_path: pathInPackage(node),
    unique_id: node.uniqueId,
    fqn: node.fqn,
    alias: node.alias,
    checksum: checksumJson(node),
    config: configJson(config, node.resourceType),
    tags: node.tags,
    description: node.description,
    columns: columnsJson(node.columns),
    meta: plainObject(node.meta),
    group: config.group,
    docs: { show: config.docs.show, node_color: config.docs.nodeColor },
    patch_path:
      node.patchPath === null
        ? null
        : `${node.packageName}://${pathInPackage({ ...node, originalFilePath: node.patchPath })}`,
    build_path: null,
    unrendered_config: plainObject(node.unrenderedConfig),
    created_at: info.generatedAt.getTime() / 1000,
    relation_name: hasRelation(node)
      ? relationName({ ...node, identifier: node.alias }, info)
      : null,
    raw_code: node.rawCode,
    doc_blocks: node.docBlocks,
  };
}

/** A generic test has no file of its own, and so no checksum. */
function checksumJson(node: SqlNode | SeedNode): Json {
  return node.resourceType === 'test' && node.testMetadata !== null
    ? { name: 'none', checksum: '' }
    : { name: 'sha256', checksum: textChecksum(node) };
}

function textChecksum(node: SqlNode | SeedNode): string {
  return node.resourceType === 'seed' ? (node.textChecksum ?? node.checksum) : node.checksum;
}

function hasRelation(node: SqlNode | SeedNode): boolean {
  switch (node.resourceType) {
    case 'seed':
      return true;
    case 'model':
      return node.config.materialized !== 'ephemeral';
    case 'test':
      return node.config.storeFailures === true;
    case 'analysis':
      return false;
  }
}

/** `"database"."schema"."name"`, as the database wants it. */
export function relationName(
  relation: { readonly database: string; readonly schema: string; readonly identifier: string },
  info: ArtifactInfo,
): string {
  return [relation.database, relation.schema, relation.identifier]
    .filter((part) => part !== '')
    .map((part) => info.quote(part))
    .join('.');
}

function codeJson(node: SqlNode, info: ArtifactInfo): Json {
  const compiled = info.compiled?.get(node.uniqueId);
  return {
    language: 'sql',
    refs: refsJson(node.refs),
    sources: sourceCallsJson(node.sources),
    metrics: [],
    functions: [],
    depends_on: { macros: node.dependsOn.macros, nodes: node.dependsOn.nodes },
    compiled_path: compiled?.path ?? null,
    ...(compiled === undefined
      ? {}
      : {
          compiled: true,
          compiled_code: compiled.code,
          extra_ctes_injected: true,
          extra_ctes: [],
        }),
    contract: {
      enforced: node.config.contract.enforced,
      alias_types: node.config.contract.aliasTypes,
      checksum: node.resourceType === 'model' ? (node.contractChecksum ?? null) : null,
    },
  };
}

function testJson(node: TestNode): Json {
  if (node.testMetadata === null) return {};
  return {
    column_name: node.columnName,
    file_key_name: null,
    attached_node: node.attachedNode,
    test_metadata: {
      name: node.testMetadata.name,
      kwargs: plain(node.testMetadata.kwargs),
      namespace: node.testMetadata.namespace,
    },
  };
}

/** `refs` of a node. */
export function refsJson(refs: readonly RefCall[]): Json[] {
  return refs.map(({ name, package: from }) => ({ name, package: from, version: null }));
}

/** `sources` of a node: pairs of source and table. */
export function sourceCallsJson(calls: readonly SourceCall[]): string[][] {
  return calls.map(({ source, table }) => [source, table]);
}

/** `columns` of a node, a seed or a source. */
export function columnsJson(columns: Readonly<Record<string, Column>>): Json {
  return Object.fromEntries(
    Object.entries(columns).map(([key, column]) => [
      key,
      {
        name: column.name,
        description: column.description,
        meta: plainObject(column.meta),
        data_type: column.dataType,
        constraints: column.constraints.map(({ columns: _columns, ...rest }) =>
          constraintJson(rest),
        ),
        quote: column.quote,
        config: { meta: plainObject(column.meta), tags: column.tags },
        tags: column.tags,
        granularity: column.granularity ?? null,
        doc_blocks: [],
      },
    ]),
  );
}

function constraintJson(constraint: ColumnConstraint): Json {
  return {
    type: constraint.type,
    name: constraint.name ?? null,
    expression: constraint.expression ?? null,
    warn_unenforced: constraint.warnUnenforced,
    warn_unsupported: constraint.warnUnsupported,
    to: null,
    to_columns: [],
    ...(constraint.columns === undefined ? {} : { columns: constraint.columns }),
  };
}
