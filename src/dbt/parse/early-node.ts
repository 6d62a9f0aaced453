/**
 * A node by dbt's names, as far as it is known before its own file is rendered: what `model` is
 * while parsing, and what the generate_*_name macros get.
 */
import type { NodeConfig } from '../../manifest/config.js';
import { configByDbtNames } from '../../manifest/config-by-dbt-names.js';

export interface EarlyNode {
  readonly name: string;
  readonly uniqueId: string;
  readonly resourceType: string;
  readonly packageName: string;
  readonly fqn: readonly string[];
  readonly path: string;
  readonly originalFilePath: string;
  /** Asked only when a template reads it: most do not. */
  config(): NodeConfig;
}

export function earlyNode(node: EarlyNode): Record<string, unknown> {
  return {
    name: node.name,
    unique_id: node.uniqueId,
    resource_type: node.resourceType,
    package_name: node.packageName,
    fqn: node.fqn,
    path: node.path,
    original_file_path: node.originalFilePath,
    alias: node.name,
    language: 'sql',
    description: '',
    columns: {},
    refs: [],
    sources: [],
    depends_on: { nodes: [], macros: [] },
    get config() {
      return configByDbtNames(node.config());
    },
    get tags() {
      return node.config().tags;
    },
    get meta() {
      return node.config().meta;
    },
  };
}
