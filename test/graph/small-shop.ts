/** A manifest made by hand, as small as a test needs it. */
import { defaultConfig } from '../../src/manifest/config.js';
import type { GraphNode, Manifest } from '../../src/manifest/nodes.js';

export interface SmallNode {
  /** `model.shop.orders` */
  readonly id: string;
  readonly needs?: readonly string[];
  readonly tags?: readonly string[];
  readonly file?: string;
  /** Of a unit test. */
  readonly model?: string;
}

function nodeOf(small: SmallNode): GraphNode {
  const [type = 'model', packageName = 'shop', ...rest] = small.id.split('.');
  const name = rest[rest.length - 1] ?? '';
  const file = small.file ?? `${type}s/${name}.sql`;
  const node = {
    uniqueId: small.id,
    resourceType: type,
    name,
    packageName,
    path: `${name}.sql`,
    originalFilePath: file,
    fqn: [packageName, ...rest],
    description: '',
    tags: small.tags ?? [],
    meta: {},
    place: { file },
    config: defaultConfig('table'),
    dependsOn: { nodes: [...(small.needs ?? [])], macros: [] },
    patchPath: null,
    sourceName: rest[0],
    testMetadata: null,
    model: small.model,
  };
  // Only what graph reads is there.
  return node as unknown as GraphNode;
}

export function smallShop(
  nodes: readonly SmallNode[],
  selectors: Readonly<Record<string, unknown>> = {},
): Manifest {
  return {
    projectName: 'shop',
    projectRoot: '/shop',
    adapterType: 'duckdb',
    nodes: new Map(nodes.map((node) => [node.id, nodeOf(node)])),
    macros: new Map(),
    docs: new Map(),
    disabled: [],
    selectors: new Map(Object.entries(selectors)),
    groups: [],
  };
}
