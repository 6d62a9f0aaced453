/** The main fields of a node by dbt's names. */
import { pathInPackage } from '../manifest/path-in-package.js';
import type { GraphNode } from '../manifest/nodes.js';
import { configByDbtNames } from '../manifest/config-by-dbt-names.js';

export function nodeByDbtNames(node: GraphNode): Record<string, unknown> {
  const common = {
    unique_id: node.uniqueId,
    name: node.name,
    resource_type: node.resourceType,
    package_name: node.packageName,
    path: node.path,
    original_file_path: pathInPackage(node),
    fqn: node.fqn,
    description: node.description,
    tags: node.tags,
    meta: node.meta,
    depends_on: node.dependsOn,
  };
  if (node.resourceType === 'source') {
    return {
      ...common,
      source_name: node.sourceName,
      identifier: node.identifier,
      database: node.database,
      schema: node.schema,
      columns: columnsByDbtNames(node.columns),
    };
  }
  if (node.resourceType === 'exposure') return { ...common, type: node.type, owner: node.owner };
  if (node.resourceType === 'unit_test') {
    return { ...common, model: node.model, config: configByDbtNames(node.config) };
  }
  return {
    ...common,
    database: node.database,
    schema: node.schema,
    alias: node.alias,
    raw_code: node.rawCode,
    language: 'sql',
    checksum: { name: 'sha256', checksum: node.checksum },
    refs: node.refs.map((ref) => ({ name: ref.name, package: ref.package, version: null })),
    sources: node.sources.map((source) => [source.source, source.table]),
    config: configByDbtNames(node.config),
    columns: columnsByDbtNames(node.columns),
  };
}

function columnsByDbtNames(
  columns: Readonly<
    Record<
      string,
      {
        name: string;
        description: string;
        dataType: string | null;
        meta: unknown;
        tags: readonly string[];
      }
    >
  >,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(columns).map(([key, c]) => [
      key,
      {
        name: c.name,
        description: c.description,
        data_type: c.dataType,
        meta: c.meta,
        tags: c.tags,
      },
    ]),
  );
}
