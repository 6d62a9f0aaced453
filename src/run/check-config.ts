/** Refuses configurations that are not supported and would change a model in dbt. */
import { TechstoreError } from '../errors.js';
import type { Manifest, ModelNode } from '../manifest/nodes.js';
import { configEffect, configKeys, lookUp } from '../project/index.js';

/** @throws TechstoreError `unsupported` for a model with such a configuration, or that reads such a source */
export function checkConfig(node: ModelNode, manifest: Manifest): void {
  const place = { file: node.originalFilePath };
  const { extra, materialized } = node.config;
  for (const [key, value] of Object.entries(extra)) {
    const effect = configEffect(key, value, {
      kind: 'model',
      materialized,
      adapter: manifest.adapterType,
    });
    if (effect !== 'stops') continue;
    throw new TechstoreError(
      'unsupported',
      `${node.name} cannot be built with the configuration '${key}'`,
      { place, hint: lookUp(configKeys, key)?.otherwise ?? '' },
    );
  }
  for (const id of node.dependsOn.nodes) {
    const source = manifest.nodes.get(id);
    if (source?.resourceType !== 'source' || source.unreadable === undefined) continue;
    throw new TechstoreError(
      'unsupported',
      `${node.name} reads the source ${source.sourceName}.${source.name}, which cannot be read here`,
      { place, hint: source.unreadable },
    );
  }
}
