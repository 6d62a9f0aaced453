/** What to say of a criterion that picks nothing. */
import type { Manifest } from '../manifest/nodes.js';
import type { Criterion } from './selection-spec.js';
import { nearestNames } from '../ground/did-you-mean.js';

export interface Unmatched {
  /** As the user wrote it. */
  readonly criterion: string;
  /** dbt's sentence. */
  readonly message: string;
  /** Up to three values that may have been meant. */
  readonly suggestions: readonly string[];
}

function valuesOf(manifest: Manifest, method: string): string[] {
  const nodes = [...manifest.nodes.values()];
  switch (method) {
    case 'fqn':
      return nodes.flatMap((node) =>
        node.resourceType === 'source' || node.resourceType === 'test'
          ? []
          : [node.name, ...node.fqn.slice(1, -1)],
      );
    case 'tag':
      return nodes.flatMap((node) => node.tags);
    case 'source':
      return nodes.flatMap((node) =>
        node.resourceType === 'source' ? [node.sourceName, `${node.sourceName}.${node.name}`] : [],
      );
    case 'path':
      return nodes.flatMap(({ originalFilePath }) => {
        const parts = originalFilePath.split('/');
        return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
      });
    case 'file':
      return nodes.map(({ originalFilePath }) => originalFilePath.split('/').pop() ?? '');
    case 'exposure':
    case 'unit_test':
      return nodes.flatMap((node) => (node.resourceType === method ? [node.name] : []));
    case 'test_name':
      return nodes.flatMap((node) =>
        node.resourceType === 'test' && node.testMetadata !== null ? [node.testMetadata.name] : [],
      );
    case 'package':
      return nodes.map((node) => node.packageName);
    case 'group':
      return nodes.flatMap((node) =>
        'group' in node.config && node.config.group !== null ? [node.config.group] : [],
      );
    default:
      return [];
  }
}

export function unmatched(
  manifest: Manifest,
  raw: string,
  criteria: readonly Criterion[],
): Unmatched {
  const suggestions = criteria.flatMap(({ method, value }) => {
    const known = valuesOf(manifest, method);
    return known.includes(String(value)) ? [] : nearestNames(String(value), known);
  });
  return {
    criterion: raw,
    message: `The selection criterion '${raw}' does not match any enabled nodes`,
    suggestions: [...new Set(suggestions)].slice(0, 3),
  };
}
