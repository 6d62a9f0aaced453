/** Loads a seed that does not stand for a source, as dbt does. */
import type { SeedNode } from '../../manifest/nodes.js';
import { persistDocs, runHooks } from '../materialize.js';
import type { Made } from '../made.js';
import { ensureSchema, type NodeRun } from '../node-run.js';
import { loadSeedFile } from './load-seed-file.js';

export async function runSeed(node: SeedNode, run: NodeRun): Promise<Made> {
  if (!run.capabilities.readsFiles) return (await import('./insert-seeds.js')).insertSeed(node, run);
  await ensureSchema(run, node);
  await runHooks(node.config.preHook, node, run);
  const { name, rows } = await loadSeedFile(node, run, 'refuse');
  await persistDocs(node, name, run);
  await runHooks(node.config.postHook, node, run);
  return { rows, relationName: name, relationType: 'table', message: 'seed' };
}
