/** Models, seeds, analyses and singular tests: nodes that have a file of their own. */
import { accessOf } from './access.js';
import { earlyNode } from './early-node.js';
import { posix } from 'node:path';
import { parseTemplate } from '../../jinja/index.js';
import type { NodeConfig } from '../../manifest/config.js';
import type { AnalysisNode, ModelNode, SeedNode, TestNode } from '../../manifest/nodes.js';
import {
  type ConfigKind,
  type NodeProperties,
  type ProjectFile,
  readBytes,
  readText,
} from '../../project/index.js';
import { contractChecksum } from './contract-checksum.js';
import { distinct, unsupported, type Collected } from './collect.js';
import { constraint, sha256, type Workshop } from './workshop.js';

type FileKind = 'model' | 'analysis' | 'test';

const defaults: Record<FileKind, { materialized: string; kind: ConfigKind }> = {
  model: { materialized: 'view', kind: 'model' },
  analysis: { materialized: 'view', kind: 'analysis' },
  test: { materialized: 'test', kind: 'test' },
};

function nameOf(file: ProjectFile): string {
  return posix.basename(file.path, posix.extname(file.path));
}

/** @returns undefined for an empty file, which is passed over with a warning, as dbt passes over it */
export function parseSqlNode(
  kind: FileKind,
  file: ProjectFile,
  properties: NodeProperties | undefined,
  workshop: Workshop,
): ModelNode | AnalysisNode | TestNode | undefined {
  const name = nameOf(file);
  const rawCode = readText(file.absolutePath, file.originalFilePath);
  if (rawCode.trim() === '') {
    const message = 'The file is empty and defines nothing';
    workshop.warnings.push({ message, place: { file: file.originalFilePath } });
    return undefined;
  }
  const template = parseTemplate(rawCode.trimEnd(), { file: file.originalFilePath });
  for (const block of template.blocks) {
    if (block.kind === 'snapshot') {
      throw unsupported(`The snapshot ${block.name}`, file.originalFilePath, block.line);
    }
  }
  const fqn =
    kind === 'analysis'
      ? workshop.fqn(`analysis/${file.path}`, name)
      : workshop.fqn(file.path, name);
  const { materialized, kind: configKind } = defaults[kind];
  const uniqueId = `${kind}.${workshop.project.name}.${name}`;
  workshop.templates.set(uniqueId, template);
  const known = {
    name,
    uniqueId,
    resourceType: kind,
    packageName: workshop.project.name,
    fqn,
    path: file.path,
    originalFilePath: file.originalFilePath,
  };
  const collector = workshop.collector(
    name,
    earlyNode({
      ...known,
      config: () => workshop.config(materialized, configKind, fqn, propertyLevels(properties)),
    }),
  );
  collector.render(template);
  const found = collector.collected;
  const config = workshop.config(materialized, configKind, fqn, [
    ...propertyLevels(properties),
    { values: found.config, place: { file: file.originalFilePath } },
  ]);
  if (kind === 'test' && config.schema === null) config.schema = 'dbt_test__audit';
  for (const hook of [...config.preHook, ...config.postHook]) {
    collector.renderText(hook.sql, file.originalFilePath);
  }
  const common = {
    ...commonOf(file, name, fqn, config, properties, workshop),
    uniqueId,
    rawCode: rawCode.trimEnd(),
    rawCodeLine: 1,
    checksum: sha256(rawCode.trim()),
    unrenderedConfig: workshop.unrenderedConfig(configKind, fqn, [
      properties?.config ?? {},
      found.config,
    ]),
    ...dependencies(found),
  };
  const relation = workshop.relation(config, earlyNode({ ...known, config: () => config }));
  if (kind === 'analysis') return { ...common, ...relation, resourceType: 'analysis' };
  if (kind === 'test') {
    return {
      ...common,
      ...relation,
      resourceType: 'test',
      testMetadata: null,
      columnName: null,
      attachedNode: null,
    };
  }
  const constraints = (properties?.constraints ?? []).map(constraint);
  return {
    ...common,
    ...relation,
    resourceType: 'model',
    constraints,
    contractChecksum: config.contract.enforced
      ? contractChecksum({
          materialized: config.materialized,
          columns: common.columns,
          constraints,
        })
      : null,
    access: accessOf(name, config, properties?.access ?? null, properties?.place ?? common.place),
    timeSpine: properties?.timeSpine ?? null,
    deprecationDate: properties?.deprecationDate ?? null,
    version: null,
  };
}

export function parseSeed(
  file: ProjectFile,
  properties: NodeProperties | undefined,
  workshop: Workshop,
): SeedNode {
  const name = nameOf(file);
  const fqn = workshop.fqn(file.path, name);
  const config = workshop.config('seed', 'seed', fqn, propertyLevels(properties));
  const uniqueId = `seed.${workshop.project.name}.${name}`;
  const bytes = readBytes(file.absolutePath, file.originalFilePath);
  return {
    ...commonOf(file, name, fqn, config, properties, workshop),
    ...workshop.relation(
      config,
      earlyNode({
        name,
        uniqueId,
        resourceType: 'seed',
        packageName: workshop.project.name,
        fqn,
        path: file.path,
        originalFilePath: file.originalFilePath,
        config: () => config,
      }),
    ),
    resourceType: 'seed',
    uniqueId,
    rawCode: '',
    rawCodeLine: 1,
    checksum: sha256(bytes),
    textChecksum: sha256(bytes.toString('utf8').trim()),
    unrenderedConfig: workshop.unrenderedConfig('seed', fqn, [properties?.config ?? {}]),
    refs: [],
    sources: [],
    dependsOn: { nodes: [], macros: [] },
    rootPath: workshop.project.root,
  };
}

function propertyLevels(
  properties: NodeProperties | undefined,
): { values: Record<string, unknown>; place: NodeProperties['place'] }[] {
  if (properties === undefined) return [];
  const { place } = properties;
  const values: Record<string, unknown> = { ...properties.config };
  if (Object.keys(properties.meta).length > 0) {
    values['meta'] = { ...properties.meta, ...(values['meta'] as object | undefined) };
  }
  if (properties.group !== null) values['group'] ??= properties.group;
  if (properties.quoteColumns !== null) values['quote_columns'] ??= properties.quoteColumns;
  if (properties.docs !== null) {
    values['docs'] ??= { show: properties.docs.show, node_color: properties.docs.nodeColor };
  }
  return [{ values, place }];
}

function commonOf(
  file: ProjectFile,
  name: string,
  fqn: string[],
  config: NodeConfig,
  properties: NodeProperties | undefined,
  workshop: Workshop,
) {
  const description =
    properties === undefined
      ? { text: '', blocks: [] }
      : workshop.description(properties.description, properties.place);
  return {
    name,
    packageName: workshop.project.name,
    path: file.path,
    originalFilePath: file.originalFilePath,
    fqn,
    description: description.text,
    docBlocks: description.blocks,
    tags: config.tags,
    meta: config.meta,
    place: { file: file.originalFilePath },
    config,
    columns: workshop.columns(properties?.columns ?? []),
    patchPath: properties?.file ?? null,
  };
}

/** What rendering found, with the nodes still to be filled in when all are known. */
export function dependencies(found: Collected) {
  return {
    refs: distinct(found.refs),
    sources: distinct(found.sources),
    dependsOn: { nodes: [] as string[], macros: found.macros },
  };
}
