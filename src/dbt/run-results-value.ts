/** `results`, `schemas` and `database_schemas`: what hooks at the end of a run see of it. */
import { fromHost, Tuple, type HostResult, type Value } from '../jinja/index.js';
import type { GraphNode, Manifest, ModelNode, SeedNode, TestNode } from '../manifest/nodes.js';
import type { NodeResult } from '../manifest/results.js';
import { RecordValue } from './host-values.js';
import { nodeByDbtNames } from './node-value.js';

class ResultValue extends RecordValue {
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(fields: Readonly<Record<string, unknown>>) {
    const entries = Object.entries(fields).map(([key, value]) => [key, fromHost(value)] as const);
    super('RunResult', new Map(entries));
    this.#fields = fields;
  }

  override callMethod(name: string, args: readonly Value[]): HostResult | undefined {
    return name === 'to_dict' ? fromHost(this.#fields) : super.callMethod(name, args);
  }
}

const withoutRelation = ['error', 'fail', 'skipped'];

/** The names by dbt's, of the nodes that ran so far. */
export function endOfRunNames(
  manifest: Manifest,
  results: Iterable<NodeResult>,
): ReadonlyMap<string, Value> {
  const values: Value[] = [];
  const schemas = new Map<string, { readonly database: string; readonly schema: string }>();
  for (const result of results) {
    const node = manifest.nodes.get(result.uniqueId);
    if (node === undefined) continue;
    values.push(new ResultValue(resultByDbtNames(node, result)));
    if (!hasRelation(node) || withoutRelation.includes(result.status)) continue;
    const { database, schema } = node;
    schemas.set(JSON.stringify([database, schema]), { database, schema });
  }
  const pairs = [...schemas.values()];
  return new Map<string, Value>([
    ['results', values],
    ['schemas', [...new Set(pairs.map(({ schema }) => schema))]],
    ['database_schemas', pairs.map(({ database, schema }) => new Tuple([database, schema]))],
  ]);
}

/** Tests have one where the project says that their failing rows are stored. */
function hasRelation(node: GraphNode): node is ModelNode | SeedNode | TestNode {
  if (node.resourceType === 'test') return node.config.storeFailures === true;
  return node.resourceType === 'model' || node.resourceType === 'seed';
}

function resultByDbtNames(node: GraphNode, result: NodeResult): Record<string, unknown> {
  return {
    status: result.status,
    timing: result.timing.map(({ name, startedAt, completedAt }) => ({
      name,
      started_at: startedAt.toISOString(),
      completed_at: completedAt.toISOString(),
    })),
    thread_id: result.thread,
    execution_time: result.executionTime,
    adapter_response: {},
    message: result.message,
    failures: result.failures,
    unique_id: result.uniqueId,
    compiled: result.compiledCode !== null,
    compiled_code: result.compiledCode,
    relation_name: result.relationName,
    node: nodeByDbtNames(node),
  };
}
