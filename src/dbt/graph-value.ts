/** `graph` and `model`: nodes as manifest.json has them, which is how dbt shows them to templates. */
import {
  exposureJson,
  groupsJson,
  nodeJson,
  sourceJson,
  type ArtifactInfo,
} from '../artifacts/index.js';
import type { GraphNode, Manifest, TestNode } from '../manifest/nodes.js';
import { nodeByDbtNames } from './node-value.js';
import type { Session } from './session.js';

type Json = Record<string, unknown>;

export class NodeValues {
  readonly #manifest: Manifest;
  readonly #info: ArtifactInfo;
  #tests: ReadonlyMap<string, readonly TestNode[]> | undefined;

  constructor(manifest: Manifest, session: Session) {
    this.#manifest = manifest;
    this.#info = {
      invocationId: session.invocationId,
      generatedAt: session.runStartedAt,
      adapterType: session.target.type,
      dbtVersion: '',
      quote: session.quote,
      parents: (id) => manifest.nodes.get(id)?.dependsOn.nodes ?? [],
    };
  }

  /** `model`: dbt leaves out what is not set. */
  model(node: GraphNode): Json {
    return withoutNulls(this.#json(node)) as Json;
  }

  /** `graph`: what there is by kind and unique id. */
  graph(): Json {
    const nodes: Json = {};
    const sources: Json = {};
    const exposures: Json = {};
    for (const node of this.#manifest.nodes.values()) {
      if (node.resourceType === 'unit_test') continue;
      const { resourceType } = node;
      const place =
        resourceType === 'source' ? sources : resourceType === 'exposure' ? exposures : nodes;
      place[node.uniqueId] = this.#json(node);
    }
    return {
      exposures,
      functions: {},
      groups: groupsJson(this.#manifest.groups),
      metrics: {},
      nodes,
      sources,
      semantic_models: {},
      saved_queries: {},
    };
  }

  #json(node: GraphNode): Json {
    switch (node.resourceType) {
      case 'source':
        return sourceJson(node, this.#info);
      case 'exposure':
        return exposureJson(node, this.#info);
      case 'model':
      case 'seed':
      case 'test':
      case 'analysis':
        return nodeJson(node, this.#info, this.#testsOf(node.uniqueId));
      default:
        return nodeByDbtNames(node);
    }
  }

  #testsOf(id: string): readonly TestNode[] {
    this.#tests ??= testsByNode(this.#manifest);
    return this.#tests.get(id) ?? [];
  }
}

function testsByNode(manifest: Manifest): ReadonlyMap<string, readonly TestNode[]> {
  const tests = new Map<string, TestNode[]>();
  for (const node of manifest.nodes.values()) {
    if (node.resourceType !== 'test' || node.attachedNode === null) continue;
    tests.set(node.attachedNode, [...(tests.get(node.attachedNode) ?? []), node]);
  }
  return tests;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object') return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutNulls(inner)]));
}
