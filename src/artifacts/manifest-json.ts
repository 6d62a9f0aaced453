/** manifest.json in version 12 of dbt's schema. */
import { pathInPackage } from '../manifest/path-in-package.js';
import { defaultConfig } from '../manifest/config.js';
import type { DocBlock, GraphNode, MacroEntry, Manifest, TestNode } from '../manifest/nodes.js';
import { configJson } from './config-json.js';
import { groupMap, groupOfTested, groupsJson } from './groups-json.js';
import { metadataJson, type ArtifactInfo, type OperationSql } from './info.js';
import { nodeJson } from './node-json.js';
import { plain, type Json } from './plain.js';
import { testsByNode } from './primary-key.js';
import { exposureJson, sourceJson, unitTestJson } from './yaml-node-json.js';

/** The whole project as dbt's tools read it. */
export function manifestJson(manifest: Manifest, info: ArtifactInfo): Json {
  const tests = testsByNode(manifest);
  const nodes: Json = {};
  const sources: Json = {};
  const exposures: Json = {};
  const unitTests: Json = {};
  for (const node of manifest.nodes.values()) {
    const json = anyNodeJson(node, info, tests);
    if (node.resourceType === 'test' && node.attachedNode !== null)
      json['group'] = groupOfTested(node.attachedNode, manifest);
    if (node.resourceType === 'source') sources[node.uniqueId] = json;
    else if (node.resourceType === 'exposure') exposures[node.uniqueId] = json;
    else if (node.resourceType === 'unit_test') unitTests[node.uniqueId] = json;
    else nodes[node.uniqueId] = json;
  }
  for (const operation of operations(info)) {
    nodes[String(operation['unique_id'])] = operation;
  }
  const ids = [nodes, sources, exposures, unitTests].flatMap((part) => Object.keys(part));
  return {
    metadata: {
      ...metadataJson('manifest/v12', info),
      project_name: manifest.projectName,
      project_id: null,
      user_id: null,
      send_anonymous_usage_stats: false,
      adapter_type: info.adapterType,
      quoting: { database: true, schema: true, identifier: true, column: null },
      run_started_at: (info.startedAt ?? info.generatedAt).toISOString(),
    },
    nodes,
    sources,
    macros: byUniqueId(manifest.macros.values(), (macro) => macroJson(macro, info)),
    docs: byUniqueId(manifest.docs.values(), docJson),
    exposures,
    metrics: {},
    groups: groupsJson(manifest.groups),
    selectors: plain(manifest.selectors),
    disabled: disabledJson(manifest, info, tests),
    ...familyMaps(ids, manifest, info),
    group_map: groupMap(manifest.groups, nodes),
    saved_queries: {},
    semantic_models: {},
    unit_tests: unitTests,
    functions: {},
  };
}

function anyNodeJson(
  node: GraphNode,
  info: ArtifactInfo,
  tests: ReadonlyMap<string, readonly TestNode[]>,
): Json {
  switch (node.resourceType) {
    case 'source':
      return sourceJson(node, info);
    case 'exposure':
      return exposureJson(node, info);
    case 'unit_test':
      return unitTestJson(node, info);
    case 'model':
    case 'seed':
    case 'test':
    case 'analysis':
      return nodeJson(node, info, tests.get(node.uniqueId) ?? []);
  }
}

function byUniqueId<T extends { readonly uniqueId: string }>(
  entries: Iterable<T>,
  json: (entry: T) => Json,
): Json {
  return Object.fromEntries([...entries].map((entry) => [entry.uniqueId, json(entry)]));
}

function macroJson(macro: MacroEntry, info: ArtifactInfo): Json {
  const docs = { show: true, node_color: null };
  const meta = plain(macro.meta);
  return {
    name: macro.name,
    resource_type: 'macro',
    package_name: macro.packageName,
    path: pathInPackage(macro),
    original_file_path: pathInPackage(macro),
    unique_id: macro.uniqueId,
    macro_sql: macro.macroSql,
    depends_on: { macros: macro.dependsOn.macros },
    description: macro.description,
    meta,
    docs,
    config: { meta, docs },
    patch_path: null,
    arguments: macro.arguments.map(({ name, type, description }) => ({ name, type, description })),
    created_at: info.generatedAt.getTime() / 1000,
    supported_languages: null,
  };
}

function docJson(doc: DocBlock): Json {
  return {
    name: doc.name,
    resource_type: 'doc',
    package_name: doc.packageName,
    // As of a model: inside the folder that the project reads.
    path: pathInPackage(doc).split('/').slice(1).join('/') || pathInPackage(doc),
    original_file_path: pathInPackage(doc),
    unique_id: doc.uniqueId,
    block_contents: doc.contents,
  };
}

function disabledJson(
  manifest: Manifest,
  info: ArtifactInfo,
  tests: ReadonlyMap<string, readonly TestNode[]>,
): Record<string, Json[]> {
  // No graph holds disabled nodes: they need what they say they need.
  const needs = new Map(manifest.disabled.map((node) => [node.uniqueId, node.dependsOn.nodes]));
  const apart = { ...info, parents: (id: string) => needs.get(id) ?? [] };
  const disabled: Record<string, Json[]> = {};
  for (const node of manifest.disabled) {
    (disabled[node.uniqueId] ??= []).push(anyNodeJson(node, apart, tests));
  }
  return disabled;
}

/** `parent_map` and `child_map`: every node, also those without a relative. */
function familyMaps(
  ids: readonly string[],
  manifest: Manifest,
  info: ArtifactInfo,
): { parent_map: Record<string, string[]>; child_map: Record<string, string[]> } {
  const parents: Record<string, string[]> = {};
  const children: Record<string, string[]> = Object.fromEntries(ids.map((id) => [id, []]));
  for (const id of ids) {
    const needed = manifest.nodes.has(id) ? info.parents(id) : [];
    parents[id] = [...needed].sort();
    for (const parent of needed) children[parent]?.push(id);
  }
  for (const list of Object.values(children)) list.sort();
  return { parent_map: parents, child_map: children };
}

/** on-run-start and on-run-end, which dbt keeps as nodes of their own kind. */
function operations(info: ArtifactInfo): Json[] {
  const all = [
    ['on-run-start', info.onRunStart ?? []],
    ['on-run-end', info.onRunEnd ?? []],
  ] as const;
  return all.flatMap(([when, hooks]) => hooks.map((hook) => operationJson(when, hook, info)));
}

function operationJson(when: string, hook: OperationSql, info: ArtifactInfo): Json {
  const { packageName: project, index } = hook;
  const name = `${project}-${when}-${index}`;
  return {
    database: null,
    schema: '',
    name,
    resource_type: 'operation',
    package_name: project,
    path: `hooks/${name}.sql`,
    original_file_path: './dbt_project.yml',
    unique_id: `operation.${project}.${name}`,
    fqn: [project, 'hooks', name],
    alias: name,
    checksum: { name: 'none', checksum: '' },
    config: configJson({ ...defaultConfig('view'), tags: [when] }, 'operation'),
    tags: [when],
    description: '',
    columns: {},
    created_at: info.generatedAt.getTime() / 1000,
    raw_code: hook.sql,
    language: 'sql',
    refs: [],
    sources: [],
    depends_on: { macros: [], nodes: [] },
    index,
  };
}
