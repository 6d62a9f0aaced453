/** The connections of a run, one for each thread. */
import type { ExternalFiles } from '../builds/index.js';
import type { Compiler } from '../dbt/compile.js';
import type { Engine, SchemaName } from '../engine/engine.js';
import type { GraphNode } from '../manifest/nodes.js';
import { backendOf, type NodeRun } from './node-run.js';
import { TestBatches } from './test-batches.js';

export interface ConnectionsOf {
  readonly engine: Engine;
  readonly compiler: Compiler;
  /** Nodes that will run. */
  readonly nodes: readonly GraphNode[];
  readonly threads: number;
  /** Existing schemas. */
  readonly schemas: readonly SchemaName[];
  readonly contractsHold: ReadonlySet<string>;
  readonly warn: (text: string) => void;
  readonly external?: ExternalFiles | undefined;
}

export async function connections({
  engine,
  compiler,
  nodes,
  threads,
  schemas: made,
  contractsHold,
  warn,
  external,
}: ConnectionsOf): Promise<NodeRun[]> {
  const { dialect, capabilities } = engine;
  const schemas: NodeRun['schemas'] = new Map(
    made.map((schema) => [dialect.renderSchema(schema), Promise.resolve()]),
  );
  const columns: NodeRun['columns'] = new Map();
  const tests = capabilities.isFarAway ? { tests: new TestBatches(nodes) } : {};
  const runs: NodeRun[] = [];
  for (let i = 0; i < threads; i += 1) {
    const connection = await engine.connect();
    const backend = backendOf(connection);
    runs.push({
      ...{ connection, dialect, capabilities, compiler, backend, schemas, columns },
      ...{ contractsHold, warn },
      ...tests,
      ...(external === undefined ? {} : { external }),
    });
  }
  return runs;
}

export async function releaseAll(runs: readonly NodeRun[]): Promise<void> {
  await Promise.all(runs.map(({ connection }) => connection.release()));
}
