/** The connections of a run, one for each thread. */
import type { Compiler } from '../dbt/compile.js';
import type { Engine } from '../engine/engine.js';
import { backendOf, type NodeRun } from './node-run.js';

export async function connections(
  engine: Engine,
  compiler: Compiler,
  threads: number,
  warn: (text: string) => void,
): Promise<NodeRun[]> {
  const schemas: NodeRun['schemas'] = new Map();
  const columns: NodeRun['columns'] = new Map();
  const runs: NodeRun[] = [];
  for (let i = 0; i < threads; i += 1) {
    const connection = await engine.connect();
    runs.push({
      connection,
      dialect: engine.dialect,
      compiler,
      backend: backendOf(connection),
      schemas,
      columns,
      warn,
    });
  }
  return runs;
}

export async function releaseAll(runs: readonly NodeRun[]): Promise<void> {
  await Promise.all(runs.map(({ connection }) => connection.release()));
}
